import { singleByte } from './single-byte.ts';

/** Characters 80 to 9F; 0 where there is none (https://www.unicode.org/Public/MAPPINGS/VENDORS/MICSFT/WINDOWS/CP1252.TXT). */
const from80 = [
  0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017d, 0, 0,
  0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178,
];

/** Bytes 81, 8D, 8F, 90 and 9D are refused: what they mean is not defined. */
export const windows1252 = singleByte('windows-1252', 'Windows-1252, usual in Western Windows.', 'windows-1252', [
  ...from80,
  ...Array.from({ length: 96 }, (_, i) => 0xa0 + i),
]);
