import { fail } from '../../base/diagnostic.ts';
import { decodeBase64Strict, encodeBase64 } from '../../crypto/base64.ts';
import { leafOf } from './line.ts';
import { leafHash } from './merkle.ts';

/** What a checkpoint (c2sp.org/tlog-checkpoint) says of a log: the RFC 6962 tree head over its first entries. */
export interface Checkpoint {
  /** Which log. */
  readonly origin: string;
  /** Entries. */
  readonly size: number;
  /** 32 bytes. */
  readonly root: Buffer;
}

const textForm = /^(?<origin>[^\n]+)\n(?<size>0|[1-9][0-9]{0,14})\n(?<root>[A-Za-z0-9+/]{43}=)\n(?:[^\n]+\n)*$/u;

/** The origin of a log, from its first line: no two logs share one, as their first entries hold a random number. */
export function originOf(firstLine: Buffer): string {
  return `anon-audit/${leafHash(leafOf(firstLine)).toString('hex', 0, 16)}`;
}

/** The text that is signed. */
export function checkpointText({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${encodeBase64(root)}\n`;
}

/** The checkpoint in the text of a note; extension lines are passed over. Throws SCHEMA. */
export function parseCheckpoint(text: string): Checkpoint {
  const { origin, size, root } = textForm.exec(text)?.groups ?? {};
  const head = root === undefined ? null : decodeBase64Strict(root);
  if (origin === undefined || head === null) throw fail('SCHEMA', 'the note is not a checkpoint');
  return { origin, size: Number(size), root: head };
}
