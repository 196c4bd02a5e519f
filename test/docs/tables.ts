import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { type Schema, schemaOf } from '../../src/app/explain/options.ts';
import { written, writtenUse } from '../../src/app/explain/written.ts';
import { failures } from '../../src/base/failures.ts';
import type { CommandDefinition } from '../../src/cli/definition.ts';
import { commands } from '../../src/cli/index.ts';
import { schemas } from '../../src/cli/schemas/index.ts';
import type { Format } from '../../src/formats/batch.ts';
import { formats } from '../../src/formats/index.ts';
import type { HierarchyDefinition } from '../../src/hierarchies/definition.ts';
import { hierarchies } from '../../src/hierarchies/index.ts';
import { licenseOptionsSchema } from '../../src/license/options.ts';
import { addOnNames, templateNames } from '../../src/license/templates.ts';
import type { ModelDefinition } from '../../src/models/definition.ts';
import { models } from '../../src/models/index.ts';
import { parseTemplate } from '../../src/policy/license-file.ts';
import { measures } from '../../src/search/measures/index.ts';
import { type TransformDefinition, traitsOf } from '../../src/transforms/definition.ts';
import { transforms } from '../../src/transforms/index.ts';
import type { Reversal } from '../../src/transforms/traits.ts';

/** The tables of the documents, as Markdown, by the name in their marker. */
export const tables: Readonly<Record<string, () => string>> = {
  commands: () => table(['command', 'what it does'], commands.all.flatMap(commandRows)),
  transforms: () => table(optionHeads, transforms.all.flatMap(transformRows)),
  traits: () => table(traitHeads, transforms.all.flatMap(traitRows)),
  hierarchies: () => table(optionHeads, hierarchies.all.flatMap(hierarchyRows)),
  models: () => table(optionHeads, models.all.flatMap(modelRows)),
  measures: () =>
    table(
      ['measure', 'what it is', 'source'],
      measures.all.map(({ name, summary, source }) => [inline(name), summary, source]),
    ),
  formats: () => table(['format', 'what it is', 'file names', 'media type', 'null values'], formats.all.map(formatRow)),
  failures: () =>
    table(
      ['code', 'exit', 'meaning'],
      Object.entries(failures).map(([code, { exit, meaning }]) => [inline(code), String(exit), meaning]),
    ),
  license: () => table(optionHeads, optionRows(licenseOptionsSchema)),
  documents: () =>
    table(
      ['document', 'what it is'],
      schemas.all.map(({ name, summary }) => [inline(name), summary]),
    ),
  statement: () => table(['member', 'type', 'what it is'], statementRows(schemas.get('statement')!.schema() as Schema)),
  templates: () => table(['template', 'what it says', 'for whom'], [...templateNames, ...addOnNames].map(templateRow)),
};

/** `text` with the tables between its markers made anew. */
export function withTables(text: string): string {
  return text.replace(marked, (_, begin: string, name: string, end: string) => {
    const make = tables[name];
    if (make === undefined) throw new Error(`no table is named ${name}`);
    return `${begin}${make()}${end}`;
  });
}

/** Names of the tables that a text has room for. */
export function tableNames(text: string): string[] {
  return [...text.matchAll(marked)].map(([, , name]) => name!);
}

const marked = /(<!-- generated:([a-z]+) -->\n)[\s\S]*?(<!-- \/generated -->)/g;

