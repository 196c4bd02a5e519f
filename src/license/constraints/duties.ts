import { z } from 'zod';
import { formatInstant, isNeverLonger, parseDay, parseInstant } from '../../base/time.ts';
import { defineConstraint, type TermOutcome, type Validity } from '../definition.ts';
import { pass, refuse } from '../outcome.ts';
import type { Situation } from '../use.ts';
import { day, duration, instant, oneOf, text } from '../values.ts';

const breach = duration.optional().describe('Within which time a breach must be reported to the licensor.');
const attribute = text.optional().describe('How the licensor is to be named wherever results are published.');
const usage = duration.optional().describe('How often the use of the data must be reported to the licensor.');

const duty = oneOf({
  deleteBy: instant.optional().describe('When the data must have been deleted.'),
  reportBreach: breach,
  attribute,
  permitAudit: z.literal(true).optional().describe('The licensor may audit the use of the data.'),
  reportUsage: usage,
});

const plainOption = z.enum(['report-breach', 'permit-audit', 'delete-on-expiry']);
const valuedOption = oneOf({
  'delete-by': day.optional().describe('UTC day at whose beginning the data must have been deleted.'),
  'report-breach': breach,
  attribute,
  'report-usage': usage,
});
const dutyOption = z.union([plainOption, valuedOption]).meta({ title: 'duty' });

/** Each is compared with every other where licenses narrow each other. */
const maxDuties = 50;
const tooMany = `must not list more than ${maxDuties}`;

type Duty = z.output<typeof duty>;
type DutyOption = z.output<typeof dutyOption>;

/** GDPR article 33(1): 72 hours. */
const defaultReportBreach = 'P3D';

export const duties = defineConstraint({
  name: 'duties',
  summary:
    'What the licensee must do. Only law enforces duties, but a license ends for anon when its data had to be deleted.',
  members: {
    duties: z
      .array(duty)
      .min(1, 'must not be empty')
      .max(maxDuties, tooMany)
      .optional()
      .describe('What the licensee must do.'),
  },
  options: {
    duties: z
      .array(dutyOption)
      .min(1, 'must not be empty')
      .max(maxDuties, tooMany)
      .optional()
      .describe(
        'What the licensee must do: `report-breach` (within P3D), `permit-audit`, `delete-on-expiry` (when the license ends), or one of `delete-by`, `report-breach`, `attribute`, `report-usage` with its value.',
      ),
  },
  fromOptions: ({ duties }, validity) =>
    duties === undefined ? {} : { duties: duties.map((duty) => dutyFrom(duty, validity)) },
  decide: ({ duties }, _use, situation) => (duties ?? []).map((duty) => decideDuty(duty, situation)),
  render: ({ duties }) => (duties ?? []).map((duty) => `The licensee must ${obligation(duty)}.`),
  explain: ({ duties }) =>
    (duties ?? []).map((duty) => ({
      term: termOf(duty),
      basis: 'legal',
      means: `The licensee must ${obligation(duty)}.`,
    })),
  narrow: ({ duties: a }, { duties: b }) => {
    if (a === undefined && b === undefined) return { terms: {} };
    // Those of `b` come first, and the first of equally strict ones stays.
    const all = [...(b ?? []), ...(a ?? [])];
    const strictest = all.filter((duty, i) => !all.some((other, j) => i !== j && covers(other, duty, j < i)));
    if (strictest.length > maxDuties)
      return { conflict: 'duties', detail: `together they list more than ${maxDuties}` };
    const order = (duty: Duty) => JSON.stringify([kinds.indexOf(kindOf(duty)), duty]);
    return { terms: { duties: strictest.sort((one, other) => (order(one) < order(other) ? -1 : 1)) } };
  },
});

const kinds = Object.keys(duty.shape);

function kindOf(duty: Duty): string {
  return kinds.find((kind) => duty[kind as keyof Duty] !== undefined)!;
}

function termOf(duty: Duty): string {
  return `duties.${kindOf(duty)}`;
}

/** Who fulfils `one` fulfils `other` too. `orEqual`: that they are the same obligation is enough. */
function covers(one: Duty, other: Duty, orEqual: boolean): boolean {
  if (!fulfils(one, other)) return false;
  return orEqual || !fulfils(other, one);
}

function fulfils(one: Duty, other: Duty): boolean {
  if (one.deleteBy !== undefined) return other.deleteBy !== undefined && one.deleteBy <= other.deleteBy;
  if (one.reportBreach !== undefined)
    return other.reportBreach !== undefined && isNeverLonger(one.reportBreach, other.reportBreach);
  if (one.reportUsage !== undefined)
    return other.reportUsage !== undefined && isNeverLonger(one.reportUsage, other.reportUsage);
  if (one.attribute !== undefined) return one.attribute === other.attribute;
  return other.permitAudit !== undefined;
}

function decideDuty(duty: Duty, { now }: Situation): TermOutcome {
  const term = termOf(duty);
  if (duty.deleteBy !== undefined && !(now < parseInstant(duty.deleteBy)!))
    return refuse(term, 'verified', `the data had to be deleted by ${duty.deleteBy}`, 'EXPIRED');
  return pass(term, 'legal', `the licensee must ${obligation(duty)}`);
}

function obligation(duty: Duty): string {
  if (duty.deleteBy !== undefined) return `delete the data by ${duty.deleteBy}`;
  if (duty.reportBreach !== undefined) return `report a breach to the licensor within ${duty.reportBreach}`;
  if (duty.attribute !== undefined) return `name the licensor wherever results are published, as: ${duty.attribute}`;
  if (duty.reportUsage !== undefined) return `report the use of the data to the licensor every ${duty.reportUsage}`;
  return 'let the licensor audit the use of the data';
}

function dutyFrom(option: DutyOption, { notAfter }: Validity): Duty {
  if (option === 'report-breach') return { reportBreach: defaultReportBreach };
  if (option === 'permit-audit') return { permitAudit: true };
  if (option === 'delete-on-expiry') return { deleteBy: notAfter };
  const deleteBy = option['delete-by'];
  if (deleteBy !== undefined) return { deleteBy: formatInstant(parseDay(deleteBy)!) };
  if (option['report-breach'] !== undefined) return { reportBreach: option['report-breach'] };
  if (option.attribute !== undefined) return { attribute: option.attribute };
  return { reportUsage: option['report-usage'] };
}
