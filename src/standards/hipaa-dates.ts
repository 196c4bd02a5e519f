import { isDropped, isGone, isKept, isNamed, stepsNamed } from '../lint/released.ts';
import type { FieldRule, Policy, Step } from '../policy/policy.ts';
import { dateShift } from '../transforms/date-shift.ts';
import { generalize } from '../transforms/generalize.ts';
import { topBottomCode } from '../transforms/top-bottom-code.ts';
import type { Line, StandardContext } from './definition.ts';
import { failOf, type Head, listed, recognizedIn, restOf } from './hipaa-identifiers.ts';

const birth = ['birth', 'birthdate', 'birthday', 'dob', 'born'];
const dates = [...birth, 'date', 'datetime', 'timestamp', 'admitted', 'discharged', 'died', 'deceased', 'death'];

/** 164.514(b)(2)(i)(C): dates but the year, and ages over 89 with the years that tell of one. */
export function dateLine(head: Head, context: StandardContext): Line {
  const { policy } = context;
  const written = policy.fields.filter((rule) => !isGone(rule));
  const dated = written.filter((rule) => isDate(rule));
  const shown = dated.filter((rule) => !onlyYears(rule));
  if (shown.length > 0) {
    const shifted = shown.every((rule) => stepsNamed(rule, dateShift).length > 0);
    return failOf(
      head,
      shown,
      shifted ? 'are shifted: they are dates with day and month still' : 'may show more than a year',
    );
  }
  const old = written.filter((rule) => isNamed(rule, ['age']) && !codesOldAges(rule, policy));
  if (old.length > 0) return failOf(head, old, 'may show an age over 89: top-code it at 90');
  const births = dated.filter((rule) => isNamed(rule, birth));
  const open = births.filter((rule) => rule.choice === undefined && stepsNamed(rule, topBottomCode).length === 0);
  if (open.length > 0)
    return failOf(head, open, 'may show a year that tells of an age over 89: put early years into one category');
  const seen = recognizedIn(context, ['date']);
  if (seen !== undefined) return { ...head, status: 'fail', ...seen };
  const why =
    dated.length === 0
      ? 'no field is a date by its type or name'
      : `${listed(dated)} ${dated.length === 1 ? 'shows' : 'show'} years alone`;
  if (births.length > 0) {
    const bound = `${why}; whether the earliest year of ${listed(births)} is the right one depends on the year of the data`;
    return { ...head, status: 'not-checkable', why: bound, path: ['fields', births[0]!.selector] };
  }
  return restOf(head, context, true, why);
}

/** By its type, or by its name where there is none that says otherwise. */
export function isDate(rule: FieldRule): boolean {
  if (rule.type === 'date' || rule.type === 'datetime') return true;
  return (rule.type === undefined || rule.type === 'string') && isNamed(rule, dates);
}

function onlyYears(rule: FieldRule): boolean {
  if (isDropped(rule)) return true;
  const ways = rule.choice === undefined ? [rule.steps] : [rule.choice.steps, rule.choice.otherwise];
  return ways.every((steps) => isGone({ ...rule, steps, choice: undefined }) || steps.some(isYear));
}

function isYear({ definition, options }: Step): boolean {
  return definition === generalize && ['year', 'decade'].includes(String((options as { date?: unknown }).date));
}

/** Are all ages over 89 in one category? */
function codesOldAges(rule: FieldRule, policy: Policy): boolean {
  if (isKept(rule)) return false;
  return rule.steps.some(({ definition, options }) => {
    const { top, intervals, hierarchy, level } = options as {
      top?: unknown;
      intervals?: unknown;
      hierarchy?: string;
      level?: unknown;
    };
    if (definition === topBottomCode) return Number(top) <= 90;
    if (definition !== generalize) return false;
    const named = hierarchy === undefined ? undefined : policy.hierarchies.get(hierarchy);
    const bounds =
      named === undefined ? intervals : level === 0 ? undefined : (named.options as { intervals?: unknown }).intervals;
    // Beyond the last bound is one interval.
    const last = Array.isArray(bounds) ? Number(bounds.at(-1)) : Number.NaN;
    return last <= 90 && !(Array.isArray(level) && level[0] === 0) && !(named !== undefined && level === undefined);
  });
}
