import { z } from 'zod';
import type { Distribution } from '../table/classes.ts';
import { defineModel, type ModelResources } from './definition.ts';
import { type Distance, equalDistance } from './equal-distance.ts';
import { atMost, highest, stated } from './figures.ts';
import { hierarchicalDistance } from './hierarchical-distance.ts';
import { orderedDistance } from './ordered-distance.ts';
import { orderOf } from './value-order.ts';
import { treeOf } from './value-tree.ts';

const schema = z.strictObject({
  t: z.number().min(0).lt(1).describe('Largest distance of a class from all records: 0 is none, 1 the farthest.'),
  variant: z
    .enum(['equal', 'ordered', 'hierarchical'])
    .default('equal')
    .describe(
      'How far two values are apart: all alike; by their places in an order; or by how high in a hierarchy they meet.',
    ),
  order: z
    .array(z.union([z.string(), z.number(), z.null()]))
    .min(2)
    .optional()
    .describe(
      'With `variant: ordered`: the values from first to last. Default: numbers by value, other values by code point, no value first.',
    ),
  hierarchy: z
    .string()
    .min(1)
    .optional()
    .describe('With `variant: hierarchical`: a hierarchy of the policy that knows the values, by its name.'),
  sensitive: z.string().min(1).describe('The sensitive field.'),
});
type Options = z.output<typeof schema>;

export const tCloseness = defineModel({
  name: 't-closeness',
  summary: 'In every class a sensitive field is distributed much as in all records, before any are suppressed.',
  source: 'Li, Li, Venkatasubramanian, t-Closeness: privacy beyond k-anonymity and l-diversity, ICDE 2007, §3 and §4',
  options: schema,
  check: ({ variant, order, hierarchy }) => [
    ...(order !== undefined && variant !== 'ordered'
      ? [{ path: ['order'], message: '`order` is for `variant: ordered`', hint: 'leave it out' }]
      : []),
    ...(order !== undefined && new Set(order.map(String)).size < order.length
      ? [{ path: ['order'], message: '`order` names a value twice', hint: 'name each once' }]
      : []),
    ...(hierarchy !== undefined && variant !== 'hierarchical'
      ? [{ path: ['hierarchy'], message: '`hierarchy` is for `variant: hierarchical`', hint: 'leave it out' }]
      : []),
    ...(hierarchy === undefined && variant === 'hierarchical'
      ? [{ path: ['variant'], message: '`variant: hierarchical` needs `hierarchy`', hint: 'name one of `hierarchies`' }]
      : []),
  ],
  sensitive: ({ sensitive }) => [{ field: sensitive, path: ['sensitive'] }],
  hierarchies: ({ hierarchy }) => (hierarchy === undefined ? [] : [{ name: hierarchy, path: ['hierarchy'] }]),
  required: ({ t, variant, sensitive, hierarchy, order }) => ({
    t,
    variant,
    sensitive,
    ...(hierarchy === undefined ? {} : { hierarchy }),
    ...(order === undefined ? {} : { order: JSON.stringify(order) }),
  }),
  // A single record may be as near as t allows: with t of 1 − 1/N any is.
  least: () => 1,
  // The distance of a joined class lies between those of its parts.
  monotone: () => false,
  bind(options, classes, resources) {
    const { t, sensitive } = options;
    const distance = distances[options.variant](classes.distribution(sensitive), options, resources);
    const of = (c: number): number => distance(classes.histogram(sensitive, c), classes.records(c));
    return { satisfied: (c) => atMost(of(c), t), measure: (kept) => ({ t: stated(highest(kept, of)) }) };
  },
});

type Bind = (all: Distribution, options: Options, resources: ModelResources) => Distance;

const distances: Record<Options['variant'], Bind> = {
  equal: equalDistance,
  ordered: (all, { order }) => orderedDistance(all, orderOf(all, order)),
  hierarchical: (all, { hierarchy = '' }, resources) =>
    hierarchicalDistance(all, treeOf(all, resources.hierarchy(hierarchy), hierarchy)),
};
