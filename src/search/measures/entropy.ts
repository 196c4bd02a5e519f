import type { Grouping } from '../grouping.ts';
import type { Labels } from '../space.ts';
import type { MeasureDefinition } from './definition.ts';

/** A record loses what its label leaves open about its value, in bits; and what suppression leaves open about labels. */
export const nonUniformEntropy: MeasureDefinition = {
  name: 'non-uniform-entropy',
  summary: 'Bits that the labels leave open about the values, as they are distributed in the data.',
  source:
    'Gionis, Tassa, k-Anonymization with minimal loss of information, IEEE TKDE 21(2), 2009, definition 4.4; with suppression as ARX has it',
  bind({ fields, values, counts }) {
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
      for (let d = 0; d < levels.length; d++) sum += fields[d]!.weight * open[d]![levels[d]!]!;
      return sum;
    };
    // −Σ_v s(v) · log2(s(v) / S): it grows with each s(v), and where a label is split.
    function raise(
      d: number,
      { levels, size, example }: Grouping,
      suppressed: readonly number[],
      labels: Labels,
    ): number {
      const hidden = new Float64Array(fields[d]!.levels[levels[d]!]!.count);
      let all = 0;
      for (const c of suppressed) {
        hidden[labels[example[c]!]!]! += size[c]!;
        all += size[c]!;
      }
      let bits = 0;
      for (const n of hidden) if (n > 0) bits -= n * Math.log2(n / all);
      return fields[d]!.weight * bits;
    }
    return {
      floor,
      bound: (levels, { extra }) => extra.reduce((sum, bits) => sum + bits, floor(levels)),
      score({ grouping, labels, suppressed }) {
        let sum = floor(grouping.levels);
        for (let d = 0; d < fields.length; d++) {
          sum += raise(d, grouping, suppressed, labels(d, grouping.levels[d]!));
        }
        return sum;
      },
      raise,
    };
  },
};
