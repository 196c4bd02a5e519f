import { z } from 'zod';
import { dayNumber, firstDay, lastDay, packedDate } from '../base/calendar.ts';
import { fail } from '../base/diagnostic.ts';
import { Kind } from '../table/column.ts';
import { type DateFormat, dateFormats, dayAt, layoutOf, putDay } from '../table/dates.ts';
import {
  type DomainPrf,
  defineTransform,
  type FieldType,
  INVALID,
  Numeral,
  type OptionProblem,
  type Peer,
  type Resources,
} from './definition.ts';

const schema = z.strictObject({
  domain: z.string().min(1).describe('Domain whose key decides by how many days each subject is shifted.'),
  per: z
    .string()
    .min(1)
    .describe('Field whose value names the subject: all dates of a subject move by the same number of days.'),
  days: z
    .int()
    .min(1)
    .max(36_525)
    .describe('The most days that a date is moved by; each number of days from 1 up is equally likely.'),
  direction: z
    .enum(['both', 'past', 'future'])
    .default('both')
    .describe('Whether dates move to the `past`, to the `future`, or either way by subject.'),
  format: z
    .enum(dateFormats)
    .default('YYYY-MM-DD')
    .describe('How the date is written; a time of day and zone may follow it and stay as they are.'),
});
type Options = z.output<typeof schema>;

/**
 * Shifting by a number of days per patient, as in Hripcsak et al., "Preserving temporal relations in clinical data while maintaining
 * privacy", JAMIA 23(6), 2016. The number is that of a pseudorandom function of the subject, so that it is the same in every field, file
 * and release of a domain. It is never 0: no subject keeps its true dates.
 */
export const dateShift = defineTransform({
  name: 'date-shift',
  summary:
    'Move dates by a secret number of days per subject: intervals between the dates of a subject stay as they are.',
  options: schema,
  examples: [
    {
      options: { domain: 'patient', per: 'patient_id', days: 180 },
      input: '2024-02-29',
      peers: { patient_id: '17' },
      note: 'a date 1 to 180 days before or after it',
    },
    {
      options: { domain: 'patient', per: 'patient_id', days: 180 },
      type: 'datetime',
      input: '2024-02-29T23:59:59.5+02:00',
      peers: { patient_id: '17' },
      note: 'time of day and zone stay as they are',
    },
    {
      options: { domain: 'patient', per: 'patient_id', days: 30, direction: 'past', format: 'DD.MM.YYYY' },
      input: '29.02.2024',
      peers: { patient_id: '17' },
    },
  ],
  // Order, and what is told apart, are those of the dates of one subject.
  traits: {
    kinds: ['date'],
    reversible: 'key',
    keeps: { format: 'yes', order: 'partly', uniqueness: 'partly', distribution: 'partly' },
  },
  references: ({ domain, per }) => [
    { section: 'domains', name: domain, path: ['domain'] },
    { section: 'fields', name: per, path: ['per'] },
  ],
  check: ({ format }, type) => typeProblems(format, type),
  produces: (_, type) => type ?? 'string',
  bind(options, resources) {
    const { prf, subject } = subjectOf(options, resources);
    const shifted = textShifter(options.format);
    const shift = shiftOf(options);
    return ({ text, kind, ordinal }) => {
      const name = subject.textAt(ordinal);
      const normalized = name === null ? '' : prf.normalize(name);
      if (normalized === '') return INVALID;
      const result = shifted(text, shift(prf.digest(normalized), 0), earliest(kind));
      return result !== null && kind === Kind.number ? new Numeral(result) : (result ?? INVALID);
    };
  },
  bindBytes(options, resources) {
    const { prf, subject } = subjectOf(options, resources);
    const layout = layoutOf(options.format);
    const shift = shiftOf(options);
    let digests = Buffer.alloc(0);
    return (input, output) => {
      const subjects = subject.column;
      if (digests.length < subjects.count * digestBytes)
        digests = Buffer.allocUnsafeSlow(subjects.count * 2 * digestBytes);
      prf.digestColumn(subjects, digests);
      for (let i = 0; i < input.count; i++) {
        const from = input.start[i]!;
        const to = input.end[i]!;
        const day = dayAt(input.bytes, from, to, layout);
        const at = subject.at(input.base + input.index[i]!);
        if (day < 0 || at < 0 || isEmpty(prf, subject, at)) {
          output.invalid();
          continue;
        }
        const kind = input.kind[i] === Kind.number ? Kind.number : Kind.text;
        const moved = day + shift(digests, at * digestBytes);
        if (moved < earliest(kind) || moved > lastDay) {
          output.invalid();
          continue;
        }
        output.copy(kind, input.bytes, from, to);
        putDay(output.bytes, output.start[output.count - 1]!, layout, moved);
      }
    };
  },
});

