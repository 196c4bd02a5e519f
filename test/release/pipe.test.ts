import { describe, expect, it } from 'vitest';
import { Failure } from '../../src/base/diagnostic.ts';
import { signEnvelope } from '../../src/crypto/dsse.ts';
import { type BundleSource, readWhole } from '../../src/release/bundle-source.ts';
import { checkSubjects } from '../../src/release/checks.ts';
import { checkDigests } from '../../src/release/digests.ts';
import { envelopeName, orderMembers } from '../../src/release/layout.ts';
import { pipedBundle } from '../../src/release/pipe.ts';
import { licensePayloadType } from '../../src/release/statement.ts';
import { blockBytes, tarHeader } from '../../src/release/tar.ts';
import { tarBundle } from '../../src/release/tar-bundle.ts';
import { type CheckContents, fixedGrounds, verifyBundle } from '../../src/release/verify.ts';
import { dataBytes, issuers, now, options, otherSeed, packTar, sampleBundle, seed, statementOf } from './sample.ts';

const bundle = sampleBundle(
  new Map([
    ['data/patients.csv', dataBytes],
    ['data/visits.csv', Buffer.from('day\n1\n2\n')],
  ]),
);
const tar = packTar(bundle);

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

interface Verdict {
  /** Code of the refusal; null: allowed. */
  readonly code: string | null;
  /** What came out of the data files, by name. */
  readonly data: ReadonlyMap<string, Buffer>;
}

/** The tar as it goes by. */
async function piped(bytes: Buffer, size = 700): Promise<Verdict> {
  const { source, end } = pipedBundle(inPieces(bytes, size));
  return verdict(source, end);
}

/** The tar as a file. */
async function stored(bytes: Buffer): Promise<Verdict> {
  const reader = { size: bytes.length, read: async (at: number, n: number) => bytes.subarray(at, at + n) };
  return verdict(tarBundle(reader), async () => {});
}

async function verdict(source: BundleSource, end: () => Promise<void>): Promise<Verdict> {
  const data = new Map<string, Buffer>();
  const contents: CheckContents = async ({ statement }) => {
    const found = await checkDigests(statement, source, {
      async copy(name, pieces) {
        const parts: Buffer[] = [];
        for await (const piece of pieces) parts.push(Buffer.from(piece));
        if (name.startsWith('data/') && !name.endsWith('.chunks')) data.set(name, Buffer.concat(parts));
      },
    });
    await end();
    return found;
  };
  try {
    const files = await source.list();
    // What verify finds of an envelope depends on its bytes alone: that of the sound one is known, and takes no signature check each time.
    if (files[0]?.name === envelopeName && (await readWhole(source, envelopeName, 4 << 20)).equals(envelope)) {
      checkSubjects(statement, files);
      await contents({ statement, envelope, contextSigned: false });
      return { code: null, data };
    }
    return { code: (await verifyBundle(source, { ...options, contents })).code, data };
  } catch (error) {
    if (error instanceof Failure) return { code: error.code, data };
    throw error;
  }
}

const envelope = bundle.get(envelopeName)!;
const statement = statementOf(bundle);
const sound = new Map([...bundle].filter(([name]) => name.startsWith('data/') && !name.endsWith('.chunks')));

function repacked(change: (files: Map<string, Buffer>) => void): Buffer {
  const files = new Map(bundle);
  change(files);
  return packTar(new Map(orderMembers([...files.keys()]).map((name) => [name, files.get(name)!])));
}

