import type { Diagnostic } from '../base/diagnostic.ts';
import { didYouMean } from '../base/suggest.ts';
import { formats } from '../formats/index.ts';
import type { FieldType, TransformDefinition } from '../transforms/definition.ts';
import { checkForeignKeys } from './foreign-keys.ts';
import { listed } from './issues.ts';
import type { PathInPolicy } from './policy.ts';
import type { Chosen, FieldOptions } from './schema.ts';
import { canonicalSelector, isPath, isRepeated, readSelector } from './selectors.ts';
import type { Part, Source } from './source.ts';
import { stepsOf } from './steps.ts';
import type { View } from './views.ts';

type Report = (path: PathInPolicy, message: string, hint?: string, part?: Part) => void;

interface Context extends View {
  readonly fields: View['entries']['fields'];
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
  const error: Report = (...problem) => errors.push(source.problem('POLICY-MEANING', ...problem));
  const warn: Report = (...problem) =>
    warnings.push({ ...source.problem('POLICY-MEANING', ...problem), severity: 'warning' });
  for (const view of views) {
    const context: Context = {
      ...view,
      fields: view.entries.fields,
      error: (path, ...problem) => error(view.within(path), ...problem),
      warn: (path, ...problem) => warn(view.within(path), ...problem),
    };
    checkSelectors(context);
    for (const [selector, field] of context.fields) checkField(context, selector, field);
    checkOutput(context);
    checkPrivacy(context);
  }
  const [shared] = views;
  if (shared !== undefined) {
    checkKeys({ ...shared, error });
    checkUse({ ...shared, warn }, views);
  }
  checkForeignKeys(views, error);
  return { errors, warnings };
}

