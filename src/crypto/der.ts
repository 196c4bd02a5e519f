/** As much of DER (ITU-T X.690 §10) as key files need: one-byte tags, definite lengths in their shortest form. */
export const tags = { integer: 0x02, bitString: 0x03, octets: 0x04, oid: 0x06, sequence: 0x30 } as const;

export interface DerElement {
  readonly tag: number;
  readonly body: Buffer;
}

/** One element whose body is `parts` one after the other. */
export function derElement(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  const length = body.length < 0x80 ? Buffer.of(body.length) : longLength(body.length);
  return Buffer.concat([Buffer.of(tag), length, body]);
}

/** A non-negative INTEGER. */
export function derInteger(value: number): Buffer {
  const hex = value.toString(16);
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
  // The top bit is the sign.
  return derElement(tags.integer, bytes[0]! < 0x80 ? bytes : Buffer.concat([Buffer.of(0), bytes]));
}

/** The elements that make up `bytes` completely, or null when that is not DER. */
export function readDer(bytes: Buffer): DerElement[] | null {
  const elements: DerElement[] = [];
  for (let at = 0; at < bytes.length; ) {
    const head = readLength(bytes, at + 1);
    if (head === null || head.body + head.length > bytes.length) return null;
    elements.push({ tag: bytes[at]!, body: bytes.subarray(head.body, head.body + head.length) });
    at = head.body + head.length;
  }
  return elements;
}

/** The elements of the one SEQUENCE that `bytes` is, or null when it is something else. */
export function readDocument(bytes: Buffer): DerElement[] | null {
  const elements = readDer(bytes);
  return elements?.length === 1 ? readSequence(elements[0]) : null;
}

/** The elements inside of `element`, or null when it is not a SEQUENCE of at least one. */
export function readSequence(element: DerElement | undefined): DerElement[] | null {
  const inner = element?.tag === tags.sequence ? readDer(element.body) : null;
  return inner === null || inner.length === 0 ? null : inner;
}

/** The value of a non-negative INTEGER below 2^31, or null. */
export function readInteger(element: DerElement | undefined): number | null {
  if (element?.tag !== tags.integer) return null;
  const { body } = element;
  if (body.length === 0 || body.length > 4 || body[0]! >= 0x80) return null;
  const shortest = body.length === 1 || body[0] !== 0 || body[1]! >= 0x80;
  return shortest ? body.readUIntBE(0, body.length) : null;
}

function longLength(length: number): Buffer {
  const hex = length.toString(16);
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
  return Buffer.concat([Buffer.of(0x80 | bytes.length), bytes]);
}

/** The length that stands at `at`, and where the body behind it begins. */
function readLength(bytes: Buffer, at: number): { body: number; length: number } | null {
  const first = bytes[at];
  if (first === undefined) return null;
  if (first < 0x80) return { body: at + 1, length: first };
  const count = first & 0x7f;
  if (count === 0 || count > 3 || at + 1 + count > bytes.length) return null;
  const length = bytes.readUIntBE(at + 1, count);
  const shortest = length >= 0x80 && length >= 2 ** (8 * (count - 1));
  return shortest ? { body: at + 1 + count, length } : null;
}