const digestBytes = 32;

/** The first day that can be written: no JSON number begins with a zero, as the year 999 does. */
function earliest(kind: Kind): number {
  return kind === Kind.number ? firstOfFourDigits : firstDay;
}

const firstOfFourDigits = dayNumber(1000, 1, 1);

function subjectOf({ domain, per }: Options, resources: Resources): { prf: DomainPrf; subject: Peer } {
  if (per === resources.field) {
    throw fail('POLICY-MEANING', '`per` names the field itself', {
      hint: 'name the field that tells whose date it is, such as `per: patient_id`',
    });
  }
  return { prf: resources.prf('date-shift', domain), subject: resources.peer(per) };
}

/** A subject without a name: its records would be shifted like those of all others without one. */
function isEmpty(prf: DomainPrf, { column }: Peer, at: number): boolean {
  const from = column.start[at]!;
  const first = column.bytes[from]!;
  // No normalization removes a letter or digit, so that few values are looked at as text.
  if (column.end[at]! > from && first > 0x20 && first < 0x7f) return false;
  return prf.normalize(column.bytes.toString('utf8', from, column.end[at]!)) === '';
}

/**
 * The number of days that 6 bytes of a digest stand for. Of 2^48 numbers modulo at most 73050 none is more likely than another by more
 * than 73050 / 2^48, 3 in 10^10.
 */
function shiftOf({ days, direction }: Options): (digest: Buffer, at: number) => number {
  const choices = direction === 'both' ? 2 * days : days;
  return (digest, at) => {
    const high = (digest[at]! << 16) | (digest[at + 1]! << 8) | digest[at + 2]!;
    const low = (digest[at + 3]! << 16) | (digest[at + 4]! << 8) | digest[at + 5]!;
    const choice = (high * 2 ** 24 + low) % choices;
    const distance = choice < days ? choice + 1 : days - choice - 1;
    return direction === 'past' ? -distance : distance;
  };
}

/** `dayAt` and `putDay` on text; null for what is no date, before the shift or after. */
function textShifter(format: DateFormat): (text: string, days: number, earliest: number) => string | null {
  const places = layoutOf(format);
  const date = format.replaceAll('.', '\\.').replace(/[YMD]/g, '\\d');
  const pattern = new RegExp(`^${date}${timeOfDay}$`);
  return (text, days, earliest) => {
    if (!pattern.test(text)) return null;
    const part = (at: number, size: number) => Number(text.slice(at, at + size));
    const number = dayNumber(part(places.year, 4), part(places.month, 2), part(places.day, 2));
    const moved = number + days;
    if (number < 0 || moved < earliest || moved > lastDay) return null;
    const packed = packedDate(moved);
    const two = (part: number) => String(part).padStart(2, '0');
    const written = format
      .replace('YYYY', String(packed >> 9).padStart(4, '0'))
      .replace('MM', two((packed >> 5) & 15))
      .replace('DD', two(packed & 31));
    return written + text.slice(places.size);
  };
}

/** RFC 3339 §5.6; seconds and zone may be missing, and of a zone the minutes or their colon. */
const timeOfDay =
  '(?:[Tt ](?:[01]\\d|2[0-3]):[0-5]\\d(?::(?:[0-5]\\d|60)(?:[.,]\\d+)?)?(?:[Zz]|[+-](?:[01]\\d|2[0-3])(?::?[0-5]\\d)?)?)?';

function typeProblems(format: DateFormat, type: FieldType | undefined): OptionProblem[] {
  if (type === undefined || type === 'string') return [];
  if (type === 'date' || type === 'datetime') {
    if (format === 'YYYY-MM-DD') return [];
    return [
      {
        path: ['format'],
        message: `values of type ${type} are written YYYY-MM-DD`,
        hint: 'leave out either the type or `format`',
      },
    ];
  }
  if (type === 'integer' && format === 'YYYYMMDD') return [];
  return [{ path: [], message: `dates are shifted, and the field is of type ${type}` }];
}
