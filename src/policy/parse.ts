import { type Diagnostic, Failure } from '../base/diagnostic.ts';
import { sha256Hex } from '../crypto/digest.ts';
import type { Dialect } from '../formats/dialect.ts';
import { encodings } from '../formats/encodings/index.ts';
import { measures } from '../search/measures/index.ts';
import { checkMeaning } from './check.ts';
import { type Choice, comparisonsOf } from './conditions.ts';
import { foreignKeysOf, parentsFirst } from './foreign-keys.ts';
import { notationOf, notationsOf } from './notations.ts';
import type { FieldRule, Policy } from './policy.ts';
import { builtIn, type FieldOptions, policySchema, type Registries, type Sections } from './schema.ts';
import { type Entries, readSections } from './sections.ts';
import { readSelector } from './selectors.ts';
import { readSource, type Source } from './source.ts';
import { stepsOf } from './steps.ts';
import { type View, viewsOf } from './views.ts';

interface Where {
  /** The name to show. */
  readonly file: string;
  /** What its file references are relative to. */
  readonly directory: string;
}

/**
 * Read a policy for one table from the bytes of its file.
 * Throws a Failure that holds every problem of the file at its place: those of the YAML, or else POLICY-SHAPE and
 * POLICY-MEANING together, in the order of the file.
 */
export function parsePolicy(text: Uint8Array, where: Where, registries: Registries = builtIn): Policy {
  const [policy] = parseTables(text, where, registries);
  if (policy!.table === undefined) return policy!;
  throw new Failure([
    policy!.problem('POLICY-MEANING', ['tables'], 'the policy is about several tables', 'here it must be about one'),
  ]);
}

/**
 * Read a policy for one table, or for several: what each of them sees of it, with a table that others refer to before those.
 * Throws as `parsePolicy`.
 */
export function parseTables(
  text: Uint8Array,
  where: Where,
  registries: Registries = builtIn,
): readonly [Policy, ...Policy[]] {
  const schema = policySchema(registries);
  const source = readSource(text, where.file, Object.keys(schema.shape));
  const read = readSections(schema, source);
  const views = viewsOf(read, source);
  const { errors, warnings } = checkMeaning(views, source);
  const problems = [...read.problems, ...errors];
  if (problems.length > 0) throw new Failure(problems.sort(byPlace));
  const shared = { digest: sha256Hex(text), directory: where.directory, warnings: warnings.toSorted(byPlace) };
  // Without problems there is a table.
  return parentsFirst(views.map((view) => policyOf(view, shared, source))) as [Policy, ...Policy[]];
}

function policyOf(view: View, shared: Pick<Policy, 'digest' | 'directory' | 'warnings'>, source: Source): Policy {
  // Without problems every part is whole.
  const { name, version, defaults, input, sample, privacy, checks, reproducible, license, output } =
    view.sections as Sections;
  const { keys, domains, hierarchies, fields } = view.entries as Entries;
  return {
    ...shared,
    table: view.table,
    foreignKeys: foreignKeysOf(view),
    name,
    version,
    keys,
    unlisted: defaults.unlisted,
    locale: defaults.locale,
    domains,
    hierarchies,
    input: inputOf(input),
    fields: [...fields].map(([selector, field]) => ruleOf(selector, field, defaults, fields, input)),
    sample: sample && { share: sample.share, records: sample.records, per: sample.per ?? privacy?.unit },
    privacy: privacy && {
      unit: privacy.unit,
      models: privacy.models,
      population: privacy.population && {
        file: privacy.population.file,
        // What stands around its records is not read.
        input: inputOf({ ...privacy.population, around: privacy.population.records === undefined ? 'reject' : 'drop' }),
        names: new Map(Object.entries(privacy.population.fields)),
      },
      nulls: privacy.nulls,
      onViolation: privacy['on-violation'],
      maxSuppression: privacy['max-suppression'],
      search: { ...privacy.search, measure: measures.get(privacy.search.measure)! },
    },
    checks,
    reproducible: reproducible === true ? { key: [...keys.keys()][0]! } : reproducible || undefined,
    license,
    templates: [],
    output: {
      format: output.format,
      encoding: output.encoding,
      order: output.order,
      gzipLevel: output.compress === 'gzip' ? (output.level ?? 6) : undefined,
      split: output.split,
      sign: output.sign,
    },
    problem: (code, path, message, hint) => source.problem(code, view.within(path), message, hint),
    place: (path) => source.place(view.within(path)),
  };
}

function inputOf(input: Sections['input']): Policy['input'] {
  return {
    format: input.format,
    nullValues: input['null-values'],
    delimiter: input.delimiter,
    encoding: encodings.get(input.encoding)!,
    dialect: input.dialect && dialectOf(input.dialect, input.delimiter),
    header: input.header,
    records: input.records,
    around: input.around,
    notations: notationsOf(input),
  };
}

function dialectOf(dialect: NonNullable<Sections['input']['dialect']>, delimiter = ','): Dialect {
  return {
    delimiter: dialect.delimiter ?? delimiter,
    quote: dialect.quote,
    escape: dialect.escape ?? dialect.quote,
    comment: dialect.comment,
    recordDelimiters: dialect['record-delimiter'] === undefined ? ['\r\n', '\n'] : [dialect['record-delimiter']],
    relaxQuotes: dialect['relax-quotes'],
    skipEmptyLines: dialect['skip-empty-lines'],
    trim: dialect.trim,
  };
}

function ruleOf(
  selector: string,
  field: FieldOptions,
  defaults: Sections['defaults'],
  fields: Entries['fields'],
  input: Sections['input'],
): FieldRule {
  const choice = choiceOf(field, fields);
  return {
    selector,
    kind: readSelector(selector).kind,
    role: field.role,
    type: field.type,
    notation: notationOf(notationsOf(input), field.type),
    nulls: field.nulls ?? defaults.nulls,
    invalid: field.invalid ?? defaults.invalid,
    steps: stepsOf(selector, field).map(({ step }) => step),
    ...(choice === undefined ? {} : { choice }),
  };
}

function choiceOf({ transform, when, else: otherwise }: FieldOptions, fields: Entries['fields']): Choice | undefined {
  if (when === undefined || otherwise === undefined) return undefined;
  const looked = comparisonsOf(when).map(({ comparison: { field } }) => field);
  return {
    when,
    steps: [transform].flat(),
    otherwise: [otherwise].flat(),
    fields: new Map(looked.map((field) => [field, fields.get(field)?.type])),
  };
}

function byPlace({ place: a }: Diagnostic, { place: b }: Diagnostic): number {
  return (a?.line ?? 0) - (b?.line ?? 0) || (a?.column ?? 0) - (b?.column ?? 0);
}
