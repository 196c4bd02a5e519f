import { z } from 'zod';
import { formatInstant, parseDay, parseInstant } from '../../base/time.ts';
import { defineConstraint, type TermOutcome } from '../definition.ts';
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

const plainOption = z.enum(['report-breach', 'permit-audit']);
const valuedOption = oneOf({
  'delete-by': day.optional().describe('UTC day at whose beginning the data must have been deleted.'),
  'report-breach': breach,
  attribute,
  'report-usage': usage,
});
const dutyOption = z.union([plainOption, valuedOption]).meta({ title: 'duty' });

type Duty = z.output<typeof duty>;
type DutyOption = z.output<typeof dutyOption>;

/** GDPR article 33(1): 72 hours. */
const defaultReportBreach = 'P3D';

export const duties = defineConstraint({
  name: 'duties',
  summary:
    'What the licensee must do. Only law enforces duties, but a license ends for anon when its data had to be deleted.',
  members: { duties: z.array(duty).min(1, 'must not be empty').optional().describe('What the licensee must do.') },
  options: {
    duties: z
      .array(dutyOption)
      .min(1, 'must not be empty')
      .optional()
      .describe(
        'What the licensee must do: `report-breach` (within P3D), `permit-audit`, or one of `delete-by`, `report-breach`, `attribute`, `report-usage` with its value.',
      ),
  },
  fromOptions: ({ duties }) => (duties === undefined ? {} : { duties: duties.map(dutyFrom) }),
  decide: ({ duties }, _use, situation) => (duties ?? []).map((duty) => decideDuty(duty, situation)),
  render: ({ duties }) => (duties ?? []).map((duty) => `The licensee must ${obligation(duty)}.`),
});

function decideDuty(duty: Duty, { now }: Situation): TermOutcome {
  const term = `duties.${Object.keys(duty)[0]}`;
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

function dutyFrom(option: DutyOption): Duty {
  if (option === 'report-breach') return { reportBreach: defaultReportBreach };
  if (option === 'permit-audit') return { permitAudit: true };
  const deleteBy = option['delete-by'];
  if (deleteBy !== undefined) return { deleteBy: formatInstant(parseDay(deleteBy)!) };
  if (option['report-breach'] !== undefined) return { reportBreach: option['report-breach'] };
  if (option.attribute !== undefined) return { attribute: option.attribute };
  return { reportUsage: option['report-usage'] };
}
