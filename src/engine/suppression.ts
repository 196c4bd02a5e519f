import { Failure } from '../base/diagnostic.ts';
import type { Criterion } from '../models/definition.ts';
import type { Policy, Privacy } from '../policy/policy.ts';
import { readDecimal } from '../table/decimal.ts';
import type { Population } from '../table/population.ts';

/** Classes that fail a model; their records are left out. */
export interface Suppression {
  /** fails[c] is 1 when class c fails. */
  readonly fails: Uint8Array;
  readonly records: number;
}

/**
 * Decide which classes are suppressed. Leaving out whole classes changes no other class, so one round is enough.
 * Throws a Failure of code MODEL when the policy does not allow it.
 */
export function decideSuppression(
  policy: Policy,
  privacy: Privacy,
  population: Population,
  total: number,
  distinct: readonly { readonly name: string; readonly distinct: number }[],
): Suppression {
  const criteria = privacy.models.map(({ definition, options }) => ({
    definition,
    criterion: definition.bind(options, population),
  }));
  const fails = new Uint8Array(population.count);
  const failed = criteria.map(() => ({ classes: 0, records: 0 }));
  let records = 0;
  for (let c = 0; c < population.count; c++) {
    criteria.forEach(({ criterion }, m) => {
      if (criterion.satisfied(c)) return;
      failed[m]!.classes++;
      failed[m]!.records += population.records(c);
      fails[c] = 1;
    });
    if (fails[c] === 1) records += population.records(c);
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
  const violation = `${counted(records, 'record')} of ${total} violate ${shares.join(', ')}`;
  const allowed = allowedSuppression(privacy, total);
  if (privacy.onViolation === 'fail') {
    throw modelFailure(
      policy,
      'on-violation',
      violation,
      `${advice(distinct)}; or set \`on-violation: drop\` to leave them out`,
    );
  }
  if (records > allowed) {
    const hint = `${advice(distinct)}; or allow more suppression: \`max-suppression\` is ${privacy.maxSuppression} (${counted(allowed, 'record')})`;
    throw modelFailure(policy, 'max-suppression', violation, hint);
  }
  if (records === total) throw modelFailure(policy, 'models', `${violation}: nothing would be left`, advice(distinct));
  return { fails, records };
}

/** Records that may be suppressed of `total`. */
export function allowedSuppression({ onViolation, maxSuppression }: Privacy, total: number): number {
  return onViolation === 'fail' ? 0 : floorOf(maxSuppression, total);
}

/** What the models measure over the classes that are written. */
export function measureModels(privacy: Privacy, written: Population): readonly Measured[] {
  const all = Array.from({ length: written.count }, (_, c) => c);
  return privacy.models.map(({ definition, options }) => {
    const criterion: Criterion = definition.bind(options, written);
    return {
      name: definition.name,
      required: definition.required(options),
      measured: criterion.measure(all),
      holds: all.every((c) => criterion.satisfied(c)),
    };
  });
}

export interface Measured {
  readonly name: string;
  readonly required: Record<string, number | string>;
  readonly measured: Record<string, number>;
  readonly holds: boolean;
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
