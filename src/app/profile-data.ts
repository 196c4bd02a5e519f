import { type Diagnostic, Failure } from '../base/diagnostic.ts';
import { recognizers } from '../detect/index.ts';
import { createGather } from '../engine/gather.ts';
import { readFiles } from '../engine/input-files.ts';
import type { Input } from '../io/input.ts';
import { createFieldProfiler, type TableProfile } from '../lint/profile.ts';
import { isKept } from '../lint/released.ts';
import { columnDiagnostic } from '../policy/plan.ts';
import type { FieldRule, Policy } from '../policy/policy.ts';
import { resolveColumns } from '../policy/selectors.ts';
import { INVALID, type Resources } from '../transforms/definition.ts';
import { requireHeader } from './open-data.ts';
import { type OpenFiles, openFiles } from './open-files.ts';
import { hierarchiesOf, readPolicyFiles } from './policy-file.ts';
import { inputForm } from './table-form.ts';
import type { TableInput } from './table-inputs.ts';

export interface ProfiledData {
  readonly profile: TableProfile;
  /** What does not fit between policy and data; one of code DATA-FIELDS may have stopped the reading. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Read the data of a table once, by its policy. Throws a Failure where it cannot be read. */
export async function profileData({ policy, paths }: TableInput, format: string | undefined): Promise<ProfiledData> {
  const policyFiles = await readPolicyFiles(policy);
  for (const recognizer of recognizers.all) await recognizer.load?.();
  const inputs: Input[] = [];
  try {
    const table = await openFiles({
      paths,
      form: inputForm(policy, { format, delimiter: undefined, encoding: undefined, header: undefined }),
      opened: (input) => inputs.push(input),
    });
    try {
      return await profileFiles(policy, policyFiles, table);
    } catch (error) {
      throw error instanceof Failure ? table.files.placed(error) : error;
    }
  } finally {
    for (const input of inputs) await input.close();
  }
}

async function profileFiles(
  policy: Policy,
  policyFiles: ReadonlyMap<string, Buffer>,
  { files, data }: OpenFiles,
): Promise<ProfiledData> {
  const { opened, source } = files.first;
  if (opened.fields !== undefined && policy.input.header === undefined) {
    requireHeader(policy, opened.fields, source.name, data);
  }
  const { named, diagnostics } = fieldsOf(policy, opened.fields);
  const slots = named.map(({ name, rule }) => ({
    selector: name,
    wanted: true,
    whole: rule.steps.every(({ definition }) => definition.whole),
  }));
  const listed = policy.unlisted === 'reject' && opened.fields === undefined;
  const nullValues = (policy.input.nullValues ?? data.format.nullValues).map((value) => Buffer.from(value));
  const wanted = {
    slots: listed ? slots : [...slots, { selector: '', wanted: false, whole: true }],
    unlisted: listed ? ('reject' as const) : slots.length,
    nullValues,
  };
  const reading = readFiles(files, wanted, { options: data.options, digest: false });
  const profilers = named.map(({ name, rule }) =>
    createFieldProfiler(name, rule, {
      reads: readerOf(rule, policy, policyFiles),
      recognizers: isKept(rule) ? recognizers.all : [],
    }),
  );
  const { columns, gather } = createGather(
    slots.length + 1,
    named.map(({ rule }) => rule.notation),
  );
  let records = 0;
  const problems: Diagnostic[] = [];
  try {
    for await (const batch of reading.batches()) {
      gather(batch);
      for (const [f, profiler] of profilers.entries()) profiler.add(columns[f]!, batch.firstRecord);
      records += batch.records;
    }
    if (opened.fields === undefined) problems.push(...absentOf(policy, (f) => reading.found()[f] === 1));
  } catch (error) {
    // A field of a document that the policy does not name ends the reading; what was read so far counts.
    if (!(error instanceof Failure) || error.code !== 'DATA-FIELDS') throw error;
    problems.push(...error.diagnostics);
  }
  const fields = profilers.map((profiler) => profiler.profile());
  const placed = files.placed(new Failure([...diagnostics, ...problems]));
  return {
    profile: { file: source.name, records, fields },
    diagnostics: diagnostics.length + problems.length === 0 ? [] : placed.diagnostics,
  };
}

interface NamedField {
  readonly name: string;
  readonly rule: FieldRule;
}

/** The fields to be read, each with its rule: columns, or the selectors where fields are known only record by record. */
function fieldsOf(policy: Policy, columns: readonly string[] | undefined) {
  if (columns === undefined) {
    return { named: policy.fields.map((rule): NamedField => ({ name: rule.selector, rule })), diagnostics: [] };
  }
  const { slotOf, problems } = resolveColumns(policy.fields, columns);
  return {
    named: columns.flatMap((name, i): NamedField[] => (slotOf[i] === undefined ? [] : [{ name, rule: slotOf[i] }])),
    diagnostics: problems.flatMap((problem) => columnDiagnostic(policy, problem) ?? []),
  };
}

function absentOf(policy: Policy, found: (field: number) => boolean): Diagnostic[] {
  return policy.fields.flatMap(({ selector, kind }, f) => {
    if (found(f)) return [];
    const glob = kind === 'glob';
    const message = glob ? 'no field of the data matches this glob' : `no record has a field \`${selector}\``;
    const problem = policy.problem(glob ? 'POLICY-MEANING' : 'DATA-FIELDS', ['fields', selector], message);
    return [glob ? { ...problem, severity: 'warning' as const } : problem];
  });
}

/** Tells whether the first transform of a field reads a value, where that takes neither keys nor other fields. */
function readerOf(
  { steps, choice, type, selector }: FieldRule,
  policy: Policy,
  files: ReadonlyMap<string, Buffer>,
): ((text: string) => boolean) | undefined {
  const [step] = steps;
  if (step === undefined || choice !== undefined || step.definition.effect !== 'change') return undefined;
  const { definition, options } = step;
  const random = typeof definition.random === 'function' ? definition.random(options) : definition.random;
  const needs = (definition.references?.(options) ?? []).some(({ section }) => section !== 'hierarchies');
  if (random || needs || definition.bind === undefined || definition.prepare !== undefined) return undefined;
  const refuse = (): never => {
    throw new Error(`\`${definition.name}\` asks for more than it said`);
  };
  const resources: Resources = {
    field: selector,
    type,
    prf: refuse,
    random: refuse,
    peer: refuse,
    identifiers: refuse,
    record: refuse,
    shared: refuse,
    search() {},
    hierarchy: hierarchiesOf(policy, files),
    file: (path) => files.get(path)!,
    locale: policy.locale,
  };
  const run = definition.bind(options, resources);
  return (text) => run({ text, kind: 0, ordinal: 0 }) !== INVALID;
}
