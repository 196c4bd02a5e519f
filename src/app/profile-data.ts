import { at, type Diagnostic, Failure } from '../base/diagnostic.ts';
import { recognizers } from '../detect/index.ts';
import { readBatches } from '../engine/blocks.ts';
import { createGather } from '../engine/gather.ts';
import { openInput } from '../io/input.ts';
import { createFieldProfiler, type TableProfile } from '../lint/profile.ts';
import { isKept } from '../lint/released.ts';
import { columnDiagnostic } from '../policy/plan.ts';
import type { FieldRule, Policy } from '../policy/policy.ts';
import { resolveColumns } from '../policy/selectors.ts';
import { INVALID, type Resources } from '../transforms/definition.ts';
import { openData, requireHeader } from './open-data.ts';
import { hierarchiesOf, readPolicyFiles } from './policy-file.ts';
import type { TableInput } from './table-inputs.ts';
import { textInput } from './text-input.ts';

export interface ProfiledData {
  readonly profile: TableProfile;
  /** What does not fit between policy and data; one of code DATA-FIELDS may have stopped the reading. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Read the data of a table once, by its policy. Throws a Failure where it cannot be read. */
export async function profileData({ policy, path }: TableInput, format: string | undefined): Promise<ProfiledData> {
  const files = await readPolicyFiles(policy);
  for (const recognizer of recognizers.all) await recognizer.load?.();
  const raw = await openInput(path);
  try {
    const input = await textInput(raw, policy.input);
    const data = await openData(input, format ?? policy.input.format, policy.input);
    const { opened, options } = data;
    if (opened.fields !== undefined && policy.input.header === undefined) {
      requireHeader(policy, opened.fields, input.name, data);
    }
    const { named, diagnostics } = fieldsOf(policy, opened.fields);
    const slots = named.map(({ name, rule }) => ({
      selector: name,
      wanted: true,
      whole: rule.steps.every(({ definition }) => definition.whole),
    }));
    const listed = policy.unlisted === 'reject' && opened.fields === undefined;
    const nullValues = (policy.input.nullValues ?? data.format.nullValues).map((value) => Buffer.from(value));
    const scanner = opened.scanner({
      slots: listed ? slots : [...slots, { selector: '', wanted: false, whole: true }],
      unlisted: listed ? 'reject' : slots.length,
      nullValues,
    });
    const profilers = named.map(({ name, rule }) =>
      createFieldProfiler(name, rule, {
        reads: readerOf(rule, policy, files),
        recognizers: isKept(rule) ? recognizers.all : [],
      }),
    );
    const { columns, gather } = createGather(slots.length + 1);
    let records = 0;
    const problems: Diagnostic[] = [];
    try {
      for await (const batch of readBatches(input, scanner, { opened, options, digest: false }).batches()) {
        gather(batch);
        for (const [f, profiler] of profilers.entries()) profiler.add(columns[f]!, batch.firstRecord);
        records += batch.records;
      }
      if (opened.fields === undefined) problems.push(...absentOf(policy, (f) => scanner.found[f] === 1));
    } catch (error) {
      // A field of a document that the policy does not name ends the reading; what was read so far counts.
      if (!(error instanceof Failure) || error.code !== 'DATA-FIELDS') throw error;
      problems.push(...error.diagnostics);
    }
    const fields = profilers.map((profiler) => profiler.profile());
    const place = { file: input.name };
    return {
      profile: { file: input.name, records, fields },
      diagnostics: [...diagnostics, ...problems].map((d) => ({ ...d, place: { ...place, ...d.place } })),
    };
  } catch (error) {
    throw error instanceof Failure ? at(error, { file: raw.name }) : error;
  } finally {
    await raw.close();
  }
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
