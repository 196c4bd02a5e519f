import { singleByte } from './single-byte.ts';

/** ISO 8859-1 with the control characters of ISO 6429, as IANA registers it: byte n is character n. */
export const latin1 = singleByte(
  'latin1',
  'ISO 8859-1.',
  'iso-8859-1',
  Array.from({ length: 128 }, (_, i) => 0x80 + i),
);
