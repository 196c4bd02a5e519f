const units: Readonly<Record<string, number>> = {
  '': 1,
  B: 1,
  kB: 1e3,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
};

export const sizeRule = 'a whole number and B, kB, MB, GB, KiB, MiB or GiB, such as 100MB';

/** Bytes of `100MB` (10^8), `64MiB` (2^26) or `4096`; undefined for anything else, and for nothing. IEC 80000-13. */
export function parseSize(text: string): number | undefined {
  const [, digits, unit] = /^(\d{1,12}) ?([A-Za-z]*)$/.exec(text) ?? [];
  const factor = unit === undefined || !Object.hasOwn(units, unit) ? undefined : units[unit];
  const bytes = factor === undefined ? 0 : Number(digits) * factor;
  return bytes > 0 && Number.isSafeInteger(bytes) ? bytes : undefined;
}
