import type { Node } from './grammar.ts';
import { decimalDigits, digits, form, hex, type Kinds, range } from './kind.ts';
import { fictitiousPhone } from './phones.ts';

/** Numbers and dates. None of them is a number that somebody has. */
export const numberKinds: Kinds = {
  'phone.number': { grammar: ({ country }) => fictitiousPhone(country), unique: 'none' },
  // ISO/IEC 7812-1: behind a 9 stands the country of a national issuer (ISO 3166-1 numeric), and 999 is none.
  'finance.creditCardNumber': form({ luhn: { seq: ['9999', digits(11)] } }),
  // Check digits are 98 less a remainder below 97 (ISO 13616-1, ISO 7064): no IBAN that was ever given out has 00.
  'finance.iban': {
    grammar({ country }) {
      const [code, rest] = Object.entries(ibans).find(([name]) => name === country) ?? ['DE', ibans.DE!];
      return { seq: [`${code}00`, rest] };
    },
    unique: 'none',
  },
  'finance.accountNumber': form(digits(8)),
  'string.numeric': form(digits(10)),
  'string.alphanumeric': form({ chars: `${decimalDigits}abcdefghijklmnopqrstuvwxyz`, count: 16 }, { unique: 82 }),
  // RFC 9562 §5.4, version 4.
  'string.uuid': form(
    { seq: [hex(8), '-', hex(4), '-4', hex(3), '-', { of: ['8', '9', 'a', 'b'] }, hex(3), '-', hex(12)] },
    { unique: 122 },
  ),
  'location.latitude': form(degrees(90), { produces: 'number' }),
  'location.longitude': form(degrees(180), { produces: 'number' }),
  'date.birthdate': form({ seq: [range(1940, 2005), '-', { of: daysOfYear() }] }, { produces: 'date' }),
};

/** What follows the check digits, by country (IBAN registry, ISO 13616). */
const ibans: Readonly<Record<string, Node>> = {
  AT: digits(16),
  BE: digits(12),
  CH: digits(17),
  DE: digits(18),
  DK: digits(14),
  ES: digits(20),
  FI: digits(14),
  FR: digits(23),
  GB: { seq: [{ chars: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', count: 4 }, digits(14)] },
  HU: digits(24),
  IT: { seq: [{ chars: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', count: 1 }, digits(22)] },
  NL: { seq: [{ chars: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', count: 4 }, digits(10)] },
  NO: digits(11),
  PL: digits(24),
  PT: digits(21),
  SE: digits(20),
};

function degrees(limit: number): Node {
  return { seq: [{ of: ['', '-'] }, range(0, limit - 1), '.', digits(4)] };
}

/** Months and days of a year that is no leap year. */
function daysOfYear(): string[] {
  return Array.from({ length: 365 }, (_, day) => new Date(Date.UTC(2001, 0, 1 + day)).toISOString().slice(5, 10));
}
