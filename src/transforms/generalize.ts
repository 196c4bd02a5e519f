import { z } from 'zod';
import { fail } from '../base/diagnostic.ts';
import { byRecord } from '../hierarchies/by-record.ts';
import {
  ancestorWriter,
  type Hierarchy,
  type HierarchyDefinition,
  type InlineForm,
  type LevelChoice,
  type WriteAncestors,
} from '../hierarchies/definition.ts';
import { hierarchies } from '../hierarchies/index.ts';
import { Kind } from '../table/column.ts';
import { defineTransform, INVALID, Numeral, type OptionProblem, type Resources } from './definition.ts';
import type { Traits } from './traits.ts';

/** The hierarchies that can be written here, each under its name. */
const inline = hierarchies.all.filter(
  (definition): definition is HierarchyDefinition & { readonly inline: InlineForm<unknown> } =>
    definition.inline !== undefined,
);

const level = z.int().min(0);

const schema = z.strictObject({
  hierarchy: z.string().min(1).optional().describe('A hierarchy of the policy, by its name under `hierarchies`.'),
  level: z
    .union([level, z.tuple([level, level])])
    .optional()
    .describe(
      'With `hierarchy`: the level to generalize to, 0 for the value itself, the highest level `*`; `[1, 3]`: a search chooses one of these. Without it a search chooses any.',
    ),
  weight: z
    .number()
    .positive()
    .optional()
    .describe('Where a search chooses: what the field counts in the information loss, against 1 for the others.'),
  ...Object.fromEntries(
    inline.map(({ name, inline: { schema: value } }) => [name, value.optional().describe(value.description ?? '')]),
  ),
});
/** Beside these, the value of an inline form under its name. */
type Options = Pick<z.output<typeof schema>, 'hierarchy' | 'level' | 'weight'> & { readonly [form: string]: unknown };

const asIs: Traits = {
  kinds: ['any'],
  reversible: 'yes',
  keeps: { format: 'yes', order: 'yes', uniqueness: 'yes', distribution: 'yes' },
};
const broader: Traits = {
  kinds: ['any'],
  reversible: 'no',
  keeps: { format: 'no', order: 'partly', uniqueness: 'no', distribution: 'partly' },
};

export const generalize = defineTransform({
  name: 'generalize',
  summary: 'Replace values by broader ones: those of a level of a hierarchy, or of one that is written here.',
  options: schema as z.ZodType<Options>,
  examples: inline.flatMap(({ name, inline: { examples } }) =>
    examples.map(({ value, ...rest }) => ({ options: { [name]: value }, ...rest })),
  ),
  traits: ({ level }) => (level === 0 ? asIs : broader),
  references: ({ hierarchy: name }) =>
    name === undefined ? [] : [{ section: 'hierarchies', name, path: ['hierarchy'] }],
  check: problemsOf,
  expects: ({ hierarchy: name }) => (name === undefined ? undefined : `hierarchy \`${name}\` does not know the value`),
  leavesAsIs: ({ level }) => level === 0,
  said: ({ level, hierarchy: name, ...rest }) =>
    name === undefined ? rest : { hierarchy: name, ...levelSaid(level), ...rest },
  produces: (options, type) => (options.level === 0 ? type : 'string'),
  searches: isSearched,
  target(options, { hierarchy }) {
    const { hierarchy: name, level } = options;
    if (name !== undefined) return { hierarchy: hierarchy(name), level: typeof level === 'number' ? level : undefined };
    return inlineTarget(options, noFile);
  },
  bind(options, resources) {
    const target = targetOf(options, resources);
    const { hierarchy } = target;
    return ({ text, kind, ordinal }) => {
      // A search may choose it between two readings of the input.
      const level = target.levelOf?.(resources.record(ordinal)) ?? target.level;
      const ancestor = hierarchy.ancestor(text, level);
      if (ancestor === null) return INVALID;
      return level === 0 && kind === Kind.number ? new Numeral(text) : ancestor;
    };
  },
  bindBytes(options, resources) {
    const target = targetOf(options, resources);
    let { level } = target;
    let write = writerAt(target.hierarchy, level);
    const writeByRecord = byRecord((at) => writerAt(target.hierarchy, at));
    return (input, output) => {
      const { levelOf } = target;
      if (levelOf !== undefined) {
        writeByRecord(input, output, (i) => levelOf(resources.record(input.base + input.index[i]!)));
        return;
      }
      if (target.level !== level) {
        level = target.level;
        write = writerAt(target.hierarchy, level);
      }
      write(input, output);
    };
  },
});

