import { z } from 'zod';
import type { Distribution, Histogram } from '../table/classes.ts';
import { defineModel } from './definition.ts';
import { below, highest, stated } from './figures.ts';

export const deltaDisclosure = defineModel({
  name: 'delta-disclosure',
  summary: 'In every class each value of a sensitive field is about as frequent as in all records; none is missing.',
  source:
    'Brickell, Shmatikov, The cost of privacy: destruction of data-mining utility in anonymized data publishing, KDD 2008, δ-disclosure privacy',
  options: z.strictObject({
    delta: z.number().gt(0).describe('The logarithm of the ratio of the two frequencies stays below this, strictly.'),
    base: z.number().gt(1).default(2).describe('Base of the logarithm.'),
    sensitive: z.string().min(1).describe('The sensitive field.'),
  }),
  sensitive: ({ sensitive }) => [{ field: sensitive, path: ['sensitive'] }],
  required: ({ delta, base, sensitive }) => ({ delta, base, sensitive }),
  // How many values there are, and so must be in a class, is known from the data alone.
  least: () => 1,
  // A joined class may lie between its parts, farther away than the better one.
  monotone: () => false,
  bind({ delta, base, sensitive }, classes) {
    const all = classes.distribution(sensitive);
    const values = all.codes.filter((code) => all.counts[code]! > 0).length;
    const of = (c: number): number =>
      disclosureOf(classes.histogram(sensitive, c), classes.records(c), all, values) / Math.log(base);
    return { satisfied: (c) => below(of(c), delta), measure: (kept) => ({ delta: stated(highest(kept, of)) }) };
  },
});

/** The largest |ln(p / q)| over all values; infinite when one is missing. */
function disclosureOf({ codes, counts }: Histogram, records: number, all: Distribution, values: number): number {
  if (codes.length < values) return Number.POSITIVE_INFINITY;
  let most = 0;
  for (let i = 0; i < codes.length; i++) {
    const ratio = (counts[i]! * all.total) / (all.counts[codes[i]!]! * records);
    most = Math.max(most, Math.abs(Math.log(ratio)));
  }
  return most;
}
