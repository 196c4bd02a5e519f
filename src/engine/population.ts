import { at, type Diagnostic, Failure } from '../base/diagnostic.ts';
import { didYouMean } from '../base/suggest.ts';
import type { Format, InputOptions, Opened } from '../formats/batch.ts';
import type { Plan } from '../policy/plan.ts';
import type { Policy } from '../policy/policy.ts';
import { columnNameOf } from '../policy/selectors.ts';
import type { PopulationTable } from '../table/population-table.ts';
import { Tuples } from '../table/tuples.ts';
import { createCoder } from './coder.ts';
import { readColumns } from './columns.ts';
import { createFieldRun } from './field-run.ts';
import type { InputSource } from './source.ts';

/** The file that holds a table of the population. */
export interface PopulationInput {
  readonly format: Format;
  readonly options: InputOptions;
  /** The head of `source`, read. */
  readonly opened: Opened;
  readonly source: InputSource;
  readonly nullValues: readonly string[];
}

/**
 * Read the quasi-identifiers of a table of the population; what the plan does to them is done to its values, levels that are searched for
 * left at 0. Memory grows with the number of distinct tuples. Throws a Failure with all columns that are not there, at their place in
 * the policy, or at the first value that cannot be read, in the file.
 */
export async function readPopulation(
  policy: Policy,
  { fields }: Plan,
  quasi: readonly number[],
  { source, ...input }: PopulationInput,
  paths: boolean,
): Promise<PopulationTable> {
  requireAlone(policy, fields, quasi);
  const names = quasi.map((slot) => nameIn(policy, fields[slot]!.name, paths));
  const columns = input.opened.fields;
  if (columns !== undefined) requireColumns(policy, fields, quasi, names, (name) => columns.includes(name), columns);
  const runs = quasi.map((slot) => createFieldRun(fields[slot]!));
  const coder = createCoder(quasi.length, 0, Buffer.alloc(0));
  const tuples = new Tuples(quasi.length);
  const reading = readColumns({ ...input, source, fields: names.map((name) => ({ name, numbers: false })) });
  let records = 0;
  try {
    for await (const batch of reading.batches()) {
      const values = batch.values.map(({ cells }, d) => ({
        cells,
        values: runs[d]!.values(cells, batch.firstRecord),
        keepsNulls: false,
        numbers: false,
      }));
      const coded = coder.code(batch.records, values, [], undefined);
      for (let r = 0; r < batch.records; r++) tuples.add(coded.tuples, r * quasi.length);
      records += batch.records;
    }
  } catch (error) {
    throw error instanceof Failure ? at(error, { file: source.name }) : error;
  }
  requireColumns(policy, fields, quasi, names, (name) => reading.found(names.indexOf(name)), []);
  const texts = quasi.map((_, d) => [null, ...coder.texts(d).map((text) => text ?? null)]);
  return { records, texts, tuples };
}

/** What a field of the data is called in the population. */
function nameIn({ privacy }: Policy, field: string, paths: boolean): string {
  return privacy?.population?.names.get(field) ?? columnNameOf(field, paths);
}

/** What is done to a value may depend on it alone: the population has no other fields to look at. */
function requireAlone(policy: Policy, fields: Plan['fields'], quasi: readonly number[]): void {
  const problems = quasi.flatMap((slot) => {
    const { peers, rule } = fields[slot]!;
    if (peers.length === 0) return [];
    const message = 'it looks at other fields of the record, so it cannot be done to a population';
    return [policy.problem('POLICY-MEANING', ['fields', rule.selector, 'transform'], message)];
  });
  if (problems.length > 0) throw new Failure(problems);
}

function requireColumns(
  policy: Policy,
  fields: Plan['fields'],
  quasi: readonly number[],
  names: readonly string[],
  has: (name: string) => boolean,
  columns: readonly string[],
): void {
  const absent = names.flatMap((name, d): Diagnostic[] => {
    if (has(name)) return [];
    const field = fields[quasi[d]!]!.name;
    const named = policy.privacy?.population?.names.has(field);
    const path = ['privacy', 'population', ...(named ? ['fields', field] : ['file'])];
    const hint =
      didYouMean(name, columns) ?? 'say what it is called there: `fields: { NAME: COLUMN }` under `population`';
    const message = `the population has no field \`${name}\`, and \`${field}\` is a quasi-identifier`;
    return [policy.problem('DATA-FIELDS', path, message, hint)];
  });
  if (absent.length > 0) throw new Failure(absent);
}