function isSearched({ hierarchy, level }: Options): boolean {
  return hierarchy !== undefined && (level === undefined || Array.isArray(level));
}

function levelSaid(level: unknown): Record<string, unknown> {
  if (level === undefined) return { 'any level': true };
  return Array.isArray(level) ? { levels: level.join(' to ') } : { level };
}

function writerAt(hierarchy: Hierarchy, level: number): WriteAncestors {
  const write = ancestorWriter(hierarchy, level);
  if (level > 0) return write;
  // Level 0 is the value itself, so a number stays one.
  return (input, output) => {
    write(input, output);
    for (let i = 0; i < input.count; i++) {
      if (input.kind[i] === Kind.number && output.kind[i] === Kind.text) output.kind[i] = Kind.number;
    }
  };
}

function problemsOf(options: Options): OptionProblem[] {
  const forms = ['hierarchy', ...inline.map(({ name }) => name)];
  const given = forms.filter((form) => options[form] !== undefined);
  const hint = `give one of ${forms.map((form) => `\`${form}\``).join(', ')}`;
  if (given.length === 0) return [{ path: [], message: '`generalize` does not say to what', hint }];
  if (given.length > 1) {
    return given.slice(1).map((form) => ({ path: [form], message: `\`${form}\` beside \`${given[0]}\``, hint }));
  }
  const { hierarchy, level, weight } = options;
  const problems: OptionProblem[] = [];
  if (hierarchy === undefined && level !== undefined) {
    problems.push({
      path: ['level'],
      message: '`level` without `hierarchy`',
      hint: 'leave it out, or name a hierarchy',
    });
  }
  if (Array.isArray(level) && level[0]! > level[1]!) {
    problems.push({
      path: ['level'],
      message: 'the first level is above the second',
      hint: 'write `[lowest, highest]`',
    });
  }
  if (weight !== undefined && !isSearched(options)) {
    problems.push({ path: ['weight'], message: '`weight` where no level is searched for', hint: 'leave it out' });
  }
  return problems;
}

type Target = Pick<LevelChoice, 'hierarchy' | 'level' | 'levelOf'>;

/** What the options name; the inline forms are level 1 of a hierarchy built on the spot. */
function targetOf(options: Options, resources: Resources): Target {
  if (options.hierarchy !== undefined) return levelOf(options.hierarchy, options, resources);
  return inlineTarget(options, resources.file);
}

function inlineTarget(options: Options, file: Resources['file']): Pick<LevelChoice, 'hierarchy' | 'level'> {
  const definition = inline.find(({ name }) => options[name] !== undefined);
  if (definition === undefined) throw fail('POLICY-MEANING', '`generalize` does not say to what');
  return { hierarchy: definition.build(definition.inline.options(options[definition.name]), file), level: 1 };
}

function noFile(): never {
  throw new Error('a hierarchy that is written where it is used reads no file');
}

function levelOf(name: string, { level, weight = 1 }: Options, resources: Resources): Target {
  const hierarchy = resources.hierarchy(name);
  const [lowest, highest] = Array.isArray(level) ? level : [level ?? 0, level ?? hierarchy.height];
  if (highest > hierarchy.height) {
    throw fail('POLICY-MEANING', `level ${highest} is above the root of hierarchy \`${name}\``, {
      place: { field: resources.field },
      hint: `its levels are 0 to ${hierarchy.height}`,
    });
  }
  if (typeof level === 'number' && resources.measured !== true) return { hierarchy, level };
  const choice: LevelChoice = { hierarchy, lowest, highest, weight, level: 0 };
  resources.search(choice);
  return choice;
}
