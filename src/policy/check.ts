import type { Diagnostic } from '../base/diagnostic.ts';
import { didYouMean } from '../base/suggest.ts';
import { formats } from '../formats/index.ts';
import { type FieldType, type TransformDefinition, typeBehind } from '../transforms/definition.ts';
import { checkCondition } from './check-conditions.ts';
import { checkFiles } from './check-files.ts';
import { checkGroups, type Report } from './check-groups.ts';
import { checkKeys, checkUse, singular } from './check-keys.ts';
import { checkModels } from './check-models.ts';
import { checkNotations } from './check-notations.ts';
import { checkPopulation } from './check-population.ts';
import { checkSearch } from './check-search.ts';
import { checkForeignKeys } from './foreign-keys.ts';
import { listed } from './issues.ts';
import type { PathInPolicy } from './policy.ts';
import type { Chosen, FieldOptions } from './schema.ts';
import { canonicalSelector, columnNameOf, isPath, isRepeated, readSelector } from './selectors.ts';
import type { Source } from './source.ts';
import { branchOf, stepsOf } from './steps.ts';
import type { View } from './views.ts';

interface Context extends View {
  readonly fields: View['entries']['fields'];
  /** Options of a field that stand in the file, readable or not. */
  readonly writtenOf: (selector: string) => readonly string[];
  /** Likewise of `privacy`. */
  readonly privacyOptions: readonly string[];
  readonly error: Report;
  readonly warn: Report;
}

/** Check what takes more than one value of the policy to see. Parts that could not be read are passed over. */
export function checkMeaning(
  views: readonly View[],
  source: Source,
): { readonly errors: readonly Diagnostic[]; readonly warnings: readonly Diagnostic[] } {
  const errors: Diagnostic[] = [];
  const warnings: Diagnostic[] = [];
  const told = new Set<string>();
  const error: Report = (...problem) => {
    // Of a section that tables share, each of them finds the same.
    const same = JSON.stringify(problem);
    if (!told.has(same)) errors.push(source.problem('POLICY-MEANING', ...problem));
    told.add(same);
  };
  const warn: Report = (...problem) =>
    warnings.push({ ...source.problem('POLICY-MEANING', ...problem), severity: 'warning' });
  for (const view of views) {
    const context: Context = {
      ...view,
      fields: view.entries.fields,
      writtenOf: (selector) => source.keysAt(view.within(['fields', selector])),
      privacyOptions: source.keysAt(view.within(['privacy'])),
      error: (path, ...problem) => error(view.within(path), ...problem),
      warn: (path, ...problem) => warn(view.within(path), ...problem),
    };
    checkSelectors(context);
    for (const [selector, field] of context.fields) checkField(context, selector, field);
    checkGroups(context);
    checkNotations(context, context.error);
    checkOutput(context);
    checkPrivacy(context);
    checkSearch(context.sections, context.fields, context.error);
    checkSample(context);
  }
  const [shared] = views;
  if (shared !== undefined) {
    checkKeys(shared, error);
    checkUse(views, warn);
  }
  checkForeignKeys(views, error);
  return { errors, warnings };
}

/** Selectors of one kind, well-formed, and no two for the same fields. */
function checkSelectors({ fields, sections, error }: Context): void {
  const [first = ''] = fields.keys();
  const { format } = sections.input ?? {};
  const isJson = isForJson({ sections, fields });
  const by = format === undefined ? `\`${first}\`` : `format ${format}`;
  checkFiles(sections, isJson, error);
  const seen = new Map<string, string>();
  for (const selector of fields.keys()) {
    const path = ['fields', selector];
    const { problem } = readSelector(selector);
    if (problem) error(path, `malformed path at character ${problem.at + 1}: ${problem.message}`, undefined, 'key');
    else if (isPath(selector) && !isJson) {
      error(path, 'this is a path of JSON data', `${by} makes this a policy for tables: write column names`, 'key');
    } else if (!isPath(selector) && isJson) {
      const hint = `${by} makes this a policy for JSON: write paths such as \`"$.name"\``;
      error(path, 'this is no path of JSON data', hint, 'key');
    }
    const canonical = canonicalSelector(selector);
    const twin = seen.get(canonical);
    if (twin !== undefined)
      error(path, `\`${selector}\` names the same fields as \`${twin}\``, 'keep one of the two', 'key');
    seen.set(canonical, selector);
  }
}

