/**
 * The bytes of base64 (RFC 4648) text: the standard or the URL-safe alphabet but not both, padded or not. Null for anything else: white space,
 * padding that is inside or of the wrong length, bits left over that are not zero. So each alphabet and padding has one text per byte string.
 */
export function decodeBase64Strict(text: string): Buffer | null {
  const body = text.replace(/={1,2}$/, '');
  const padding = text.length - body.length;
  if (padding > 0 && text.length % 4 !== 0) return null;
  if (/[^A-Za-z0-9+/]/.test(body) && /[^A-Za-z0-9_-]/.test(body)) return null;
  // Node's decoder is lax and reads both alphabets: the text must be what its bytes encode to, which also finds the stray bits.
  const bytes = Buffer.from(body, 'base64');
  const standard = body.replaceAll('-', '+').replaceAll('_', '/');
  return bytes.toString('base64').replace(/=+$/, '') === standard ? bytes : null;
}

/** Standard alphabet, padded. */
export function encodeBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64');
}
