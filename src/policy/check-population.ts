import { didYouMean } from '../base/suggest.ts';
import { formats } from '../formats/index.ts';
import type { ModelDefinition } from '../models/definition.ts';
import type { TransformDefinition } from '../transforms/definition.ts';
import type { Report } from './check-groups.ts';
import { comparisonsOf } from './conditions.ts';
import type { Chosen, FieldOptions, Sections } from './schema.ts';
import { readSelector } from './selectors.ts';
import { stepsOf } from './steps.ts';

type Privacy = Partial<NonNullable<Sections['privacy']>>;
type Fields = ReadonlyMap<string, Partial<FieldOptions>>;

/**
 * What models are told of those who might recognize somebody: a population, and whether nulls match every value. `named`: a population
 * stands in the file, readable or not.
 */
export function checkPopulation(privacy: Privacy, fields: Fields, named: boolean, error: Report, warn: Report): void {
  const models = privacy.models ?? [];
  models.forEach(({ definition }, m) => {
    const place = ['privacy', 'models', m, definition.name];
    if (definition.population && !named) {
      const hint = 'add a table of it: `population: { file: ./population.csv }` under `privacy`';
      error(place, `\`${definition.name}\` compares with a population, and none is named`, hint, 'key');
    }
    if (definition.wildcards !== true && privacy.nulls === 'wildcard') {
      const hint = 'leave `nulls: wildcard` out, or the model';
      error(place, `\`${definition.name}\` has no meaning where nulls match every value`, hint, 'key');
    }
  });
  if (privacy.population !== undefined) checkFile(privacy, privacy.population, models, fields, error, warn);
}

function checkFile(
  { unit }: Privacy,
  population: NonNullable<Privacy['population']>,
  models: readonly Chosen<ModelDefinition>[],
  fields: Fields,
  error: Report,
  warn: Report,
): void {
  const place = ['privacy', 'population'];
  if (models.length > 0 && !models.some(({ definition }) => definition.population)) {
    const names = 'add one that does, such as `k-map: { k: 5 }`, or leave it out';
    warn(place, 'no model compares with the population', names, 'key');
  }
  checkOptions(population, error);
  checkNames(population.fields, fields, unit, error);
  for (const [selector, field] of fields) if (field.role === 'quasi-identifier') checkSteps(selector, field, error);
}

/** Options that the format does not have are refused as those of the input. */
function checkOptions({ format: name, delimiter, dialect }: NonNullable<Privacy['population']>, error: Report): void {
  const format = name === undefined ? undefined : formats.get(name);
  const place = ['privacy', 'population'];
  if (format?.choosesDelimiter === false) {
    for (const [option, value] of Object.entries({ delimiter, dialect })) {
      if (value !== undefined) error([...place, option], `only csv has a ${option} to choose`, 'leave it out', 'key');
    }
  }
  if (delimiter !== undefined && dialect?.delimiter !== undefined) {
    error([...place, 'delimiter'], 'the delimiter is named twice', 'leave one of the two out', 'key');
  }
}

function checkNames(
  names: Readonly<Record<string, string>>,
  fields: Fields,
  unit: string | undefined,
  error: Report,
): void {
  const quasi = [...fields].filter(([, { role }]) => role === 'quasi-identifier').map(([selector]) => selector);
  const globs = quasi.some((selector) => readSelector(selector).kind === 'glob');
  const taken = new Map<string, string>();
  for (const [name, column] of Object.entries(names)) {
    const place = ['privacy', 'population', 'fields', name];
    if (name !== unit && !quasi.includes(name) && !(globs && !fields.has(name))) {
      const hint = didYouMean(name, unit === undefined ? quasi : [...quasi, unit]) ?? 'name fields of that role';
      error(place, `\`${name}\` is no quasi-identifier of the policy`, hint, 'key');
    }
    const twin = taken.get(column);
    if (twin !== undefined) error(place, `\`${column}\` is the column of \`${twin}\`, too`, 'name another');
    taken.set(column, name);
  }
}

/** What happens to a quasi-identifier must be possible with its values in the population. */
function checkSteps(selector: string, field: Partial<FieldOptions>, error: Report): void {
  const others = field.when === undefined ? [] : comparisonsOf(field.when);
  if (others.some(({ comparison }) => comparison.field !== selector)) {
    const hint = 'leave the condition out, or the population';
    error(['fields', selector, 'when'], 'a population is not known to have the other fields', hint, 'key');
  }
  for (const { step, path } of stepsOf(selector, field)) {
    const what = dependence(step);
    if (what === undefined) continue;
    const hint =
      'the population takes techniques that make the same of equal values without a key: generalize, round, mask';
    error(path, `\`${step.definition.name}\` depends on ${what}, so it cannot be done to a population`, hint);
  }
}

/** What a result depends on beside the value. */
function dependence({ definition, options }: Chosen<TransformDefinition>): string | undefined {
  const sections = new Set((definition.references?.(options) ?? []).map(({ section }) => section));
  const says = (trait: boolean | ((given: unknown) => boolean)) =>
    typeof trait === 'function' ? trait(options) : trait;
  if (sections.has('domains')) return 'a key';
  if (sections.has('fields')) return 'other fields';
  if (definition.bindTable !== undefined) return 'all values of the data';
  return says(definition.random) || !says(definition.deterministic) ? 'chance' : undefined;
}
