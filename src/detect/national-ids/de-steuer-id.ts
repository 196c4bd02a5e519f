import { mod11and10 } from '../checksums.ts';
import { defineNationalId } from './definition.ts';

export const deSteuerId = defineNationalId({
  name: 'de-steuer-id',
  country: 'DE',
  summary: 'Tax identification number of Germany.',
  source:
    'Abgabenordnung §139b, Steueridentifikationsnummerverordnung §2: one of ten digits twice or three times, check digit by ISO/IEC 7064 MOD 11,10',
  names: ['steuer id', 'steuerid', 'idnr', 'steueridentifikationsnummer', 'steuer identifikationsnummer'],
  examples: {
    found: ['86095742719', '47 036 892 816', '65929970489'],
    not: ['86095742718', '00000000000', '12345678903', '86 09574 2719'],
  },
  pattern: String.raw`[1-9]\d(?:\d{9}| \d{3} \d{3} \d{3})`,
  accepts: (id) => mod11and10(id) && isRepeating(id.slice(0, 10)),
});

/** One digit occurs twice or three times, and no other more than once. */
function isRepeating(digits: string): boolean {
  const counts = [...'0123456789'].map((digit) => digits.split(digit).length - 1).sort();
  return counts[9]! >= 2 && counts[9]! <= 3 && counts[8]! === 1;
}
