import { fail } from '../base/diagnostic.ts';
import type { Around } from './batch.ts';
import { Cut, JsonCursor } from './json-cursor.ts';
import { formatPath } from './json-path.ts';
import { shown } from './json-problems.ts';
import type { RecordsPath } from './json-records.ts';
import { CLOSE_ARRAY, CLOSE_OBJECT, COMMA, isSpace, OPEN_ARRAY, OPEN_OBJECT } from './json-tokens.ts';

/** What a document has in front of its first record, and what has to follow from that behind the last one. */
export interface Frame {
  /** In front of the first record. */
  readonly input: Buffer;
  /** The same as it is written. */
  readonly output: Buffer;
  readonly path: RecordsPath;
  readonly around: Around;
  /** The keys so far of each object that is open. */
  readonly keys: readonly ReadonlySet<string>[];
}

/**
 * Read a document up to its first record. Without a path its records are the elements of the array that it is, or the object that
 * it is. Undefined when `bytes` end before that; throws a Failure when the input does, or where the path leads nowhere.
 */
export function openFrame(
  bytes: Buffer,
  final: boolean,
  said: RecordsPath | undefined,
  around: Around,
): Frame | undefined {
  const cursor = new JsonCursor(bytes, 0);
  try {
    const first = cursor.peek();
    if (first !== OPEN_ARRAY && first !== OPEN_OBJECT) throw cursor.unexpected('expected an array or object');
    const path = said ?? { keys: [], each: first === OPEN_ARRAY };
    const keys = path.keys.map((key, depth) => readUpTo(cursor, path, depth, key, around));
    const found = formatPath(path.keys);
    if (path.each && !cursor.takes(OPEN_ARRAY)) throw notThere(`\`${found}\` is no array`);
    if (!path.each && cursor.peek() !== OPEN_OBJECT) throw notThere(`\`${found}\` is no object`);
    cursor.check();
    return { input: Buffer.from(bytes.subarray(0, cursor.at)), output: cursor.written(), path, around, keys };
  } catch (error) {
    if (error !== Cut) throw error;
    if (!final) return undefined;
    if (!bytes.every(isSpace)) throw cursor.unfinished();
    throw fail('DATA-EMPTY', 'the input is empty', { hint: 'check that the file is the one you meant' });
  }
}

/**
 * Read a document from the end of its last record to its own; `passed` is how much of it stands in front of `bytes`. Returns how
 * that is written; undefined when more may come.
 */
export function closeFrame(frame: Frame, bytes: Buffer, final: boolean, passed: number): Buffer | undefined {
  const { path, around } = frame;
  const cursor = new JsonCursor(bytes, passed);
  try {
    if (path.each) cursor.take(CLOSE_ARRAY, 'expected `,` or `]`');
    for (let depth = path.keys.length - 1; depth >= 0; depth--) {
      const keys = new Set(frame.keys[depth]);
      for (;;) {
        const behind = cursor.at;
        if (cursor.takes(CLOSE_OBJECT)) break;
        cursor.take(COMMA, 'expected `,` or `}`');
        const place = formatPath([...path.keys.slice(0, depth), shown(cursor.key(keys))]);
        passBy(cursor, around, place);
        if (around === 'drop') cursor.replace(behind, cursor.at, '');
      }
    }
    cursor.end();
    cursor.check();
    return final ? cursor.written() : undefined;
  } catch (error) {
    if (error !== Cut) throw error;
    if (final) throw cursor.unfinished();
    return undefined;
  }
}

/** Read the object at the cursor up to the value of `key`. Returns the keys so far. */
function readUpTo(
  cursor: JsonCursor,
  path: RecordsPath,
  depth: number,
  key: string,
  around: Around,
): ReadonlySet<string> {
  const above = path.keys.slice(0, depth);
  const missing = () => notThere(`the document has no \`${formatPath([...above, key])}\``);
  if (!cursor.takes(OPEN_OBJECT)) throw notThere(`\`${formatPath(above)}\` is no object`);
  const keys = new Set<string>();
  if (cursor.peek() === CLOSE_OBJECT) throw missing();
  for (;;) {
    cursor.peek();
    const begin = cursor.at;
    const name = cursor.key(keys);
    if (name === key) {
      cursor.peek();
      return keys;
    }
    passBy(cursor, around, formatPath([...above, shown(name)]));
    if (cursor.peek() === CLOSE_OBJECT) throw missing();
    cursor.take(COMMA, 'expected `,` or `}`');
    cursor.peek();
    if (around === 'drop') cursor.replace(begin, cursor.at, '');
  }
}

/** Pass by the value at the cursor, which is none of the records. */
function passBy(cursor: JsonCursor, around: Around, place: string): void {
  if (around === 'reject') {
    throw fail('DATA-FIELDS', `\`${place}\` stands outside of the records`, {
      hint: 'say what becomes of what stands `around` them: `input: { around: drop }` leaves it out; or name other `records`',
    });
  }
  cursor.peek();
  const begin = cursor.at;
  cursor.value();
  if (around === 'redact') cursor.replace(begin, cursor.at, 'null');
}

function notThere(message: string) {
  const hint = '`input: { records: "$.items[*]" }` says which values are records: `$` is the whole document';
  return fail('DATA-FIELDS', message, { hint });
}
