import type { MeasureDefinition } from './definition.ts';

/** A record loses what its label leaves open about its value, in bits; and what suppression leaves open about labels. */
export const nonUniformEntropy: MeasureDefinition = {
  name: 'non-uniform-entropy',
  summary: 'Bits that the labels leave open about the values, as they are distributed in the data.',
  source:
    'Gionis, Tassa, k-Anonymization with minimal loss of information, IEEE TKDE 21(2), 2009, definition 4.4; with suppression as ARX has it',
  bind({ fields, values, counts, records }) {
    // −Σ_leaf f(leaf) · log2(f(leaf) / f(ancestor)), with f in records.
    const open = fields.map(({ levels }, d) => {
      const leaves = new Float64Array(levels[0]!.labelOf.length);
      for (let t = 0; t < counts.length; t++) leaves[values[d]![t]!]! += counts[t]!;
      return levels.map(({ labelOf, count }) => {
        const ancestors = new Float64Array(count);
        leaves.forEach((leaf, value) => {
          ancestors[labelOf[value]!]! += leaf;
        });
        let bits = 0;
        leaves.forEach((leaf, value) => {
          if (leaf > 0) bits -= leaf * Math.log2(leaf / ancestors[labelOf[value]!]!);
        });
        return bits;
      });
    });
    const floor = (levels: readonly number[]): number => {
      let sum = 0;
      for (let d = 0; d < levels.length; d++) sum += open[d]![levels[d]!]!;
      return sum;
    };
    return {
      floor,
      bound: floor,
      score({ grouping, suppressed, suppressedRecords }) {
        let sum = floor(grouping.levels);
        if (suppressedRecords === 0) return sum;
        fields.forEach(({ levels }, d) => {
          const { labelOf, count } = levels[grouping.levels[d]!]!;
          const hidden = new Float64Array(count);
          for (const c of suppressed) hidden[labelOf[values[d]![grouping.example[c]!]!]!]! += grouping.size[c]!;
          for (const n of hidden) if (n > 0) sum -= n * Math.log2(n / suppressedRecords);
        });
        return records === 0 ? 0 : sum;
      },
    };
  },
};