/** Selectors of one kind, well-formed, and no two for the same fields. */
function checkSelectors({ fields, sections, error }: Context): void {
  const { format, delimiter } = sections.input ?? {};
  const [first = ''] = fields.keys();
  const said = format === undefined ? undefined : formats.get(format);
  const isJson = said?.paths ?? isPath(first);
  const by = format === undefined ? `\`${first}\`` : `format ${format}`;
  if (delimiter !== undefined && (isJson || said?.choosesDelimiter === false)) {
    error(['input', 'delimiter'], 'only csv has a delimiter to choose', 'leave it out', 'key');
  }
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

function leavesAsIs({ definition, options }: Chosen<TransformDefinition>): boolean {
  return definition.effect === 'none' || definition.leavesAsIs?.(options) === true;
}

function checkField(context: Context, selector: string, field: Partial<FieldOptions>): void {
  const { error } = context;
  const steps = stepsOf(selector, field);
  if (field.role === 'identifier' && steps.length > 0 && steps.every(({ step }) => leavesAsIs(step))) {
    const hint = 'drop it, replace it, or give it another role';
    error(['fields', selector, 'transform'], 'an identifier would be released as it is', hint);
  }
  let type: FieldType | undefined = field.type;
  for (const { step, path, options } of steps) {
    const { definition } = step;
    if (definition.effect === 'drop' && steps.length > 1) {
      error(path, `\`${definition.name}\` stands beside other transforms`, 'a field that is dropped needs no other');
    }
    for (const problem of definition.check?.(step.options, type) ?? []) {
      error([...options, ...problem.path], problem.message, problem.hint);
    }
    for (const { section, name, path: inner } of definition.references?.(step.options) ?? []) {
      if (section === 'fields') checkSingle(context, name, [...options, ...inner]);
      else if (!context.entries[section].has(name)) error([...options, ...inner], ...unknown(context, section, name));
    }
    if (definition.effect !== 'none') type = definition.produces ? definition.produces(step.options, type) : 'string';
  }
}

const singular = { keys: 'key', domains: 'domain', hierarchies: 'hierarchy', fields: 'field' };

function unknown({ entries }: Context, section: keyof typeof singular, name: string): [string, string] {
  const names = [...entries[section].keys()];
  const known = names.length > 0 ? `\`${section}\` holds ${listed(names)}` : `add it under \`${section}\``;
  return [`there is no ${singular[section]} \`${name}\``, didYouMean(name, names) ?? known];
}

/** Something must be left to release. */
function checkOutput({ sections, fields, error }: Context): void {
  const unlisted = sections.defaults?.unlisted;
  if (fields.size === 0 || (unlisted !== 'reject' && unlisted !== 'drop')) return;
  const dropped = [...fields].every((field) => stepsOf(...field).some(({ step }) => step.definition.effect === 'drop'));
  if (dropped)
    error(['fields'], 'every field is dropped, so nothing would be left', 'release at least one field', 'key');
}

function checkPrivacy(context: Context): void {
  const { sections, fields, written, error, warn } = context;
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
  if (privacy.unit !== undefined) checkSingle(context, privacy.unit, ['privacy', 'unit']);
  privacy.models?.forEach(({ definition, options }, i) => {
    for (const { field, path } of definition.sensitive?.(options) ?? []) {
      const place = ['privacy', 'models', i, definition.name, ...path];
      if (!checkSingle(context, field, place)) continue;
      const role = fields.get(field)?.role;
      if (role === undefined || role === 'sensitive') continue;
      error(place, `field \`${field}\` has role ${role}, not sensitive`, 'change its role, or name a sensitive field');
    }
  });
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

/** What stands in the place of a key's name is not repeated: it may be the key. */
function checkKeys({ sections, entries, written, error }: Omit<Context, 'fields' | 'warn'>): void {
  const { keys } = entries;
  const names = [...keys].filter(([, reference]) => Object.keys(reference).length > 0).map(([name]) => name);
  const known =
    names.length > 0
      ? `\`keys\` holds ${listed(names)}`
      : keys.size > 0
        ? 'correct `keys` first'
        : 'add `keys: { NAME: { file: PATH } }`';
  for (const [name, { key, scope }] of entries.domains) {
    if (key !== undefined && !keys.has(key)) {
      const message = `domain \`${name}\` names a key that is not under \`keys\``;
      error(['domains', name, 'key'], message, didYouMean(key, names) ?? known);
    }
    if (scope === 'licensee' && !written.includes('license')) {
      const hint = 'add `license` with `licensee: { id: …, name: … }`, or give the domain `scope: global`';
      error(['domains', name, 'scope'], `domain \`${name}\` is kept to the licensee, but none is named`, hint);
    }
  }
  const { reproducible = false } = sections;
  if (reproducible === true && keys.size !== 1) {
    const message = `\`reproducible: true\` takes the only key, but \`keys\` holds ${keys.size || 'none'}`;
    error(['reproducible'], message, 'write `reproducible: { key: NAME }` with a name under `keys`');
  } else if (typeof reproducible === 'object' && reproducible.key !== undefined && !keys.has(reproducible.key)) {
    const message = '`reproducible` names a key that is not under `keys`';
    error(['reproducible', 'key'], message, didYouMean(reproducible.key, names) ?? known);
  }
}

function checkUse({ sections, entries, warn }: Omit<Context, 'fields' | 'error'>, views: readonly View[]): void {
  const used = { keys: new Set<string>(), domains: new Set<string>(), hierarchies: new Set<string>() };
  for (const { key } of entries.domains.values()) if (key !== undefined) used.keys.add(key);
  const { reproducible = false } = sections;
  if (reproducible === true) for (const key of entries.keys.keys()) used.keys.add(key);
  else if (reproducible && reproducible.key !== undefined) used.keys.add(reproducible.key);
  const fields = views.flatMap((view) => [...view.entries.fields]);
  for (const { step } of fields.flatMap((field) => stepsOf(...field))) {
    for (const { section, name } of step.definition.references?.(step.options) ?? []) {
      if (section !== 'fields') used[section].add(name);
    }
  }
  for (const section of ['keys', 'domains', 'hierarchies'] as const) {
    for (const name of [...entries[section].keys()].filter((candidate) => !used[section].has(candidate))) {
      warn([section, name], `${singular[section]} \`${name}\` is never used`, 'leave it out', 'key');
    }
  }
}