/** Without padding, so that a change of one row is a change of one line. */
function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`;
  return [line(heads), `|${heads.map(() => ' --- |').join('')}\n`, ...rows.map(line)].join('');
}

function templateRow(name: string): string[] {
  const file = `policies/licenses/${name}.yaml`;
  const { summary, for: whom } = parseTemplate(readFileSync(file), file);
  return [`[${inline(name)}](licenses/${name}.yaml)`, summary, whom];
}

function commandRows({ name, summary, arguments: given, options }: CommandDefinition): string[][] {
  const words = given.map(({ name: word, optional, repeatable }) => {
    const full = repeatable ? `${word}...` : word;
    return optional ? `[${full}]` : `<${full}>`;
  });
  return [
    [`**${inline(['anon', name, ...words].join(' '))}**`, summary],
    ...given.map((argument, i) => [inline(words[i]!), argument.summary]),
    ...options.map((option) => [inline(option.flags), option.summary]),
  ];
}

const optionHeads = ['', 'type', 'default', 'what it does'];

function transformRows(definition: TransformDefinition): string[][] {
  const { name, summary, options } = definition;
  return [[`**${inline(name)}**`, '', '', `${summary} ${exampleOf(definition)}.`], ...optionRows(options)];
}

function exampleOf({ name, effect, examples }: TransformDefinition): string {
  const { options: given, input, output, note } = examples[0]!;
  const use = inline(writtenUse(name, given));
  if (effect === 'drop') return `${use}: ${inline(shown(input))} is left out`;
  if (output === undefined) return `${use} makes of ${inline(shown(input))} ${note}`;
  return `${use}: ${inline(shown(input))} becomes ${output === null ? 'no value' : inline(shown(output))}`;
}

const traitHeads = ['', 'for', 'reversible', 'deterministic', 'format', 'order', 'uniqueness', 'distribution'];

const reversals: Record<Reversal, string> = {
  no: 'no',
  guess: 'by trying values, with the key',
  key: 'with the key',
  map: 'with the list',
  yes: 'yes',
};

/** A row for the first example, and for each that differs from those before it. */
function traitRows(definition: TransformDefinition): string[][] {
  const seen = new Set<string>();
  return definition.examples.flatMap(({ options: given = {} }) => {
    const options = definition.options.parse(given);
    const { kinds, reversible, keeps } = traitsOf(definition, options);
    const random = typeof definition.random === 'function' ? definition.random(options) : definition.random;
    const traits = [
      kinds.join(', '),
      reversals[reversible],
      random ? 'no' : 'yes',
      keeps.format,
      keeps.order,
      keeps.uniqueness,
      keeps.distribution,
    ];
    if (seen.has(traits.join('|'))) return [];
    const name = seen.size === 0 ? inline(definition.name) : inline(written({ [definition.name]: given }));
    seen.add(traits.join('|'));
    return [[name, ...traits]];
  });
}

function hierarchyRows({ name, summary, options, examples }: HierarchyDefinition): string[][] {
  const { options: given, levels } = examples[0]!;
  const example = `${inline(written(given))}: ${levels.map((level) => inline(String(level))).join(', ')}`;
  return [[`**${inline(name)}**`, '', '', `${summary} ${example}.`], ...optionRows(options)];
}

function modelRows({ name, summary, source, options }: ModelDefinition): string[][] {
  return [[`**${inline(name)}**`, '', '', `${summary} Source: ${source}.`], ...optionRows(options)];
}

function formatRow({ name, summary, extensions, mediaType, nullValues }: Format): string[] {
  const nulls = nullValues.map((value) => (value === '' ? 'the empty field' : inline(value)));
  return [
    inline(name),
    summary,
    extensions.map((extension) => inline(`.${extension}`)).join(', '),
    inline(mediaType),
    nulls.length > 0 ? nulls.join(', ') : inline('null'),
  ];
}

/** A row for each option, and for each option of an option that is a map, one level deep. */
function optionRows(options: z.ZodType): string[][] {
  const schema = schemaOf(options);
  return membersOf(schema, '').flatMap(([name, option, row]) => [
    row,
    ...membersOf(option, `${name}.`).map(([, , inner]) => inner),
  ]);
}

function membersOf({ properties = {}, required = [] }: Schema, prefix: string): [string, Schema, string[]][] {
  return Object.entries(properties).map(([name, option]) => [
    name,
    option,
    [
      inline(prefix + name),
      typeOf(option),
      required.includes(name) ? 'required' : option.default === undefined ? '' : inline(written(option.default)),
      option.description ?? '',
    ],
  ]);
}

/** A row for each member, at whatever depth; `?` behind those that may be missing. What tables have of their own is shown once. */
function statementRows(schema: Schema, path = ''): string[][] {
  if (/^predicate\.tables\[\]\.(?:privacy|transforms|source)$/.test(path)) return [];
  const inner = [schema, ...(schema.anyOf ?? [])].find(({ properties, items }) => properties ?? items) ?? {};
  if (inner.items !== undefined) return statementRows(inner.items, `${path}[]`);
  const { properties = {}, required = [] } = inner;
  return Object.entries(properties).flatMap(([name, member]) => {
    const at = path === '' ? name : `${path}.${name}`;
    const shown = `${inline(at.replace(/^predicate\./, ''))}${required.includes(name) ? '' : ' ?'}`;
    return [[shown, typeOf(member), member.description ?? ''], ...statementRows(member, at)];
  });
}

interface Shown extends Schema {
  readonly prefixItems?: readonly Schema[];
}

/** More words than these are not all shown: the schema has them. */
const mostWords = 12;

function typeOf({ type, const: only, enum: words, items, prefixItems, anyOf }: Shown): string {
  if (only !== undefined) return inline(written(only));
  if (words !== undefined && words.length > mostWords) return 'word';
  if (words !== undefined) return words.map((word) => inline(written(word))).join(', ');
  if (anyOf !== undefined) return anyOf.map(typeOf).join(' or ');
  if (prefixItems !== undefined)
    return `list of ${prefixItems.length} ${[...new Set(prefixItems.map(typeOf))].join(' / ')}`;
  if (items !== undefined) return `list of ${typeOf(items).replaceAll(' or ', ' / ')}`;
  const names: Record<string, string> = { string: 'text', object: 'map', null: 'null' };
  return [type ?? 'any']
    .flat()
    .map((one) => names[one] ?? one)
    .join(' or ');
}

/** A value of the data. */
function shown(value: unknown): string {
  return value === null ? 'null' : String(value);
}

function inline(text: string): string {
  return `\`${text}\``;
}
