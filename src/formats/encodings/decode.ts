import type { Encoding } from './definition.ts';

/** A whole text in UTF-8. Throws DATA-ENCODING where its bytes are no text in this encoding. */
export function decodeWhole(bytes: Buffer, encoding: Encoding): Buffer {
  const codec = encoding.codecFor(bytes.subarray(0, 4));
  if (codec === undefined) return bytes;
  const decoder = codec.decoder();
  const text = Buffer.from(decoder.decode(bytes.subarray(codec.mark.length)));
  decoder.end();
  return text;
}