/** Does the policy name its fields by paths? */
function isForJson({ sections, fields }: Pick<Context, 'sections' | 'fields'>): boolean {
  const format = sections.input?.format;
  const [first = ''] = fields.keys();
  return (format === undefined ? undefined : formats.get(format))?.paths ?? isPath(first);
}

function leavesAsIs({ definition, options }: Chosen<TransformDefinition>): boolean {
  return definition.effect === 'none' || definition.leavesAsIs?.(options) === true;
}

function checkField(context: Context, selector: string, field: Partial<FieldOptions>): void {
  const { fields, error, warn, writtenOf: written } = context;
  const met = branchOf(selector, field, 'transform');
  const otherwise = branchOf(selector, field, 'else');
  for (const branch of ['transform', 'else'] as const) checkSteps(context, selector, field, branch);
  checkCondition(
    { fields, error, warn, written, unknown: (name) => unknown(context, 'fields', name) },
    selector,
    field,
    { met: met.map(({ step }) => step), otherwise: otherwise.map(({ step }) => step) },
    (name) => isHidden(name, fields.get(name)),
  );
}

/** Does the output not show the values as they are, although they tell about a person? */
function isHidden(selector: string, field: Partial<FieldOptions> = {}): boolean {
  const steps = stepsOf(selector, field);
  return field.role !== 'insensitive' && !steps.every(({ step }) => leavesAsIs(step));
}

function checkSteps(
  context: Context,
  selector: string,
  field: Partial<FieldOptions>,
  branch: 'transform' | 'else',
): void {
  const { error } = context;
  const steps = branchOf(selector, field, branch);
  if (field.role === 'identifier' && steps.length > 0 && steps.every(({ step }) => leavesAsIs(step))) {
    const hint = 'drop it, replace it, or give it another role';
    error(['fields', selector, branch], 'an identifier would be released as it is', hint);
  }
  let type: FieldType | undefined = field.type;
  for (const { step, path, options } of steps) {
    const { definition } = step;
    if (definition.effect === 'drop' && field.when !== undefined) {
      error(path, 'a field cannot be left out of some records only', '`redact` puts no value in its place');
    } else if (definition.effect === 'drop' && steps.length > 1) {
      error(path, `\`${definition.name}\` stands beside other transforms`, 'a field that is dropped needs no other');
    }
    for (const problem of definition.check?.(step.options, type) ?? []) {
      error([...options, ...problem.path], problem.message, problem.hint);
    }
    for (const { section, name, path: inner } of definition.references?.(step.options) ?? []) {
      if (section === 'fields') checkSingle(context, name, [...options, ...inner]);
      else if (!context.entries[section].has(name)) error([...options, ...inner], ...unknown(context, section, name));
    }
    type = typeBehind(definition, step.options, type);
  }
}

function unknown({ entries }: Context, section: keyof typeof singular, name: string): [string, string] {
  const names = [...entries[section].keys()];
  const known = names.length > 0 ? `\`${section}\` holds ${listed(names)}` : `add it under \`${section}\``;
  return [`there is no ${singular[section]} \`${name}\``, didYouMean(name, names) ?? known];
}

/** Something must be left to release, and the output's format must have a place for it. */
function checkOutput(context: Context): void {
  const { sections, fields, error } = context;
  checkColumns(context);
  const unlisted = sections.defaults?.unlisted;
  if (fields.size === 0 || (unlisted !== 'reject' && unlisted !== 'drop')) return;
  const dropped = [...fields].every((field) => stepsOf(...field).some(({ step }) => step.definition.effect === 'drop'));
  if (dropped)
    error(['fields'], 'every field is dropped, so nothing would be left', 'release at least one field', 'key');
}