describe('a tar that goes by', () => {
  it.each([1, 511, 512, 513, 1 << 20])('is verified in pieces of %d bytes', async (size) => {
    expect(await piped(tar, size)).toEqual({ code: null, data: sound });
  });

  it('is refused at each block where it may end', async () => {
    for (let size = 0; size < tar.length; size += blockBytes) {
      expect(await piped(tar.subarray(0, size)), `${size} bytes`).toMatchObject({ code: 'TRUNCATED' });
    }
  });

  it.each<[string, string, Buffer]>([
    ['an extra file', 'EXTRA', repacked((files) => files.set('data/a.csv', Buffer.from('x')))],
    [
      'an extra file at its end',
      'EXTRA',
      repacked((files) => files.set('attestations/a.intoto.json', Buffer.from('x'))),
    ],
    ['no envelope', 'MISSING', repacked((files) => files.delete(envelopeName))],
    ['nothing', 'MISSING', Buffer.alloc(2 * blockBytes)],
    ['no report', 'MISSING', repacked((files) => files.delete('report.json'))],
    ['a file less at its end', 'MISSING', repacked((files) => files.delete('data/visits.csv'))],
    ['another file in the place of one', 'DIGEST', repacked((files) => files.set('report.json', Buffer.from('{}')))],
    ['longer data', 'DIGEST', repacked((files) => files.set('data/visits.csv', Buffer.from('day\n1\n2\n3')))],
    [
      'its files in another order',
      'MISSING',
      packTar(
        new Map(
          [...bundle]
            .sort(([a], [b]) => (a === envelopeName ? -1 : b === envelopeName ? 1 : 0))
            .reverse()
            .sort(([a]) => (a === envelopeName ? -1 : 0)),
        ),
      ),
    ],
    [
      'a file twice',
      'EXTRA',
      Buffer.concat([tar.subarray(0, -2 * blockBytes), tarHeader('report.json', 0), Buffer.alloc(1024)]),
    ],
    ['bytes behind its end', 'ARCHIVE', Buffer.concat([tar, Buffer.from('x')])],
    ['a larger envelope', 'LIMIT', tarHeader(envelopeName, (4 << 20) + 1)],
    ['an envelope that is none', 'ENVELOPE', repacked((files) => files.set(envelopeName, Buffer.from('{')))],
    [
      'a statement that is none',
      'SCHEMA',
      repacked((files) =>
        files.set(
          envelopeName,
          Buffer.from(signEnvelope(licensePayloadType, Buffer.from('{"subject":[null,{},{"name":3}]}'), [seed])),
        ),
      ),
    ],
  ])('is refused with %s', async (_, code, bytes) => {
    expect((await piped(bytes)).code).toBe(code);
  });

  it('gives files once, in their turn', async () => {
    const { source } = pipedBundle(inPieces(tar, 512));
    await source.list();
    const read = async () => {
      for await (const _ of source.read('data/visits.csv'));
    };
    await expect(read()).rejects.toMatchObject({ code: 'USAGE' });
  });

  it('is not read beyond what refuses it', async () => {
    let read = 0;
    const counted = async function* () {
      for await (const piece of inPieces(tar, 512)) {
        read += piece.length;
        yield piece;
      }
    };
    const { source } = pipedBundle(counted());
    expect(await verifyBundle(source, { ...options, grounds: fixedGrounds(issuers([]), now) })).toMatchObject({
      code: 'SIGNATURE',
    });
    expect(read).toBeLessThanOrEqual(blockBytes + envelope.length + 2 * blockBytes);
  });
});

describe('legitimate variation', () => {
  const plain = JSON.parse(envelope.toString());
  const payload = Buffer.from(JSON.stringify(statement));
  const both = JSON.parse(signEnvelope(licensePayloadType, payload, [seed, otherSeed]));
  const [{ sig }] = plain.signatures;
  const urlSafe = (text: string) => text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');

  it.each<[string, object]>([
    ['URL-safe base64', { ...plain, payload: urlSafe(plain.payload), signatures: [{ sig: urlSafe(sig) }] }],
    ['no keyid', { ...plain, signatures: [{ sig }] }],
    ['a wrong keyid', { ...plain, signatures: [{ sig, keyid: 'x' }] }],
    ['a signature of somebody else', both],
    ['signatures in another order', { ...both, signatures: [...both.signatures].reverse() }],
    ['a signature that is none', { ...plain, signatures: [{ sig: 'AAAA' }, ...plain.signatures] }],
    ['members in another order', Object.fromEntries(Object.entries(plain).reverse())],
  ])('of the envelope is accepted: %s', async (_, changed) => {
    for (const indent of [undefined, 2]) {
      const bytes = repacked((files) => files.set(envelopeName, Buffer.from(JSON.stringify(changed, null, indent))));
      expect(await piped(bytes)).toEqual({ code: null, data: sound });
      expect(await stored(bytes)).toEqual({ code: null, data: sound });
    }
  });
});

