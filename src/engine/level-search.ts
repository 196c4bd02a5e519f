import { Failure } from '../base/diagnostic.ts';
import type { Steps } from '../base/steps.ts';
import { thousands } from '../base/thousands.ts';
import type { Plan } from '../policy/plan.ts';
import type { Policy, Privacy } from '../policy/policy.ts';
import { createGrouper } from '../search/grouping.ts';
import { findOptimal } from '../search/optimal.ts';
import { type ChosenLevels, type SearchInput, searchTable } from './generalization.ts';
import { judgeRecords, judgeUnits } from './judges.ts';
import { levelView, valuesAt } from './level-view.ts';
import { recodeByClass } from './local-recoding.ts';
import { allowedSuppression } from './suppression.ts';

/** Is there a field whose level is left to a search? */
export function searchesLevels(plan: Plan): boolean {
  return plan.fields.some(({ search }) => search !== undefined);
}

/**
 * Choose the levels with the least information loss at which the models hold, and set them. Throws a Failure of code MODEL when there
 * are none.
 */
export function chooseLevels(input: SearchInput): Steps<ChosenLevels> {
  return input.privacy.search.recoding === 'local' ? recodeByClass(input) : chooseForAll(input);
}

function* chooseForAll(input: SearchInput): Steps<ChosenLevels> {
  const { policy, privacy, plan, slots, census, numbers, records } = input;
  const table = yield* searchTable(input);
  const { measure, budget } = privacy.search;
  yield;
  const view = levelView(input, table);
  // To leave nothing is no release, whatever it loses.
  const allowed = Math.min(allowedSuppression(privacy, records), Math.max(0, records - 1));
  yield;
  const bound = measure.bind(table);
  yield;
  const judge = slots.unit === undefined ? judgeRecords(input, table, view, allowed) : judgeUnits(input, table, view);
  yield;
  const result = yield* findOptimal({ table, measure: bound, judge, allowed, budget });
  if (result === undefined) {
    const fixed = slots.quasi.map((slot) => plan.fields[slot]!).filter(({ search }) => search === undefined);
    throw noneHolds(policy, privacy, { allowed, records, fixed: fixed.map(({ name }) => name) });
  }
  const fields = slots.quasi.flatMap((slot, d) => {
    const { name, search } = plan.fields[slot]!;
    if (search === undefined) return [];
    search.level = result.levels[d]!;
    return [{ name, level: search.level, height: search.hierarchy.height }];
  });
  yield;
  const grouper = createGrouper(table);
  const grouping = grouper.group(result.levels, grouper.base);
  const classOf = grouper.classOf(result.levels).slice(0, table.counts.length);
  const classes = census.joined(classOf, grouping.count);
  yield;
  const { score, proven, evaluated } = result;
  return {
    generalization: {
      recoding: 'global',
      fields,
      measure: measure.name,
      score,
      bound: result.bound,
      proven,
      evaluated,
    },
    population: input.view?.(classes, valuesAt(input, table, grouping)) ?? classes,
    numbers: { ...numbers, count: numbers.count, of: (record) => classOf[numbers.of(record)]! },
  };
}

interface NoneHolds {
  readonly allowed: number;
  readonly records: number;
  /** Quasi-identifiers that have no levels to choose from. */
  readonly fixed: readonly string[];
}

function noneHolds(policy: Policy, privacy: Privacy, { allowed, records, fixed }: NoneHolds): Failure {
  const names = privacy.models.map(({ definition }) => definition.name).join(', ');
  const message = `at no levels ${names} ${privacy.models.length === 1 ? 'holds' : 'hold'} with ${thousands(allowed)} of ${thousands(records)} records suppressed`;
  const written = fixed.map((name) => `\`${name}\``).join(', ');
  const hint =
    'allow higher levels, or more suppression (`max-suppression`), or drop a quasi-identifier: `anon measure` shows which tell most records apart' +
    (fixed.length === 0 ? '' : `; there are no levels to choose for ${written}`);
  return new Failure([policy.problem('MODEL', ['privacy', 'models'], message, hint)]);
}
