import type { MeasureDefinition } from './definition.ts';

export const averageClassSize: MeasureDefinition = {
  name: 'average-class-size',
  summary: 'Records for each class; all that is suppressed counts as one class.',
  source: 'LeFevre, DeWitt, Ramakrishnan, Mondrian multidimensional k-anonymity, ICDE 2006, §2.2 (C_AVG)',
  ofClasses: true,
  bind({ fields, records }) {
    /** No more classes than there are combinations of labels. */
    const floor = (levels: readonly number[]): number => {
      let most = 1;
      for (let d = 0; d < levels.length; d++) most *= fields[d]!.levels[levels[d]!]!.count;
      return records / Math.min(records, most);
    };
    return {
      floor,
      score: ({ grouping, suppressed }) =>
        records / (grouping.count - suppressed.length + (suppressed.length > 0 ? 1 : 0)),
    };
  },
};

export const discernibility: MeasureDefinition = {
  name: 'discernibility',
  summary: 'For each record, the records that it cannot be told from: its class, or all records when it is suppressed.',
  source: 'Bayardo, Agrawal, Data privacy through optimal k-anonymization, ICDE 2005, §3 (C_DM)',
  ofClasses: true,
  bind({ fields, values, counts, records }) {
    /** Classes over one field hold those over all. */
    const alone = fields.map(({ levels }, d) =>
      levels.map(({ labelOf, count }) => {
        const sizes = new Float64Array(count);
        for (let t = 0; t < counts.length; t++) sizes[labelOf[values[d]![t]!]!]! += counts[t]!;
        return { sizes, used: sizes.reduce((n, size) => n + (size > 0 ? 1 : 0), 0) };
      }),
    );
    /** Σ c² over at most so many classes is least when they are equal. */
    const floor = (levels: readonly number[]): number => {
      let most = 1;
      for (let d = 0; d < levels.length; d++) most *= alone[d]![levels[d]!]!.used;
      return records ** 2 / Math.min(records, most);
    };
    return {
      floor,
      bound: (levels, { records: hidden }) =>
        Math.max(floor(levels), hidden * records + (records - hidden) ** 2 / Math.min(records, floorClasses(levels))),
      score({ grouping, suppressed, suppressedRecords }) {
        let sum = suppressedRecords * records;
        for (let c = 0; c < grouping.count; c++) sum += grouping.size[c]! ** 2;
        for (const c of suppressed) sum -= grouping.size[c]! ** 2;
        return sum;
      },
    };

    function floorClasses(levels: readonly number[]): number {
      let most = 1;
      for (let d = 0; d < levels.length; d++) most *= alone[d]![levels[d]!]!.used;
      return most;
    }
  },
};
