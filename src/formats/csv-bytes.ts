export const QUOTE = 0x22;
export const LF = 0x0a;
export const CR = 0x0d;

/** 1 for each byte that begins or ends a field or stands in quotes, 0 for all others. */
export function specialBytes(delimiter: number): Uint8Array {
  const special = new Uint8Array(256);
  for (const byte of [delimiter, QUOTE, CR, LF]) special[byte] = 1;
  return special;
}
