import { z } from 'zod';
import { defineHierarchy, type Hierarchy, inlineForm, root } from './definition.ts';
import { merges } from './interval.ts';
import { buildListed } from './listed.ts';

/** Between the first and the last label of groups that were merged. */
const span = '..';

const group = z.strictObject({
  label: z
    .string()
    .min(1)
    .refine((label) => label !== root && !label.includes(span), `must not be \`${root}\` nor hold \`${span}\``)
    .describe('What takes the place of the values.'),
  values: z.array(z.string()).min(1).describe('The values of the group, as texts.'),
});

const groupList = z
  .array(group)
  .min(1)
  .superRefine((list, context) => {
    const labels = new Set<string>();
    const values = new Set<string>();
    // A message never shows the value itself: its place says which one it is.
    list.forEach(({ label, values: own }, i) => {
      if (labels.has(label)) {
        context.addIssue({ code: 'custom', path: [i, 'label'], message: 'must differ from the labels before it' });
      }
      labels.add(label);
      own.forEach((value, j) => {
        if (values.has(value)) {
          context.addIssue({ code: 'custom', path: [i, 'values', j], message: 'must not stand in the groups twice' });
        }
        values.add(value);
      });
    });
  })
  .describe('Groups in their order, each with its label and its values: `[{ label: low, values: [a, b] }]`.');

/**
 * Values in groups that are listed. The order of the groups says which are neighbours: merged ones are named after the first and the last
 * (`low..high`). A value of no group is unknown.
 */
export const groups = defineHierarchy({
  name: 'groups',
  summary: 'Listed values by the group they belong to, then by ever more neighbouring groups.',
  options: z.strictObject({
    groups: groupList,
    // biome-ignore lint/suspicious/noThenProperty: the word of the policy language; its value is a list, never a function.
    then: merges.describe(
      'How many neighbouring groups each further level merges into one: `[2, 4]` merges by 2, then those by 4.',
    ),
  }),
  examples: [
    {
      options: {
        groups: [
          { label: 'none', values: ['Preschool'] },
          { label: 'school', values: ['9th', 'HS-grad'] },
          { label: 'higher', values: ['Bachelors', 'Doctorate'] },
        ],
        // biome-ignore lint/suspicious/noThenProperty: as above.
        then: [2],
      },
      input: 'HS-grad',
      levels: ['HS-grad', 'school', 'none..school', root],
    },
    {
      options: { groups: [{ label: 'north', values: ['SE', 'NO'] }] },
      input: 'NO',
      levels: ['NO', 'north', root],
    },
  ],
  inline: inlineForm(
    groupList,
    // biome-ignore lint/suspicious/noThenProperty: as above.
    (value) => ({ groups: value, then: [] }),
    [
      {
        value: [
          { label: 'north', values: ['SE', 'NO'] },
          { label: 'south', values: ['IT', 'ES'] },
        ],
        input: 'NO',
        output: 'north',
      },
    ],
  ),
  build: (options) => buildGroups(options.groups, options.then),
});

function buildGroups(groups: readonly z.output<typeof group>[], then: readonly number[]): Hierarchy {
  const last = groups.length - 1;
  let width = 1;
  const columns = [1, ...then].map((merged) => {
    width *= merged;
    return groups.flatMap(({ values }, i) => {
      const first = i - (i % width);
      const end = Math.min(first + width - 1, last);
      const label = first === end ? groups[first]!.label : `${groups[first]!.label}${span}${groups[end]!.label}`;
      return values.map(() => label);
    });
  });
  const values = groups.flatMap((one) => one.values);
  return buildListed(values, [...columns, values.map(() => root)]);
}
