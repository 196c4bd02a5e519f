import { Failure } from '../base/diagnostic.ts';
import type { Criterion, ModelResources } from '../models/definition.ts';
import type { Policy, Privacy } from '../policy/policy.ts';
import type { Classes } from '../table/classes.ts';
import { readDecimal } from '../table/decimal.ts';
import type { Population } from '../table/population.ts';
import { withReference } from '../table/reference.ts';

/** Classes that fail a model; their records are left out. */
export interface Suppression {
  /** fails[c] is 1 when class c fails. */
  readonly fails: Uint8Array;
  readonly records: number;
}

/** The share that may be left out is of all records that are measured, also when some of them were left out before. */
export interface MeasuredRecords {
  readonly total: number;
  readonly before: number;
}

/**
 * Decide which classes are suppressed: those that fail a model, then as many of the smallest as models of the whole table ask for.
 * Leaving out whole classes changes no other class, and models compare with all records of the input, so one round is enough; but where
 * records match those of other classes, more rounds follow until all that stay satisfy the models without those that do not.
 * Throws a Failure of code MODEL when the policy does not allow it.
 */
export function decideSuppression(
  policy: Policy,
  privacy: Privacy,
  population: Population,
  { total, before }: MeasuredRecords,
  distinct: readonly { readonly name: string; readonly distinct: number }[],
  resources: ModelResources,
): Suppression {
  const bind = (seen: Population) => bindModels(policy, privacy, seen, resources);
  const failed = privacy.models.map(() => ({ classes: 0, records: 0 }));
  const { fails, criteria } = violating(bind, population, total, (m, c) => {
    failed[m]!.classes++;
    failed[m]!.records += population.records(c);
  });
  let records = 0;
  for (let c = 0; c < population.count; c++) if (fails[c] === 1) records += population.records(c);
  const kept = Array.from(fails.keys()).filter((c) => fails[c] === 0);
  const { left, violated } = smallestTooMany(kept, population, criteria);
  for (const c of left) {
    fails[c] = 1;
    records += population.records(c);
  }
  if (records === 0) return { fails, records };
  const shares = criteria.flatMap(({ definition }, m) => {
    const { classes, records: share } = failed[m]!;
    return classes === 0
      ? []
      : [
          `${definition.name} in ${counted(classes, 'class', 'classes')}${share === records ? '' : ` (${counted(share, 'record')})`}`,
        ];
  });
  const fewest = recordsOf(left, population);
  const violation = [
    ...(shares.length === 0 ? [] : [`${counted(records - fewest, 'record')} of ${total} violate ${shares.join(', ')}`]),
    ...violated.map((name) => `${name} does not hold without leaving out ${counted(fewest, 'record')} of ${total}`),
  ].join('; ');
  const allowed = allowedSuppression(privacy, total);
  if (privacy.onViolation === 'fail') {
    throw modelFailure(
      policy,
      'on-violation',
      violation,
      `${advice(distinct)}; or set \`on-violation: drop\` to leave them out`,
    );
  }
  if (before + records > allowed) {
    const hint = `${advice(distinct)}; or allow more suppression: \`max-suppression\` is ${privacy.maxSuppression} (${counted(allowed, 'record')})`;
    const earlier = before === 0 ? '' : `, beside ${before} that were left out before others that refer to them`;
    throw modelFailure(policy, 'max-suppression', `${violation}${earlier}`, hint);
  }
  if (records === recordsOf(Array.from(fails.keys()), population))
    throw modelFailure(policy, 'models', `${violation}: nothing would be left`, advice(distinct));
  return { fails, records };
}

/** Records that may be suppressed of `total`. */
export function allowedSuppression({ onViolation, maxSuppression }: Privacy, total: number): number {
  return onViolation === 'fail' ? 0 : floorOf(maxSuppression, total);
}

/** What the models measure over the classes that are written; `source` are those of the input, which they compare with. */
export function measureModels(
  policy: Policy,
  privacy: Privacy,
  written: Population,
  source: Classes,
  resources: ModelResources,
): readonly Measured[] {
  const all = Array.from({ length: written.count }, (_, c) => c);
  const compared = withReference(written, source);
  return bindModels(policy, privacy, compared, resources).map(({ definition, options, criterion }) => ({
    name: definition.name,
    required: { ...definition.required(options), ...(privacy.nulls === 'wildcard' ? { nulls: privacy.nulls } : {}) },
    measured: criterion.measure(all),
    holds: all.every((c) => criterion.satisfied(c)) && criterion.holds?.(all) !== false,
  }));
}

