import { z } from 'zod';
import { createSha256, sha256Hex } from '../../crypto/digest.ts';
import { instant } from '../../license/values.ts';
import { sortedJson } from '../statement.ts';
import { eventSchema } from './event.ts';

/**
 * An entry as a line of JSON: members sorted by name, no white space, everything but plain ASCII escaped, so that equal entries are equal
 * bytes and a line cannot steer a terminal. A line is a leaf of the Merkle tree, without its line feed.
 */

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.int().min(0);

/** What has been used up before an entry, sorted by license, users sorted. */
const countsSchema = z.strictObject({
  /** Entries that were cut off, so that nobody knows what they were. */
  lost: count,
  licenses: z.array(z.strictObject({ license: z.string(), exports: count, users: z.array(z.string()) })),
});
export type Counts = z.output<typeof countsSchema>;

const contentSchema = z.strictObject({
  seq: count,
  time: instant,
  /** Leaf hash of the line before; zeros in the first. */
  previous: sha256,
  /** In every 50th entry, and where entries were recovered, so that nobody has to read the log from its beginning. */
  counts: countsSchema.optional(),
  event: eventSchema,
});
export type LineContent = z.output<typeof contentSchema>;

/** `sha256` is that of the line without this member: it finds damage to the last line, which no other line holds the hash of. */
export const lineSchema = z.strictObject({ ...contentSchema.shape, sha256 });

/** A line may hold the counts of many licenses. */
export const maxLineBytes = 16 << 20;

/** The line of an entry with its final line feed. Throws an Error for what no line may hold, which is a defect of the caller. */
export function encodeLine(content: LineContent): Buffer {
  const sound = contentSchema.parse(content);
  const digest = sha256Hex(Buffer.from(ascii(sortedJson(sound))));
  return Buffer.from(`${ascii(sortedJson({ ...sound, sha256: digest }))}\n`);
}

/**
 * What a line with its final line feed says; `torn` when it was cut off or zeroed, as a power loss does; `changed` when it is not byte for
 * byte a line that anon writes.
 */
export function decodeLine(bytes: Buffer): LineContent | 'torn' | 'changed' {
  if (bytes.at(-1) !== 0x0a || bytes.at(-2) !== 0x7d || bytes.includes(0)) return 'torn';
  const text = bytes.toString('latin1', 0, bytes.length - 1);
  const tail = tailForm.exec(text.slice(-tailLength));
  if (tail === null || unprintable.test(text)) return 'changed';
  const value = parsed(text);
  if (value === undefined) return 'changed';
  // What parses and is written the same again has no second reading: no name twice, no other spelling.
  const written = JSON.stringify(value);
  if (written !== text && ascii(written) !== text) return 'changed';
  const line = lineSchema.safeParse(value);
  if (!line.success) return 'changed';
  const { sha256, ...content } = line.data;
  // The line without that member, which stands last but one: whoever reads a million lines writes none of them out for it.
  const body = createSha256();
  body.update(bytes.subarray(0, text.length - tailLength));
  body.update(bytes.subarray(text.length - tailLength + digestLength, text.length));
  return body.hex() === sha256 ? content : 'changed';
}

/** The leaf of a line: what stands in front of its line feed, or all there is of a line that was cut off. */
export function leafOf(bytes: Buffer): Buffer {
  return bytes.at(-1) === 0x0a ? bytes.subarray(0, -1) : bytes;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `,"sha256":"…"` and `,"time":"YYYY-MM-DDTHH:MM:SSZ"}`, at the end of every line. */
const [digestLength, tailLength] = [76, 107];
const tailForm = /^,"sha256":"[0-9a-f]{64}","time":"[-0-9T:Z]{20}"\}$/;
const unprintable = /[^\x20-\x7e]/;

function ascii(json: string): string {
  return json.replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
