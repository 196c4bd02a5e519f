import { luhn } from './checksums.ts';
import type { Recognizer } from './definition.ts';
import { digits, isNumberEnd, matchesOf, wordCharacter } from './scan.ts';

export const card: Recognizer = {
  name: 'card',
  summary:
    'Payment card numbers of the known networks with the right check digit; spaces and hyphens may group the digits.',
  source: 'ISO/IEC 7812-1; prefixes and lengths as the networks publish them',
  needs: digits,
  names: ['card', 'card number', 'credit card', 'debit card', 'cardnumber', 'creditcard', 'pan', 'ccn'],
  examples: {
    // The networks' published test numbers.
    found: [
      '4111 1111 1111 1111',
      '5555-5555-5555-4444',
      '378282246310005',
      '3782 822463 10005',
      '6011111111111117',
      '30569309025904',
      '3530111333300000',
      '2223003122003222',
      '6200000000000005',
      '4222222222222',
    ],
    not: [
      '4111 1111 1111 1112',
      '1111 1111 1111 1117',
      '411111111111111',
      '41111111111111111',
      '0.4111111111111111',
      'x4111111111111111',
    ],
  },
  find(text) {
    return matchesOf(text, candidate, (found, at) => {
      const compact = found.replace(/[ -]/g, '');
      // What follows may be another number: from the longest run of whole groups to the shortest.
      for (let size = found.length, count = compact.length; count >= 13; size--) {
        const last = found[size - 1]!;
        if (last === ' ' || last === '-') continue;
        if (isCard(compact.slice(0, count)) && isNumberEnd(text, at + size)) return size;
        count--;
      }
      return 0;
    });
  },
};

const candidate = new RegExp(`(?<!${wordCharacter}|\\d[.-])[2-68](?:[ -]?\\d){12,18}`, 'gu');

function isCard(compact: string): boolean {
  return (
    networks.some(({ prefix, lengths }) => lengths.includes(compact.length) && prefix.test(compact)) && luhn(compact)
  );
}

const networks: readonly { readonly prefix: RegExp; readonly lengths: readonly number[] }[] = [
  // Visa
  { prefix: /^4/, lengths: [13, 16, 19] },
  // Mastercard
  { prefix: /^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, lengths: [16] },
  // American Express
  { prefix: /^3[47]/, lengths: [15] },
  // Diners Club
  { prefix: /^3(?:0[0-5]|095|[689])/, lengths: [14, 15, 16, 17, 18, 19] },
  // JCB
  { prefix: /^35(?:2[89]|[3-8])/, lengths: [16, 17, 18, 19] },
  // Discover, UnionPay, RuPay
  { prefix: /^(?:6011|64[4-9]|65|60|62|81|82)/, lengths: [16, 17, 18, 19] },
  // Maestro
  { prefix: /^(?:50|5[6-8]|6)/, lengths: [13, 14, 15, 16, 17, 18, 19] },
  // Mir
  { prefix: /^220[0-4]/, lengths: [16, 17, 18, 19] },
];