export interface Measured {
  readonly name: string;
  readonly required: Record<string, number | string>;
  readonly measured: Record<string, number>;
  readonly holds: boolean;
}

export type BoundModel = Privacy['models'][number] & { readonly criterion: Criterion };

/** What a model finds wrong with the data is said at its place in the policy. */
export function bindModels(
  policy: Policy,
  privacy: Privacy,
  classes: Classes,
  resources: ModelResources,
): BoundModel[] {
  return privacy.models.map((model, m) => {
    const { definition, options } = model;
    try {
      return { ...model, criterion: definition.bind(options, classes, resources) };
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      throw new Failure(
        error.diagnostics.map((diagnostic) => {
          const { code, message, hint, place } = diagnostic;
          if (place?.file !== undefined) return diagnostic;
          return policy.problem(code, ['privacy', 'models', m, definition.name], message, hint);
        }),
      );
    }
  });
}

/**
 * Classes that are left out: those that fail a model, then the smallest that models of the whole table ask to leave out. Once they have more
 * than `allowed` records, there may be more.
 */
export function failingClasses(
  bind: (seen: Population) => readonly BoundModel[],
  population: Population,
  allowed: number,
): number[] {
  const { fails, criteria } = violating(bind, population, allowed);
  const kept: number[] = [];
  const failing: number[] = [];
  for (let c = 0; c < population.count; c++) (fails[c] === 1 ? failing : kept).push(c);
  return [...failing, ...smallestTooMany(kept, population, criteria).left];
}

interface Violating {
  readonly fails: Uint8Array;
  /** The models over the classes that do not. */
  readonly criteria: readonly BoundModel[];
}

/**
 * Classes that fail a model, and then those that fail without them, as far as `allowed` records: the largest set of classes in which each
 * satisfies all models stays, since what is left out only takes away from others. `found` is told of each model m that class c fails.
 */
function violating(
  bind: (seen: Population) => readonly BoundModel[],
  population: Population,
  allowed: number,
  found?: (m: number, c: number) => void,
): Violating {
  const fails = new Uint8Array(population.count);
  let criteria = bind(population);
  let records = 0;
  for (;;) {
    let more = 0;
    for (let c = 0; c < population.count; c++) {
      if (fails[c] === 1) continue;
      for (let m = 0; m < criteria.length; m++) {
        if (criteria[m]!.criterion.satisfied(c)) continue;
        found?.(m, c);
        fails[c] = more = 1;
        if (found === undefined) break;
      }
      if (fails[c] === 1) records += population.records(c);
    }
    if (more === 0 || population.without === undefined || records > allowed) return { fails, criteria };
    criteria = bind(population.without(fails));
  }
}

/** The fewest of the smallest classes without which every model of the whole table holds, and the models that ask for it. */
function smallestTooMany(
  kept: readonly number[],
  population: Population,
  criteria: readonly BoundModel[],
): { readonly left: readonly number[]; readonly violated: readonly string[] } {
  const violated = criteria.filter(({ criterion }) => criterion.holds?.(kept) === false);
  if (violated.length === 0) return { left: [], violated: [] };
  const ascending = [...kept].sort((a, b) => population.size(a) - population.size(b) || a - b);
  // Once they hold they hold without further small classes, too: the first such place is found by halving.
  let low = 1;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const rest = ascending.slice(middle);
    if (criteria.every(({ criterion }) => criterion.holds?.(rest) !== false)) high = middle;
    else low = middle + 1;
  }
  return { left: ascending.slice(0, low), violated: violated.map(({ definition }) => definition.name) };
}

function recordsOf(classes: readonly number[], population: Population): number {
  return classes.reduce((records, c) => records + population.records(c), 0);
}

/** Which fields to generalize: those with the most distinct values make the most classes. */
function advice(distinct: readonly { readonly name: string; readonly distinct: number }[]): string {
  const most = [...distinct].sort((a, b) => b.distinct - a.distinct).slice(0, 4);
  return `generalize further; distinct values now: ${most.map(({ name, distinct }) => `\`${name}\` ${distinct}`).join(', ')}`;
}

/** floor(share × total) in decimals: 0.29 of 100 is 29, which it is not in binary. */
function floorOf(share: number, total: number): number {
  const { digits, exponent } = readDecimal(String(share))!;
  return Number((BigInt(digits || '0') * BigInt(total)) / 10n ** BigInt(-exponent));
}

function modelFailure(policy: Policy, option: string, message: string, hint: string): Failure {
  return new Failure([policy.problem('MODEL', ['privacy', option], message, hint)]);
}

function counted(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}
