import { Failure, fail } from '../base/diagnostic.ts';
import type { Steps } from '../base/steps.ts';
import { thousands } from '../base/thousands.ts';
import type { RunResult } from '../engine/run.ts';
import { measureModels } from '../engine/suppression.ts';
import type { ModelResources } from '../models/definition.ts';
import type { Policy } from '../policy/policy.ts';
import { holdsCodes } from './codes.ts';
import type { Compared } from './comparison.ts';
import { labelLoss } from './label-loss.ts';
import { textsOf } from './marginals.ts';
import { measurementOf } from './measurement.ts';
import type { Measurement } from './measures.ts';
import { hiddenCells, smallestCell, withoutSmallCells } from './small-cells.ts';
import { type TableLoss, tableLoss, targetOf } from './table-loss.ts';
import { utilityOf } from './utility.ts';

/** Individuals in the population that the source was taken from, or the share of them that the source holds; none: not known. */
export interface SourcePopulation {
  readonly size?: number | undefined;
  readonly fraction?: number | undefined;
}

/** Fields in a combination, at most. */
const combinations = 3;

/**
 * Everything that is measured of a file, of the source and of the output, and what the output keeps of the source. Small counts of the
 * source are null. Throws USAGE where the population is smaller than the source.
 */
export function* licensorFigures(
  { policy, hierarchy }: { readonly policy: Policy } & ModelResources,
  result: RunResult,
  compared: Compared,
  population: SourcePopulation,
): Steps<object> {
  const { source, quasi, sensitive } = compared;
  const { written, tuples, records } = result;
  const unit = policy.privacy?.unit;
  const common = { unit, quasi, sensitive, combinations };
  const people = source === null ? undefined : peopleOf(population, source.classes.individuals);
  const before =
    source &&
    (yield* measurementOf({
      ...common,
      records: { total: source.records, suppressed: 0 },
      classes: source.classes,
      tuples: source.tuples,
      models: sourceModels(policy, source, { hierarchy }),
      people,
    }));
  yield;
  const after =
    written === undefined || tuples === undefined || quasi.length === 0
      ? null
      : yield* measurementOf({
          ...common,
          records: { total: records.written, suppressed: records.suppressed },
          classes: written,
          tuples,
          models: result.models,
          // A sample was drawn from the source.
          people: people ?? (records.sampled === undefined ? undefined : source?.classes.individuals),
        });
  yield;
  const loss = lossOf(hierarchy, result, compared);
  yield;
  const utility = yield* comparisonOf(hierarchy, result, compared);
  yield;
  return { smallestCell, source: before && withoutSmallCells(before), release: after, loss, utility };
}

/** What models measure of the source itself; none where it holds values that they cannot compare. */
function sourceModels(
  policy: Policy,
  { classes }: NonNullable<Compared['source']>,
  resources: ModelResources,
): Measurement['models'] {
  const { privacy } = policy;
  if (privacy === undefined) return [];
  try {
    return measureModels(policy, privacy, classes, classes, resources);
  } catch (error) {
    // The models were bound to what is written: a tree of values may not know what was generalized to it.
    if (error instanceof Failure) return [];
    throw error;
  }
}

function lossOf(
  hierarchy: ModelResources['hierarchy'],
  { fields, generalization, records }: RunResult,
  { fields: names, before, after }: Compared,
): TableLoss | null {
  return tableLoss(
    fields.flatMap(({ field: { name, rule } }) => {
      const f = names.indexOf(name);
      const target = f < 0 ? undefined : targetOf(rule, hierarchy);
      if (target === undefined) return [];
      const level = target.level ?? generalization?.fields.find((chosen) => chosen.name === name)?.level;
      const [domain, labels] = [before.counts(f), after.counts(f)];
      if (labels === null) return [{ field: name, role: rule.role, loss: null }];
      const loss = labelLoss(
        target.hierarchy,
        level,
        { values: domain === null ? undefined : () => textsOf(domain), nullWays: domain?.nullWays ?? 0 },
        {
          counts: labels.counts.map((count, n) => [labels.text(n), count] as const),
          nulls: labels.nulls,
          suppressed: records.suppressed,
        },
      );
      return [{ field: name, role: rule.role, loss }];
    }),
  );
}

function* comparisonOf(
  hierarchy: ModelResources['hierarchy'],
  result: RunResult,
  { fields, before, after, cells }: Compared,
): Steps<object> {
  const rules = new Map(result.fields.map(({ field: { name, rule } }) => [name, rule]));
  const utility = yield* utilityOf(fields, before, after, (f) =>
    holdsCodes(rules.get(fields[f]!)!, hierarchy, before.counts(f)),
  );
  return {
    fields: utility.fields,
    correlations: utility.correlations,
    cells: [...cells].map(([field, counts]) => ({
      field: field === '' ? '(not named in the policy)' : field,
      ...hiddenCells(counts),
    })),
  };
}

function peopleOf({ size, fraction }: SourcePopulation, individuals: number): number | undefined {
  if (size !== undefined && size < individuals) {
    throw fail('USAGE', 'the population is smaller than the data', {
      hint: `the source holds ${thousands(individuals)} individuals`,
    });
  }
  return size ?? (fraction === undefined ? undefined : individuals / fraction);
}
