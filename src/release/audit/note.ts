import { type Failure, fail } from '../../base/diagnostic.ts';
import { decodeBase64Strict, encodeBase64 } from '../../crypto/base64.ts';
import { sha256 } from '../../crypto/digest.ts';
import { publicKeyOf, signEd25519, verifyEd25519 } from '../../crypto/ed25519.ts';

/** Signed notes (c2sp.org/signed-note) with Ed25519, the signature type 0x01: text that people and programs can read, and its signatures. */
export interface Note {
  /** With its final line feed: what is signed. */
  readonly text: string;
  /** At least one; not verified. */
  readonly signatures: readonly NoteSignature[];
}

export interface NoteSignature {
  readonly name: string;
  /** 4 bytes. */
  readonly keyId: Buffer;
  readonly signature: Buffer;
}

const ed25519 = 0x01;
const maxNoteBytes = 64 * 1024;
const maxSignatures = 64;
/** Key names hold no Unicode space and no plus. */
const nameForm = /^[^\s\u0085+]+$/u;
const signatureForm = /^— (?<name>[^\s\u0085+]+) (?<base64>[A-Za-z0-9+/]+={0,2})$/u;

/** The note of a text that ends in a line feed, signed by the key of a 32-byte seed under a name. */
export function signNote(text: string, name: string, seed: Uint8Array): string {
  if (!text.endsWith('\n') || !nameForm.test(name))
    throw new RangeError('a note ends in a line feed, and its key has a name');
  const signature = Buffer.concat([noteKeyId(name, publicKeyOf(seed)), signEd25519(Buffer.from(text), seed)]);
  return `${text}\n— ${name} ${encodeBase64(signature)}\n`;
}

/** Reads a note without judging its signatures. Throws ENVELOPE, or LIMIT beyond 64 KiB or 64 signatures. */
export function parseNote(bytes: Uint8Array): Note {
  if (bytes.length > maxNoteBytes) throw fail('LIMIT', `the note is larger than ${maxNoteBytes} bytes`);
  const note = Buffer.from(bytes).toString('utf8');
  // The decoder puts another character in the place of what is not UTF-8.
  if (!Buffer.from(note).equals(bytes) || /[\0-\x09\x0b-\x1f]/.test(note))
    throw malformed('holds something other than text');
  // The text may hold empty lines: the last one ends it.
  const end = note.lastIndexOf('\n\n');
  if (end < 0 || !note.endsWith('\n')) throw malformed('is not a text, an empty line and signatures');
  const lines = note.slice(end + 2, -1).split('\n');
  if (lines.length > maxSignatures) throw fail('LIMIT', `the note has more than ${maxSignatures} signatures`);
  return { text: note.slice(0, end + 1), signatures: lines.map(readSignature) };
}

/**
 * Whether the key has signed the note. A signature under the key's id that does not verify refuses the note, whatever else signed it; those
 * under other ids are not of this key. Throws SIGNATURE.
 */
export function isSignedBy({ text, signatures }: Note, publicKey: Buffer): boolean {
  const own = signatures.filter(({ name, keyId }) => keyId.equals(noteKeyId(name, publicKey)));
  for (const { signature } of own) {
    if (!verifyEd25519(Buffer.from(text), signature, publicKey))
      throw fail('SIGNATURE', 'a signature of the note is not that of the key which it names');
  }
  return own.length > 0;
}

/** `SHA-256(name || 0x0A || 0x01 || public key)[:4]`. */
export function noteKeyId(name: string, publicKey: Buffer): Buffer {
  return sha256(Buffer.concat([Buffer.from(`${name}\n`), Buffer.of(ed25519), publicKey])).subarray(0, 4);
}

/** The key as other verifiers of signed notes take it: `name+id+base64`. */
export function verifierKey(name: string, publicKey: Buffer): string {
  const key = encodeBase64(Buffer.concat([Buffer.of(ed25519), publicKey]));
  return `${name}+${noteKeyId(name, publicKey).toString('hex')}+${key}`;
}

function readSignature(line: string): NoteSignature {
  const { name, base64 } = signatureForm.exec(line)?.groups ?? {};
  const bytes = base64 === undefined || base64.length % 4 !== 0 ? null : decodeBase64Strict(base64);
  if (name === undefined || bytes === null || bytes.length < 5) throw malformed('has a line that is no signature');
  return { name, keyId: bytes.subarray(0, 4), signature: bytes.subarray(4) };
}

function malformed(what: string): Failure {
  return fail('ENVELOPE', `the note ${what}`);
}
