import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { resetClock, seenMark } from '../../src/app/clock.ts';
import { type GateRequest, openGate } from '../../src/app/gate.ts';
import { mergeRevocations } from '../../src/app/revocations.ts';
import { initTrust, updateTrust } from '../../src/app/trust.ts';
import { verify } from '../../src/app/verify.ts';
import { Failure } from '../../src/base/diagnostic.ts';
import { parseInstant } from '../../src/base/time.ts';
import { sha256Hex } from '../../src/crypto/digest.ts';
import { signEnvelope } from '../../src/crypto/dsse.ts';
import { openBundle } from '../../src/io/bundle-files.ts';
import { openState } from '../../src/io/state.ts';
import { createTerminal } from '../../src/io/terminal.ts';
import { contextPayloadType } from '../../src/release/signed-context.ts';
import { type Json, sampleBundle, use as sampleUse } from '../release/sample.ts';
import {
  entry,
  keyFor,
  principal,
  revocationsBytes,
  revocationsContent,
  trustBytes,
  trustContent,
} from '../release/trusted.ts';

const start = parseInstant('2026-12-01T00:00:00Z')!;
const { organization, purpose, region } = sampleUse;
const sharedTerminal = createTerminal();
const stated = { organization, purpose, region };

/** A folder with a bundle of the hospital, whose key is the sample's. */
function world(statement: object = {}) {
  const root = mkdtempSync(join(tmpdir(), 'anon-gate-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const at = (name: string) => join(root, name);
  const write = (name: string, content: string | Uint8Array) => {
    mkdirSync(dirname(at(name)), { recursive: true });
    writeFileSync(at(name), content);
    return at(name);
  };
  for (const [name, bytes] of sampleBundle(undefined, statement)) write(`bundle/${name}`, bytes);
  let now = start;
  const terminal = { ...sharedTerminal, env: { HOME: root }, now: () => now };
  const answerTo = async (request: Partial<GateRequest>): Promise<string> => {
    const asked = { bundle: at('bundle'), use: stated, state: at('state'), ...request };
    try {
      const { decision, code } = await verify(asked, terminal);
      return code ?? decision;
    } catch (error) {
      if (error instanceof Failure) return `${error.exit} ${error.code}`;
      throw error;
    }
  };
  const set = (instant: string) => {
    now = parseInstant(instant)!;
  };
  return { at, write, terminal, answerTo, set };
}

/** Of the key that signed the sample: 32 bytes of 7. */
const issuerPem = keyFor('\u0007').pem;
const seedKey = (c: Json) => {
  c.principals['urn:hospital'].keys = [{ pem: issuerPem }];
};
const trusted = (change: (c: Json) => unknown = () => {}, signers = 'a') =>
  trustBytes(
    trustContent((c) => {
      seedKey(c);
      change(c);
    }),
    signers,
  );
const version =
  (n: number, change: (c: Json) => unknown = () => {}) =>
  (c: Json) => {
    c.version = n;
    change(c);
  };

describe('trust that is named', () => {
  it('is a key or a trust file, and remembered', async () => {
    const { write, answerTo } = world();
    expect(await answerTo({ trust: write('issuer.pub', issuerPem) })).toBe('allow');
    const first = write('1.json', trusted());
    const second = write('2.json', trusted(version(2)));
    const third = write('3.json', trusted(version(3)));
    expect(await answerTo({ trust: first })).toBe('allow');
    expect(await answerTo({ trust: third })).toBe('TRUST');
    expect(await answerTo({ trust: second })).toBe('allow');
    expect(await answerTo({ trust: first })).toBe('ROLLBACK');
    expect(await answerTo({ trust: third })).toBe('allow');
    const other = write('other.json', trusted(version(3, (c) => (c.principals['urn:x'] = principal('x', ['issuer'])))));
    expect(await answerTo({ trust: other })).toBe('2 TRUST-FORMAT');
    const changed = write('changed.json', trusted(version(3, (c) => (c.expires = '2028-01-01T00:00:00Z'))));
    expect(await answerTo({ trust: changed })).toBe('ROLLBACK');
    expect(await answerTo({ trust: undefined })).toBe('2 USAGE');
  });

  it('of others is remembered beside it, and not taken for it once all roots were replaced', async () => {
    const { write, answerTo } = world();
    const old = write('1.json', trusted());
    const others = (c: Json) => {
      delete c.principals['urn:ada'];
      delete c.principals['urn:bob'];
      c.principals['urn:carol'] = principal('c', ['root']);
    };
    expect(await answerTo({ trust: old })).toBe('allow');
    expect(await answerTo({ trust: write('unrelated.json', trusted(others, 'c')) })).toBe('allow');
    const replaced = (c: Json) => {
      others(c);
      c.version = 2;
      delete c.principals['urn:carol'];
      c.principals['urn:dora'] = principal('d', ['root']);
    };
    expect(await answerTo({ trust: write('2.json', trusted(replaced, 'ad')) })).toBe('allow');
    expect(await answerTo({ trust: old })).toBe('ROLLBACK');
  });

  it('in which a root has another key is no new beginning', async () => {
    const { write, answerTo } = world();
    expect(await answerTo({ trust: write('1.json', trusted()) })).toBe('allow');
    const taken = (c: Json) => {
      c.version = 2;
      c.principals['urn:ada'] = principal('d', ['root']);
      delete c.principals['urn:bob'];
    };
    expect(await answerTo({ trust: write('2.json', trusted(taken, 'd')) })).toBe('TRUST');
    expect(await answerTo({ trust: write('2.json', trusted(taken, 'ad')) })).toBe('allow');
  });

  it('must not lie in the bundle, by any name', async () => {
    const { at, write, answerTo } = world();
    const inside = write('bundle/trust.json', trusted());
    expect(await answerTo({ trust: inside })).toBe('TRUST');
    symlinkSync(inside, at('link.json'));
    expect(await answerTo({ trust: at('link.json') })).toBe('TRUST');
    symlinkSync(at('bundle'), at('mirror'));
    expect(await answerTo({ trust: inside, bundle: at('mirror') })).toBe('TRUST');
    linkSync(inside, at('hard.json'));
    expect(await answerTo({ trust: at('hard.json') })).toBe('TRUST');
    expect(await answerTo({ state: at('bundle/state') })).toBe('TRUST');
  });

  it.each([
    ['TRUST', trusted(undefined, 'z')],
    ['TRUST', trusted((c) => (c.thresholds.root = 2), 'a')],
    ['TRUST', trusted((c) => (c.expires = '2026-11-30T00:00:00Z'))],
    ['CLOCK', trusted((c) => (c.issued = '2026-12-02T00:00:00Z'))],
    ['2 TRUST-FORMAT', Buffer.from('{}')],
    ['2 TRUST-FORMAT', Buffer.alloc((4 << 20) + 1, '{')],
    ['2 TRUST-FORMAT', revocationsBytes()],
    ['2 KEY-FORMAT', Buffer.from('')],
    ['2 KEY-FORMAT', Buffer.from(`${issuerPem}${issuerPem}`)],
  ])('is refused with %s', async (code, bytes) => {
    const { write, answerTo } = world();
    expect(await answerTo({ trust: write('trust.json', bytes) })).toBe(code);
  });

  it('is read from regular files alone, without waiting', async () => {
    const { at, write, answerTo } = world();
    execFileSync('mkfifo', [at('pipe')]);
    const trust = write('trust.json', trusted());
    for (const file of [at('pipe'), '/dev/zero', '/dev/null']) {
      expect(await answerTo({ trust: file })).toBe('2 FILE-READ');
      expect(await answerTo({ trust, context: file })).toBe('2 FILE-READ');
      expect(await answerTo({ trust, revocations: file })).toBe('2 FILE-READ');
    }
    expect(await answerTo({ trust: at('bundle') })).toBe('TRUST');
    expect(await answerTo({ trust: at('nothing') })).toBe('2 FILE-MISSING');
  });
});

describe('trust that was adopted', () => {
  it('is what is trusted by default, and goes on version by version', async () => {
    const { at, write, terminal, answerTo } = world();
    const bytes = trusted();
    const file = write('1.json', bytes);
    const payload = Buffer.from(JSON.parse(bytes.toString()).payload, 'base64');
    const init = (fingerprint: string, replace = false) =>
      initTrust({ file, fingerprint, replace, state: at('state') }, terminal);
    await expect(init('0'.repeat(64))).rejects.toMatchObject({ code: 'TRUST', exit: 1 });
    await expect(init('abc')).rejects.toMatchObject({ code: 'USAGE' });
    expect(await answerTo({})).toBe('2 USAGE');
    await init(`sha256:${sha256Hex(payload)}`);
    expect(await answerTo({})).toBe('allow');
    await expect(init(sha256Hex(bytes))).rejects.toMatchObject({ code: 'USAGE' });
    await init(sha256Hex(bytes), true);

    const update = (content: Buffer) => updateTrust(write('next.json', content), at('state'), terminal);
    await expect(update(trusted(version(3)))).rejects.toMatchObject({ code: 'TRUST' });
    await expect(update(trusted(version(2), 'z'))).rejects.toMatchObject({ code: 'TRUST' });
    const without = version(2, (c) => delete c.principals['urn:hospital']);
    await update(trusted(without));
    expect(await answerTo({})).toBe('SIGNATURE');
    await expect(update(trusted())).rejects.toMatchObject({ code: 'ROLLBACK' });
    expect(await answerTo({ trust: file })).toBe('ROLLBACK');
    await update(trusted(version(3)));
    expect(await answerTo({})).toBe('allow');
  });

  it('takes over other roots that the old ones have signed', async () => {
    const { at, write, terminal, answerTo } = world();
    const file = write('1.json', trusted());
    await initTrust({ file, fingerprint: sha256Hex(trusted()), replace: false, state: at('state') }, terminal);
    const others = version(2, (c) => {
      delete c.principals['urn:ada'];
      delete c.principals['urn:bob'];
      c.principals['urn:carol'] = principal('c', ['root']);
      delete c.principals['urn:hospital'];
    });
    const update = (signers: string) => updateTrust(write('2.json', trusted(others, signers)), at('state'), terminal);
    await expect(update('c')).rejects.toMatchObject({ code: 'TRUST' });
    await expect(update('a')).rejects.toMatchObject({ code: 'TRUST' });
    await update('ac');
    expect(await answerTo({})).toBe('SIGNATURE');
  });

  it('that was damaged is no trust', async () => {
    const { at, write, answerTo } = world();
    const file = write('1.json', trusted());
    expect(await answerTo({ trust: file })).toBe('allow');
    const [name] = (await (await openState(at('state'))).names()).filter((one) => one.startsWith('trust-'));
    write(`state/${name}.7`, '{"roots":[],"file":"e30="}');
    expect(await answerTo({ trust: file })).toBe('2 STATE');
  });
});

describe('a list of revocations', () => {
  const status = { status: { required: true, maxAge: 'P1D', from: 'revocations.json' } };
  const list = (n: number, entries: readonly Json[] = [], more: object = {}, signers = 'r') =>
    revocationsBytes(
      revocationsContent((c) => Object.assign(c, { version: n, entries }, more)),
      signers,
    );
  const one = entry('digest', 'd'.repeat(64));

  it('that was seen stays, and never goes back', async () => {
    const { at, write, terminal, answerTo } = world(status);
    const trust = write('trust.json', trusted());
    expect(await answerTo({ trust })).toBe('STALE');
    expect(await answerTo({ trust, revocations: write('2.json', list(2, [one])) })).toBe('allow');
    expect(await answerTo({ trust })).toBe('allow');
    expect(await answerTo({ trust, revocations: write('1.json', list(1)) })).toBe('ROLLBACK');
    expect(await answerTo({ trust, revocations: write('2b.json', list(2)) })).toBe('ROLLBACK');
    expect(await answerTo({ trust, revocations: write('4.json', list(4)) })).toBe('ROLLBACK');
    expect(await answerTo({ trust, revocations: write('4.json', list(4, [one], {}, 'z')) })).toBe('SIGNATURE');
    expect(await answerTo({ trust, revocations: write('4.json', list(4, [one])) })).toBe('allow');
    expect(await answerTo({ trust, revocations: at('2.json') })).toBe('ROLLBACK');
    const merge = (bytes: Buffer, by?: string) =>
      mergeRevocations(write('merged.json', bytes), { trust: by ?? trust, state: at('state') }, terminal);
    await expect(merge(list(3, [one]))).rejects.toMatchObject({ code: 'ROLLBACK' });
    await expect(merge(list(6, [one], { expires: '2026-11-30T13:00:00Z' }))).rejects.toMatchObject({ code: 'STALE' });
    await merge(list(6, [{ ...one, reinstated: true }]));
    await expect(merge(list(7, [one]))).rejects.toMatchObject({ code: 'ROLLBACK' });
    const key = write('issuer.pub', issuerPem);
    await expect(merge(list(7, [one]), key)).rejects.toMatchObject({ code: 'USAGE' });
    expect(await answerTo({ trust: key })).toBe('STALE');
    expect(await answerTo({ trust: key, revocations: at('4.json') })).toBe('SIGNATURE');
  });

  it('begins again only when the trust replaces the keys of its revokers', async () => {
    const { write, answerTo } = world(status);
    const ask = (trust: Buffer, revocations: Buffer) =>
      answerTo({ trust: write('trust.json', trust), revocations: write('revocations.json', revocations) });
    expect(await ask(trusted(), list(5, [one]))).toBe('allow');
    const added = version(2, (c) => (c.principals['urn:new'] = principal('n', ['revoker'])));
    expect(await ask(trusted(added), list(1, [], {}, 'n'))).toBe('ROLLBACK');
    const replaced = version(3, (c) => (c.principals['urn:revoker'] = principal('n', ['revoker'])));
    expect(await ask(trusted(replaced), list(1, [], {}, 'n'))).toBe('allow');
    expect(await ask(trusted(replaced), list(5, [one]))).toBe('SIGNATURE');
  });

  it.each([
    ['2 REVOCATIONS-FORMAT', Buffer.from('{}')],
    ['2 REVOCATIONS-FORMAT', trusted()],
    ['STALE', list(1, [], { expires: '2026-12-01T00:00:00Z' })],
    ['STALE', list(1, [], { issued: '2026-11-29T23:59:59Z' })],
    ['CLOCK', list(1, [], { issued: '2026-12-01T00:06:00Z' })],
  ])('is refused with %s', async (code, bytes) => {
    const { write, answerTo } = world(status);
    const trust = write('trust.json', trusted());
    expect(await answerTo({ trust, revocations: write('revocations.json', bytes) })).toBe(code);
  });

  it('may be held to a stricter age', async () => {
    const { write, answerTo } = world();
    const trust = write('trust.json', trusted());
    const revocations = write('revocations.json', list(1));
    expect(await answerTo({ trust, revocations, maxAge: 'PT12H' })).toBe('allow');
    expect(await answerTo({ trust, maxAge: 'PT11H' })).toBe('STALE');
    for (const maxAge of ['1d', 'P1M', 'P0D']) expect(await answerTo({ trust, maxAge })).toBe('2 USAGE');
  });
});

describe('the clock', () => {
  it('does not go back by more than the skew, whatever a run decided', async () => {
    const { write, answerTo, set, terminal, at } = world();
    const trust = write('issuer.pub', issuerPem);
    expect(await answerTo({ trust })).toBe('allow');
    set('2026-11-30T23:55:00Z');
    expect(await answerTo({ trust })).toBe('allow');
    set('2026-11-30T23:54:59Z');
    expect(await answerTo({ trust })).toBe('CLOCK');
    set('2027-12-01T00:00:00Z');
    expect(await answerTo({ trust })).toBe('EXPIRED');
    set('2026-12-01T00:00:00Z');
    expect(await answerTo({ trust })).toBe('CLOCK');
    const state = await openState(at('state'));
    expect(await seenMark(state)).toBe(parseInstant('2027-12-01T00:00:00Z'));
    await resetClock(state, terminal.now());
    expect(await answerTo({ trust })).toBe('allow');
  });

  it('that shows no time refuses, and leaves no mark', async () => {
    const { write, answerTo, terminal } = world();
    const trust = write('issuer.pub', issuerPem);
    for (const ms of [-1, Number.NaN, 1e15]) {
      terminal.now = () => ms;
      expect(await answerTo({ trust })).toBe('CLOCK');
    }
    terminal.now = () => start;
    expect(await answerTo({ trust })).toBe('allow');
  });

  it('whose mark cannot be read is no answer', async () => {
    const { write, answerTo } = world();
    const trust = write('issuer.pub', issuerPem);
    expect(await answerTo({ trust })).toBe('allow');
    write('state/clock.9', 'yesterday');
    expect(await answerTo({ trust })).toBe('2 STATE');
  });

  it('is asked again while a release runs', async () => {
    const { at, write, terminal, set } = world();
    const trust = write('trust.json', trusted());
    const gate = await openGate({ bundle: at('bundle'), use: stated, state: at('state'), trust }, terminal);
    const { source, close } = await openBundle(at('bundle'));
    const answer = await gate.decide(source, { record: gate.log.decided });
    await close();
    await gate.recheck(answer.released!);
    const revoked = entry('license', answer.license!);
    const bytes = revocationsBytes(revocationsContent((c) => (c.entries = [revoked])));
    await mergeRevocations(write('revocations.json', bytes), { trust, state: at('state') }, terminal);
    await expect(gate.recheck(answer.released!)).rejects.toMatchObject({ code: 'REVOKED' });
    set('2027-11-01T00:00:00Z');
    await expect(gate.recheck(answer.released!)).rejects.toMatchObject({ code: 'EXPIRED' });
  });
});

describe('a context', () => {
  const context = (content: object | string, signers = 'u') =>
    signEnvelope(
      contextPayloadType,
      Buffer.from(typeof content === 'string' ? content : JSON.stringify(content)),
      [...signers].map((letter) => keyFor(letter).seed),
    );

  it('that is signed is taken as it stands', async () => {
    const { write, answerTo } = world();
    const trust = write('trust.json', trusted());
    const ask = (text: string, use: object = {}) =>
      answerTo({ trust, context: write('context.json', text), use: { ...use } });
    const bounded = { ...stated, audience: '*', expires: '2027-01-01T00:00:00Z' };
    expect(await ask(context(bounded))).toBe('allow');
    expect(await ask(context(bounded), { region: 'DE' })).toBe('allow');
    expect(await ask(context(bounded), { region: 'FR' })).toBe('2 USAGE');
    expect(await ask(context(bounded), { project: 'P-1' })).toBe('2 USAGE');
    expect(await ask(context(bounded, 'z'))).toBe('SIGNATURE');
    expect(await ask(context({ ...stated, __proto__: null, admin: true }))).toBe('2 USAGE');
    expect(await ask(context('{"region":"DE","r\\u0065gion":"US"}'))).toBe('2 USAGE');
    expect(await ask(context('{"__proto__":{}}'))).toBe('2 USAGE');
    expect(await ask(context('[]'))).toBe('2 USAGE');
    expect(await ask('{"payloadType":1}')).toBe('2 USAGE');
    expect(await ask(JSON.stringify(stated))).toBe('allow');
    expect(await ask(JSON.stringify(stated), { project: 'P-1' })).toBe('allow');
  });
});
