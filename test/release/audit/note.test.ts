import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { publicKeyOf } from '../../../src/crypto/ed25519.ts';
import { checkpointText, parseCheckpoint } from '../../../src/release/audit/checkpoint.ts';
import { isSignedBy, noteKeyId, parseNote, signNote, verifierKey } from '../../../src/release/audit/note.ts';

/** The example of golang.org/x/mod/sumdb/note, from which the specification was made. */
const neumann = {
  text: "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n",
  name: 'PeterNeumann',
  verifier: 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
  seed: Buffer.from('AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz', 'base64').subarray(1),
  line: '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n',
};
const note = `${neumann.text}\n${neumann.line}`;
const publicKey = publicKeyOf(neumann.seed);

/** Examples of c2sp.org/signed-note and c2sp.org/tlog-checkpoint. */
const poem = `Ognuno sta solo sul cuor della terra
trafitto da un raggio di sole:

ed è subito sera.

— quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=
`;
const sofa = `example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
`;

describe('a signed note', () => {
  it('is signed, and its key written, as others do it', () => {
    expect(signNote(neumann.text, neumann.name, neumann.seed)).toBe(note);
    expect(verifierKey(neumann.name, publicKey)).toBe(neumann.verifier);
    expect(noteKeyId(neumann.name, publicKey).toString('hex')).toBe('c74f20a3');
  });

  it('that others signed is verified', () => {
    expect(isSignedBy(parseNote(Buffer.from(note)), publicKey)).toBe(true);
    expect(isSignedBy(parseNote(Buffer.from(note)), publicKeyOf(Buffer.alloc(32, 1)))).toBe(false);
  });

  it('is read as the specification shows it, empty lines in the text included', () => {
    const read = parseNote(Buffer.from(poem));
    expect(read.text).toBe(poem.slice(0, poem.indexOf('\n— ')));
    expect(
      read.signatures.map(({ name, keyId, signature }) => [name, keyId.toString('hex'), signature.length]),
    ).toEqual([['quasimodo.example/salvatore', '367ba04b', 64]]);
    const { origin, size, root } = parseCheckpoint(parseNote(Buffer.from(sofa)).text);
    expect([origin, size, root.length]).toEqual(['example.com/behind-the-sofa', 20852163, 32]);
    expect(checkpointText({ origin, size, root })).toBe(parseNote(Buffer.from(sofa)).text);
  });

  it('may have signatures of other keys beside, but none under the id of a known key that is not its own', () => {
    const other = '— other.example AAAAAAEBAQ==\n';
    expect(isSignedBy(parseNote(Buffer.from(note + other)), publicKey)).toBe(true);
    const forged = neumann.line.replace('x08go/ZJ', 'x08go/ZK');
    expect(() => isSignedBy(parseNote(Buffer.from(note + forged)), publicKey)).toThrow(/is not that of the key/);
  });

  it('never verifies with a byte of it flipped', () => {
    const bytes = Buffer.from(note);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const flipped = Buffer.from(bytes);
        flipped[at]! ^= flip;
        let verified = false;
        try {
          verified = isSignedBy(parseNote(flipped), publicKey);
        } catch (error) {
          expect(error).toMatchObject({ exit: 1 });
        }
        expect(verified).toBe(false);
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    ['without a signature', neumann.text],
    ['without the empty line', neumann.text + neumann.line],
    ['without its last line feed', note.slice(0, -1)],
    ['with carriage returns', note.replaceAll('\n', '\r\n')],
    ['with a hyphen for the dash', note.replace('—', '-')],
    ['with a signature in the URL-safe alphabet', note.replace('x08go/ZJ', 'x08go_ZJ')],
    ['with a signature of four bytes', `${neumann.text}\n— PeterNeumann x08gow==\n`],
    ['with a name that has a plus', note.replace('PeterNeumann ', 'Peter+Neumann ')],
    ['with an escape sequence', `\x1b[2J${note}`],
  ])('%s is refused', (_, text) => {
    expect(() => parseNote(Buffer.from(text))).toThrow(expect.objectContaining({ code: 'ENVELOPE' }));
  });

  it('of many signatures or bytes is refused, and one of sixteen is not', () => {
    const other = '— other.example AAAAAAEBAQ==\n';
    expect(parseNote(Buffer.from(note + other.repeat(15))).signatures).toHaveLength(16);
    expect(() => parseNote(Buffer.from(note + other.repeat(64)))).toThrow(expect.objectContaining({ code: 'LIMIT' }));
    expect(() => parseNote(Buffer.alloc(65537, 'x'))).toThrow(expect.objectContaining({ code: 'LIMIT' }));
  });
});

describe('a checkpoint', () => {
  const root = Buffer.alloc(32, 1).toString('base64');
  it.each([
    ['with a leading zero', `a\n01\n${root}\n`],
    ['with a size in another notation', `a\n1e3\n${root}\n`],
    ['with a short root', `a\n1\n${root.slice(4)}\n`],
    ['with stray bits in its root', `a\n1\n${root.replace(/.=$/, 'F=')}\n`],
    ['without an origin', `\n1\n${root}\n`],
    ['of two lines', `a\n1\n`],
    ['with an empty extension line', `a\n1\n${root}\n\nb\n`],
  ])('%s is refused', (_, text) => {
    expect(() => parseCheckpoint(text)).toThrow(expect.objectContaining({ code: 'SCHEMA' }));
  });

  it('may have extension lines', () => {
    expect(parseCheckpoint(`a\n0\n${root}\nmore\n`)).toMatchObject({ origin: 'a', size: 0 });
  });
});
