import { z } from 'zod';
import { fail } from '../base/diagnostic.ts';
import { date, dateUnits } from '../hierarchies/date.ts';
import { ancestorWriter, type Hierarchy } from '../hierarchies/definition.ts';
import { intervals } from '../hierarchies/interval.ts';
import { prefix } from '../hierarchies/prefix.ts';
import { zip3 } from '../hierarchies/zip3.ts';
import { Kind } from '../table/column.ts';
import { defineTransform, INVALID, Numeral, type OptionProblem, type Resources } from './definition.ts';

const schema = z.strictObject({
  hierarchy: z.string().min(1).optional().describe('A hierarchy of the policy, by its name under `hierarchies`.'),
  level: z
    .int()
    .min(0)
    .optional()
    .describe('With `hierarchy`: the level to generalize to. 0 is the value itself, the highest level `*`.'),
  intervals: intervals.options.shape.intervals
    .optional()
    .describe(
      'Numbers by interval: bounds in increasing order, `[0, 18, 65]` for `<0`, `[0,18)`, `[18,65)` and `>=65`.',
    ),
  date: z.enum(dateUnits).optional().describe('Dates by `month`, `quarter`, `year` or `decade`.'),
  prefix: z.int().min(0).optional().describe('How many characters to keep; each further one becomes `*`.'),
  zip3: zip3.options.shape.zip3
    .optional()
    .describe('US ZIP codes by their first three digits, `000` where few live: `census-2020` says by which count.'),
});
type Options = z.output<typeof schema>;

export const generalize = defineTransform({
  name: 'generalize',
  summary: 'Replace values by broader ones: a level of a hierarchy, intervals, units of time, prefixes or ZIP3 areas.',
  options: schema,
  examples: [
    { options: { intervals: [0, 18, 65] }, input: '42', output: '[18,65)' },
    { options: { intervals: [0, 18, 65] }, input: 65, output: '>=65' },
    { options: { date: 'quarter' }, input: '2024-07-31', output: '2024-Q3' },
    { options: { prefix: 2 }, input: 'SW1A', output: 'SW**' },
    { options: { zip3: 'census-2020' }, input: '85004-1234', output: '850' },
    { options: { zip3: 'census-2020' }, input: '05901', output: '000', note: '20,000 people or fewer live in 059' },
  ],
  references: ({ hierarchy: name }) =>
    name === undefined ? [] : [{ section: 'hierarchies', name, path: ['hierarchy'] }],
  check: problemsOf,
  leavesAsIs: ({ level }) => level === 0,
  produces: (options, type) => (options.level === 0 ? type : 'string'),
  bind(options, resources) {
    const { hierarchy, level } = targetOf(options, resources);
    return ({ text, kind }) => {
      const ancestor = hierarchy.ancestor(text, level);
      if (ancestor === null) return INVALID;
      return level === 0 && kind === Kind.number ? new Numeral(text) : ancestor;
    };
  },
  bindBytes(options, resources) {
    const { hierarchy, level } = targetOf(options, resources);
    const write = ancestorWriter(hierarchy, level);
    if (level > 0) return write;
    // Level 0 is the value itself, so a number stays one.
    return (input, output) => {
      write(input, output);
      for (let i = 0; i < input.count; i++) {
        if (input.kind[i] === Kind.number && output.kind[i] === Kind.text) output.kind[i] = Kind.number;
      }
    };
  },
});

const forms = ['hierarchy', 'intervals', 'date', 'prefix', 'zip3'] as const;

function problemsOf(options: Options): OptionProblem[] {
  const given = forms.filter((form) => options[form] !== undefined);
  const hint = `give one of ${forms.map((form) => `\`${form}\``).join(', ')}`;
  if (given.length === 0) return [{ path: [], message: '`generalize` does not say to what', hint }];
  if (given.length > 1) {
    return given.slice(1).map((form) => ({ path: [form], message: `\`${form}\` beside \`${given[0]}\``, hint }));
  }
  if (options.hierarchy === undefined) {
    if (options.level === undefined) return [];
    return [{ path: ['level'], message: '`level` without `hierarchy`', hint: 'leave it out, or name a hierarchy' }];
  }
  if (options.level !== undefined) return [];
  return [{ path: [], message: '`level` is required', hint: 'name the level to generalize to, such as `level: 1`' }];
}

/** What the options name; the inline forms are level 1 of a hierarchy built on the spot. */
function targetOf(options: Options, resources: Resources): { hierarchy: Hierarchy; level: number } {
  if (options.hierarchy !== undefined) return levelOf(options.hierarchy, options.level, resources);
  return { hierarchy: inlineOf(options, resources), level: 1 };
}

function levelOf(
  name: string,
  level: number | undefined,
  resources: Resources,
): { hierarchy: Hierarchy; level: number } {
  const hierarchy = resources.hierarchy(name);
  // `check` asks for the level; should nobody have checked, nothing is shown.
  if (level === undefined) return { hierarchy, level: hierarchy.height };
  if (level <= hierarchy.height) return { hierarchy, level };
  throw fail('POLICY-MEANING', `level ${level} is above the root of hierarchy \`${name}\``, {
    place: { field: resources.field },
    hint: `its levels are 0 to ${hierarchy.height}`,
  });
}

function inlineOf(options: Options, resources: Resources): Hierarchy {
  if (options.intervals !== undefined)
    return intervals.build(intervals.options.parse({ intervals: options.intervals }), resources.file);
  if (options.date !== undefined) return date.build({ date: [options.date] }, resources.file);
  if (options.prefix !== undefined) return prefix.build({ prefix: [options.prefix] }, resources.file);
  if (options.zip3 !== undefined) return zip3.build({ zip3: options.zip3 }, resources.file);
  throw fail('POLICY-MEANING', '`generalize` does not say to what');
}
