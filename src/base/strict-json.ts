import { fail } from './diagnostic.ts';

export type JsonValue = null | boolean | number | string | JsonValue[] | { [k: string]: JsonValue };

/** What a document may hold at most. */
export interface JsonLimits {
  /** Bytes of the whole document. */
  bytes: number;
  /** Arrays and objects that are open at once. */
  depth: number;
  /** Object members and array elements of the whole document. */
  members: number;
  /** Bytes between the quotes of one string or member name, as written. */
  string: number;
}

export const metadataLimits: JsonLimits = { bytes: 4 << 20, depth: 64, members: 100_000, string: 1 << 20 };

/**
 * Reads one JSON text (RFC 8259) that two readers cannot understand differently. What JSON.parse refuses is refused, and also:
 * a name twice in one object (however escaped), the name `__proto__`, lone surrogates, a byte order mark, invalid UTF-8, -0, and numbers
 * that a double cannot hold (infinite, zero for one that is not, or whole and beyond 2^53 - 1). Everything else equals what JSON.parse returns, except that
 * objects have no prototype. Nesting costs no stack.
 *
 * Throws LIMIT when the text is larger than `limits`, otherwise JSON; the place is the line and the byte column.
 */
export function parseStrictJson(bytes: Uint8Array, limits: JsonLimits = metadataLimits): JsonValue {
  if (bytes.length > limits.bytes) throw fail('LIMIT', `the JSON text is larger than ${limits.bytes} bytes`);
  const cursor: Cursor = { bytes, limits, at: 0, members: 0 };
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
    throw refuse(cursor, 'the JSON text begins with a byte order mark', 'save it as UTF-8 without one');
  }
  const value = readValue(cursor);
  skipSpace(cursor);
  if (cursor.at < bytes.length) throw refuse(cursor, 'something follows the JSON value');
  return value;
}

/**
 * The compact text of a value, members in the order given; JSON.stringify, but what that would drop or change (undefined, NaN, Date, a lone
 * surrogate, …) throws a TypeError. parseStrictJson reads back every text that this returns, size permitting.
 */
export function canonicalJson(value: JsonValue): string {
  if (typeof value === 'string') {
    if (loneSurrogate.test(value)) throw new TypeError('a lone surrogate cannot be written as JSON');
    return JSON.stringify(value);
  }
  if (typeof value === 'number') {
    if (!isSafe(value)) throw new TypeError('an unsafe number cannot be written as JSON');
    return JSON.stringify(value);
  }
  if (value === null || typeof value === 'boolean') return String(value);
  // Array.from turns the holes of a sparse array into undefined, which is refused below.
  if (Array.isArray(value)) return `[${Array.from(value, canonicalJson).join(',')}]`;
  if (typeof value === 'object' && isPlain(value)) {
    const members = Object.entries(value).map(([name, member]) => {
      if (name === '__proto__') throw new TypeError('a member named __proto__ cannot be written as JSON');
      return `${canonicalJson(name)}:${canonicalJson(member)}`;
    });
    return `{${members.join(',')}}`;
  }
  throw new TypeError(`a value of type ${typeof value} cannot be written as JSON`);
}

interface Cursor {
  readonly bytes: Uint8Array;
  readonly limits: JsonLimits;
  at: number;
  members: number;
}

type JsonObject = { [k: string]: JsonValue };

/** A container that is being read; `name` is that of the member whose value comes next. */
type Open = { readonly list: JsonValue[] } | { readonly object: JsonObject; name: string };

const [tab, lineFeed, carriageReturn, space, quote, comma, minus, colon] = [9, 10, 13, 32, 0x22, 0x2c, 0x2d, 0x3a];
const [openList, backslash, closeList, openObject, closeObject] = [0x5b, 0x5c, 0x5d, 0x7b, 0x7d];
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const loneSurrogate = /\p{Surrogate}/u;
/** RFC 8259 §6. */
const numberForm = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/;
const literals: readonly (readonly [text: string, value: JsonValue])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
];

function readValue(cursor: Cursor): JsonValue {
  const stack: Open[] = [];
  for (;;) {
    const opened = openContainer(cursor);
    if (opened !== null && stack.length >= cursor.limits.depth) {
      throw exceed(cursor, `more than ${cursor.limits.depth} levels deep`);
    }
    if (opened !== null && !closes(cursor, opened)) {
      stack.push(opened);
      beginMember(cursor, opened);
      continue;
    }
    let value = opened === null ? readScalar(cursor) : contentOf(opened);
    // The value is whole: it goes into its container, which may be whole by that, and so on.
    for (;;) {
      const top = stack.at(-1);
      if (top === undefined) return value;
      if ('list' in top) top.list.push(value);
      else top.object[top.name] = value;
      if (closes(cursor, top)) {
        value = contentOf(top);
        stack.pop();
      } else {
        if (cursor.bytes[cursor.at] !== comma) throw unexpected(cursor);
        cursor.at++;
        beginMember(cursor, top);
        break;
      }
    }
  }
}

