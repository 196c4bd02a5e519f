import { z } from 'zod';
import type { Histogram } from '../table/classes.ts';
import { type Criterion, defineModel } from './definition.ts';
import { atMost, below, highest, lowest, stated } from './figures.ts';

const schema = z.strictObject({
  l: z.number().gt(1).describe('Fewest allowed values in a class; whole unless the variant is entropy.'),
  variant: z
    .enum(['distinct', 'entropy', 'recursive'])
    .default('distinct')
    .describe(
      'How diversity is counted: distinct values; as many as equally frequent values have this entropy; or (c, l): the most frequent value is rarer than c times all from the l-th on.',
    ),
  c: z.number().gt(0).optional().describe('With `variant: recursive`: how often the most frequent value may occur.'),
  sensitive: z.string().min(1).describe('The sensitive field.'),
});
type Options = z.output<typeof schema>;
type Variant = (options: Options, histogram: (c: number) => Histogram) => Criterion;

export const lDiversity = defineModel({
  name: 'l-diversity',
  summary: 'Every class holds at least l well-represented values of a sensitive field.',
  source:
    'Machanavajjhala, Gehrke, Kifer, Venkitasubramaniam, l-Diversity: privacy beyond k-anonymity, ICDE 2006, entropy and recursive (c, l)-diversity',
  options: schema,
  check: ({ l, variant, c }) => [
    ...(variant === 'entropy' || Number.isInteger(l)
      ? []
      : [{ path: ['l'], message: 'must be a whole number', hint: 'only `variant: entropy` takes fractions' }]),
    ...(variant === 'recursive' && c === undefined
      ? [{ path: ['variant'], message: '`variant: recursive` needs `c`', hint: 'write for example `c: 3`' }]
      : []),
    ...(variant !== 'recursive' && c !== undefined
      ? [{ path: ['c'], message: '`c` is for `variant: recursive`', hint: 'leave it out' }]
      : []),
  ],
  sensitive: ({ sensitive }) => [{ field: sensitive, path: ['sensitive'] }],
  required: ({ l, variant, c, sensitive }) => ({ l, variant, sensitive, ...(c === undefined ? {} : { c }) }),
  // Each variant implies as many distinct values, each of a record: fewer than l have less entropy than ln l.
  least: ({ l }) => Math.ceil(stated(l)),
  // A joined class has all values of both; but one value may become more frequent than the rest allows.
  monotone: ({ variant }) => variant === 'distinct',
  bind: (options, classes) => variants[options.variant](options, (c) => classes.histogram(options.sensitive, c)),
});

const distinct: Variant = ({ l }, histogram) => ({
  satisfied: (c) => histogram(c).codes.length >= l,
  measure: (kept) => ({ l: lowest(kept, (c) => histogram(c).codes.length) }),
});

/** Measured: the number of equally frequent values that have the entropy of the least diverse class. */
const entropy: Variant = ({ l }, histogram) => ({
  satisfied: (c) => atMost(l, Math.exp(entropyOf(histogram(c).counts))),
  measure: (kept) => ({ l: stated(lowest(kept, (c) => Math.exp(entropyOf(histogram(c).counts)))) }),
});

/** Measured: the ratio that c must exceed. Infinite where a class has fewer than l values. */
const recursive: Variant = ({ l, c: limit = 0 }, histogram) => ({
  satisfied: (c) => below(ratioOf(histogram(c).counts, l), limit),
  measure: (kept) => ({ l, c: stated(highest(kept, (c) => ratioOf(histogram(c).counts, l))) }),
});

const variants = { distinct, entropy, recursive };

/** −Σ p ln p with p = count / n is ln n − (Σ count · ln count) / n. */
function entropyOf(counts: Int32Array): number {
  let records = 0;
  let sum = 0;
  for (const count of counts) {
    records += count;
    sum += count * Math.log(count);
  }
  return Math.log(records) - sum / records;
}

/** r_1 / (r_l + … + r_m), the counts r in descending order. */
function ratioOf(counts: Int32Array, l: number): number {
  const descending = counts.slice().sort().reverse();
  let tail = 0;
  for (let i = l - 1; i < descending.length; i++) tail += descending[i]!;
  return tail === 0 ? Number.POSITIVE_INFINITY : descending[0]! / tail;
}