/** Each field of JSON that is written to a table becomes one column. */
function checkColumns(context: Context): void {
  const { sections, fields, error } = context;
  const format = sections.output?.format ?? 'same';
  const target = formats.get(format);
  if (target === undefined || target.paths || !isForJson(context)) return;
  const unlisted = sections.defaults?.unlisted;
  if (unlisted === 'keep' || unlisted === 'redact') {
    const message = `${format} has no place for fields that the policy does not name`;
    error(['defaults', 'unlisted'], message, 'set `unlisted: drop`, or name them');
  }
  const columns = new Map<string, string>();
  for (const [selector, field] of fields) {
    if (stepsOf(selector, field).some(({ step }) => step.definition.effect === 'drop')) continue;
    const column = columnNameOf(selector, true);
    const twin = columns.get(column);
    columns.set(column, selector);
    if (isRepeated(selector)) {
      const hint = 'drop it, name its members one by one, or set `output: { format: same }`';
      error(['fields', selector], `${format} has no column for a path that may name several values`, hint, 'key');
    } else if (twin !== undefined || column === '') {
      const what = twin === undefined ? 'an empty name' : `the name that \`${twin}\` has`;
      error(
        ['fields', selector],
        `its column in ${format} would have ${what}`,
        'drop it, or set `output: { format: same }`',
        'key',
      );
    }
  }
}

function checkPrivacy(context: Context): void {
  const { sections, entries, fields, written, error, warn } = context;
  const { privacy } = sections;
  const quasi = [...fields].filter(([, field]) => field.role === 'quasi-identifier').map(([selector]) => selector);
  if (!written.includes('privacy') && quasi.length > 0) {
    const hint = 'add a model: `privacy: { models: [ { k-anonymity: { k: 5 } } ] }`';
    warn(['fields', quasi[0]!, 'role'], 'quasi-identifiers are named, but no privacy model looks at them', hint);
  }
  if (privacy === undefined) return;

  if (quasi.length === 0 && [...fields.values()].every(({ role }) => role !== undefined)) {
    const hint = 'give `role: quasi-identifier` to the fields by which somebody could be recognized';
    error(['privacy', 'models'], 'the models have no quasi-identifiers to look at', hint, 'key');
  }
  for (const selector of quasi.filter(isRepeated)) {
    const single = selector.includes('[*]') ? '' : 'name its members one by one, ';
    const hint = `${single}drop or redact it, or give it another role if nobody can be recognized by it`;
    error(['fields', selector], 'a model cannot look at a path that repeats within a record', hint, 'key');
  }
  if (privacy.unit !== undefined && checkSingle(context, privacy.unit, ['privacy', 'unit'])) {
    const hint = 'do the same to it in every record';
    const place = ['fields', privacy.unit, 'when'];
    if (fields.get(privacy.unit)?.when) error(place, 'the unit of the privacy models has a condition', hint, 'key');
  }
  checkModels(privacy.models ?? [], fields, error, {
    single: (field, place) => checkSingle(context, field, place),
    unknownHierarchy: (name) => (entries.hierarchies.has(name) ? undefined : unknown(context, 'hierarchies', name)),
  });
  checkPopulation(privacy, fields, context.privacyOptions.includes('population'), error, warn);
}

function checkSample(context: Context): void {
  const { sections, error } = context;
  if (sections.sample === undefined) return;
  const { records, per } = sections.sample;
  if (per !== undefined) checkSingle(context, per, ['sample', 'per']);
  const unit = per ?? sections.privacy?.unit;
  if (records === undefined || unit === undefined) return;
  const message = `\`records\` would cut through the records of an individual (\`${unit}\`)`;
  error(['sample', 'records'], message, 'write `share`: the records of an individual then stay or go together', 'key');
}

/** The field exists and has one value in a record. */
function checkSingle(context: Context, field: string, place: PathInPolicy): boolean {
  const { fields, error } = context;
  if (!fields.has(field)) error(place, ...unknown(context, 'fields', field));
  else if (isRepeated(field)) error(place, `\`${field}\` repeats within a record`, 'name a field with one value');
  else if (readSelector(field).kind === 'glob') error(place, `\`${field}\` is a glob`, 'name one column');
  else return true;
  return false;
}