/** Numbers below 2^32 (mulberry32, public domain), so that a seed names a mutation for ever. */
function generator(from: number): (below: number) => number {
  let state = from;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

const headers: number[] = [];
for (let at = 0; at + 2 * blockBytes < tar.length; ) {
  headers.push(at);
  const size = Number.parseInt(tar.toString('latin1', at + 124, at + 135), 8);
  at += blockBytes + Math.ceil(size / blockBytes) * blockBytes;
}

/** What is done to the tar, by a kind and places drawn. */
const mutations: ((bytes: Buffer, draw: (below: number) => number) => Buffer)[] = [
  function flipBit(bytes, draw) {
    const changed = Buffer.from(bytes);
    changed[draw(bytes.length)]! ^= 1 << draw(8);
    return changed;
  },
  function swapBlocks(bytes, draw) {
    const changed = Buffer.from(bytes);
    const [a, b] = [draw(bytes.length / 512) * 512, draw(bytes.length / 512) * 512];
    bytes.copy(changed, a, b, b + 512);
    bytes.copy(changed, b, a, a + 512);
    return changed;
  },
  function deleteBlocks(bytes, draw) {
    const at = draw(bytes.length / 512) * 512;
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 512 * (1 + draw(4)))]);
  },
  function duplicateBlocks(bytes, draw) {
    const at = draw(bytes.length / 512) * 512;
    return Buffer.concat([bytes.subarray(0, at + 512 * (1 + draw(4))), bytes.subarray(at)]);
  },
  function truncate(bytes, draw) {
    return bytes.subarray(0, draw(bytes.length));
  },
  function insert(bytes, draw) {
    const at = draw(bytes.length + 1);
    const more = Buffer.alloc(1 + draw(1024), draw(256));
    return Buffer.concat([bytes.subarray(0, at), more, bytes.subarray(at)]);
  },
  function deleteBytes(bytes, draw) {
    const at = draw(bytes.length);
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + draw(64))]);
  },
  function editHeader(bytes, draw) {
    const changed = Buffer.from(bytes);
    const at = headers[draw(headers.length)]!;
    const field = [0, 100, 108, 116, 124, 136, 156, 157, 257, 265, 297, 329, 345, 500][draw(14)]!;
    changed[at + field + draw(8)] = draw(256);
    // The checksum made right again: what refuses is not the checksum alone.
    changed.write('        ', at + 148);
    const sum = changed.subarray(at, at + 512).reduce((total, byte) => total + byte, 0);
    changed.write(`${sum.toString(8).padStart(6, '0')}\0 `, at + 148);
    return changed;
  },
  function resize(bytes, draw) {
    const changed = Buffer.from(bytes);
    const at = headers[draw(headers.length)]!;
    const name = bytes.toString('utf8', at, bytes.indexOf(0, at));
    tarHeader(name, draw(4) === 0 ? 0o77777777777 : draw(4096)).copy(changed, at);
    return changed;
  },
  function zero(bytes, draw) {
    const changed = Buffer.from(bytes);
    const at = draw(bytes.length);
    changed.subarray(at, at + 1 + draw(1024)).fill(0);
    return changed;
  },
  function splice(bytes, draw) {
    const at = draw(bytes.length);
    const from = draw(bytes.length);
    const changed = Buffer.from(bytes);
    bytes.copy(changed, at, from, from + 1 + draw(2048));
    return changed;
  },
];

describe('10,000 mutations of a valid tar', () => {
  const count = 10_000;
  it.each(mutations.map((mutation, kind) => [mutation.name, mutation, kind] as const))(
    '%s: what is accepted is what was signed, by both readers',
    async (_, mutation, kind) => {
      const counts = { same: 0, refused: 0, allowed: 0 };
      for (let i = 0; i < Math.ceil(count / mutations.length); i++) {
        const bytes = mutation(tar, generator(kind * count + i));
        if (bytes.equals(tar)) {
          counts.same++;
          continue;
        }
        const [one, other] = await Promise.all([piped(bytes, 4096), stored(bytes)]);
        for (const { code, data } of [one, other]) {
          if (code !== null) continue;
          expect(data).toEqual(sound);
          // Only what DSSE leaves free of the envelope may differ.
          const size = blockBytes + envelope.length;
          expect(bytes.subarray(Math.ceil(size / 512) * 512).equals(tar.subarray(Math.ceil(size / 512) * 512))).toBe(
            true,
          );
        }
        expect(one.code === null, `seed ${kind * count + i}: ${one.code} ${other.code}`).toBe(other.code === null);
        counts[one.code === null ? 'allowed' : 'refused']++;
      }
      expect(counts.refused).toBeGreaterThan(counts.allowed + counts.same);
    },
  );
});

it('a failure of the input itself is no answer', async () => {
  const broken = async function* () {
    yield tar.subarray(0, 100);
    throw new Failure([{ code: 'FILE-READ', message: 'the device reported an error' }]);
  };
  await expect(verifyBundle(pipedBundle(broken()).source, options)).rejects.toMatchObject({ code: 'FILE-READ' });
});
