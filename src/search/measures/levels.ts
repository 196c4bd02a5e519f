import { type SearchTable, totalWeight } from '../space.ts';
import type { MeasureDefinition } from './definition.ts';

export const precision: MeasureDefinition = {
  name: 'precision',
  summary: 'How far up its hierarchy each field goes, from 0 to 1; a suppressed record goes all the way.',
  source:
    'Sweeney, Achieving k-anonymity privacy protection using generalization and suppression, IJUFKS 10(5), 2002, §4 (1 − Prec)',
  bind(table) {
    const { fields, records } = table;
    const steps = shares(table);
    const total = totalWeight(table);
    const score = (levels: readonly number[], suppressed: number): number => {
      let sum = 0;
      for (let d = 0; d < levels.length; d++) {
        const { weight } = fields[d]!;
        sum += (weight * ((records - suppressed) * steps[d]![levels[d]!]! + suppressed)) / records;
      }
      return sum / total;
    };
    return {
      floor: (levels) => score(levels, 0),
      bound: (levels, least) => score(levels, least.records),
      score: ({ grouping, suppressedRecords }) => score(grouping.levels, suppressedRecords),
    };
  },
  bindLocal(table) {
    const { fields, records } = table;
    const total = totalWeight(table);
    return {
      costs: shares(table).map((steps, d) =>
        steps.map((step) => new Float64Array(fields[d]!.levels[0]!.labelOf.length).fill(step)),
      ),
      score: (sums, suppressed) =>
        sums.reduce((all, sum, d) => all + (fields[d]!.weight * (sum + suppressed)) / records, 0) / total,
    };
  },
};

export const height: MeasureDefinition = {
  name: 'height',
  summary: 'Sum of the levels, whatever they are called.',
  source: 'Samarati, Protecting respondents’ identities in microdata release, IEEE TKDE 13(6), 2001, §4',
  bind() {
    const sum = (levels: readonly number[]): number => levels.reduce((a, b) => a + b, 0);
    return { floor: sum, score: ({ grouping }) => sum(grouping.levels) };
  },
};

/** level / height; a field of height 0 is never generalized. */
function shares({ fields }: SearchTable): number[][] {
  return fields.map(({ levels }) => levels.map((_, level) => (levels.length === 1 ? 0 : level / (levels.length - 1))));
}