function openContainer(cursor: Cursor): Open | null {
  skipSpace(cursor);
  const byte = cursor.bytes[cursor.at];
  if (byte !== openList && byte !== openObject) return null;
  cursor.at++;
  return byte === openList ? { list: [] } : { object: Object.create(null), name: '' };
}

/** Steps over the container's closing bracket, if that is what comes next. */
function closes(cursor: Cursor, container: Open): boolean {
  skipSpace(cursor);
  if (cursor.bytes[cursor.at] !== ('list' in container ? closeList : closeObject)) return false;
  cursor.at++;
  return true;
}

function contentOf(container: Open): JsonValue {
  return 'list' in container ? container.list : container.object;
}

/** Counts the element or member that comes next, and reads the member's name. */
function beginMember(cursor: Cursor, container: Open): void {
  if (++cursor.members > cursor.limits.members) throw exceed(cursor, `of more than ${cursor.limits.members} members`);
  if ('list' in container) return;
  skipSpace(cursor);
  const start = cursor.at;
  if (cursor.bytes[start] !== quote) throw unexpected(cursor);
  container.name = readString(cursor);
  if (container.name === '__proto__') throw refuse({ ...cursor, at: start }, 'a member is named __proto__');
  if (container.name in container.object) throw refuse({ ...cursor, at: start }, 'two members have the same name');
  skipSpace(cursor);
  if (cursor.bytes[cursor.at] !== colon) throw unexpected(cursor);
  cursor.at++;
}

function readScalar(cursor: Cursor): JsonValue {
  const byte = cursor.bytes[cursor.at];
  if (byte === quote) return readString(cursor);
  if (byte === minus || isDigit(byte)) return readNumber(cursor);
  const literal = literals.find(([text]) => latin1(cursor.bytes, cursor.at, cursor.at + text.length) === text);
  if (literal === undefined) throw unexpected(cursor);
  cursor.at += literal[0].length;
  return literal[1];
}

function readString(cursor: Cursor): string {
  const { bytes, limits } = cursor;
  const start = cursor.at;
  let end = start + 1;
  let escapes = false;
  for (; bytes[end] !== quote; end++) {
    const byte = bytes[end];
    if (byte === undefined || byte < space) throw unexpected({ ...cursor, at: end });
    if (byte !== backslash) continue;
    escapes = true;
    end++;
  }
  if (end - start - 1 > limits.string) throw exceed(cursor, `with a string of more than ${limits.string} bytes`);
  cursor.at = end + 1;
  const begin = { ...cursor, at: start };
  const text = decoded(begin, bytes.subarray(start, end + 1));
  if (!escapes) return text.slice(1, -1);
  const value = unescaped(begin, text);
  if (loneSurrogate.test(value)) throw refuse(begin, 'a string holds a lone surrogate');
  return value;
}

function decoded(begin: Cursor, bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw refuse(begin, 'a string is not valid UTF-8');
  }
}

function unescaped(begin: Cursor, quoted: string): string {
  try {
    return JSON.parse(quoted);
  } catch {
    throw refuse(begin, 'a string holds an escape that JSON does not have');
  }
}

function readNumber(cursor: Cursor): number {
  let end = cursor.at;
  while (isNumberByte(cursor.bytes[end])) end++;
  const text = latin1(cursor.bytes, cursor.at, end);
  if (!numberForm.test(text)) throw refuse(cursor, 'a number is not well-formed');
  const value = Number(text);
  if (!isSafe(value) || Object.is(value, -0) || (value === 0 && /^[0.]*[1-9]/.test(text))) {
    throw refuse(cursor, 'a number cannot be represented exactly', 'write large numbers as strings');
  }
  cursor.at = end;
  return value;
}

function isSafe(value: number): boolean {
  return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

function isNumberByte(byte: number | undefined): boolean {
  return isDigit(byte) || byte === minus || byte === 0x2b || byte === 0x2e || byte === 0x45 || byte === 0x65;
}

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

function skipSpace(cursor: Cursor): void {
  for (;;) {
    const byte = cursor.bytes[cursor.at];
    if (byte !== space && byte !== lineFeed && byte !== tab && byte !== carriageReturn) return;
    cursor.at++;
  }
}

function latin1(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1', start, end);
}

function unexpected(cursor: Cursor) {
  const ended = cursor.at >= cursor.bytes.length;
  return refuse(cursor, ended ? 'the JSON text ends too early' : 'an unexpected character in the JSON text');
}

function refuse(cursor: Cursor, message: string, hint?: string) {
  return fail('JSON', message, { place: placeOf(cursor), ...(hint === undefined ? {} : { hint }) });
}

function exceed(cursor: Cursor, what: string) {
  return fail('LIMIT', `the JSON text is ${what}`, { place: placeOf(cursor) });
}

function placeOf({ bytes, at }: Cursor) {
  let [line, lineStart] = [1, 0];
  for (let i = 0; i < at; i++) {
    if (bytes[i] !== lineFeed) continue;
    line++;
    lineStart = i + 1;
  }
  return { line, column: at - lineStart + 1 };
}
