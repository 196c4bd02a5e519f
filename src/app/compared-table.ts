import { type Breathe, paced } from '../base/steps.ts';
import { readColumns } from '../engine/columns.ts';
import { InputFiles } from '../engine/input-files.ts';
import { keepsNotations } from '../engine/output.ts';
import { inputFrom } from '../io/input.ts';
import { columnNameOf } from '../policy/selectors.ts';
import type { TableComparison } from '../release/page/licensor-page.ts';
import { holdsCodes } from '../risk/codes.ts';
import { distributionOf } from '../risk/distributions.ts';
import { createMarginals, type Marginals } from '../risk/marginals.ts';
import { utilityOf } from '../risk/utility.ts';
import { type OpenData, openData } from './open-data.ts';
import type { TableResult } from './table-run.ts';
import { textInput } from './text-input.ts';

/**
 * Compare the fields of a table that was run with its source: those that are written and are no identifiers. Reads both once more;
 * memory: the distinct values of these fields. Throws a Failure.
 */
export async function comparedTable(table: TableResult, breathe: Breathe): Promise<TableComparison> {
  const fields = table.result.fields.flatMap(({ field: { name, action, repeats, rule } }) =>
    action === 'drop' || repeats || name === '' || rule.role === 'identifier' ? [] : [name],
  );
  const source = createMarginals(fields.length);
  const release = createMarginals(fields.length);
  if (fields.length > 0) {
    await readInto(source, table.data, table.files, named(fields, fields, table, true), table);
    for (const file of table.written) await readOutput(release, file, fields, table);
  }
  const rules = table.result.fields.map(({ field }) => field);
  const coded = fields.map((field, f) => {
    const { rule } = rules.find(({ name }) => name === field)!;
    return holdsCodes(rule, table.hierarchy, source.counts(f));
  });
  const utility = await paced(
    utilityOf(fields, source, release, (f) => coded[f]!),
    breathe,
  );
  const distributions: TableComparison['distributions'][number][] = [];
  for (const [f, field] of fields.entries()) {
    const distribution = await paced(distributionOf(field, f, source, release, coded[f]), breathe);
    if (distribution !== null) distributions.push(distribution);
  }
  return { utility, distributions };
}

async function readOutput(
  marginals: Marginals,
  { from, facts }: TableResult['written'][number],
  fields: readonly string[],
  table: TableResult,
): Promise<void> {
  const { policy, data, plan, outputFormat, spool } = table;
  const same = outputFormat === data.format;
  const written = await inputFrom('the output', {
    size: facts.bytes,
    open: async () => spool.open(from, from + facts.bytes),
    close: async () => {},
  });
  const kept = plan.fields.flatMap(({ name, action }) => (action === 'drop' ? [] : [name]));
  const stated = {
    ...policy.input,
    dialect: undefined,
    delimiter: same ? policy.input.delimiter : undefined,
    header: same && policy.input.header !== undefined ? kept : undefined,
    records: same ? policy.input.records : undefined,
    around: same ? policy.input.around : ('reject' as const),
  };
  // What is not written in the input's encoding is UTF-8.
  const text = policy.output.encoding === 'same' ? await textInput(written, stated) : written;
  const names = same
    ? fields
    : outputFormat.layout(fields.map((name) => columnNameOf(name, data.format.paths))).selectors;
  const { opened, ...form } = await openData(text, outputFormat.name, stated);
  const notated = keepsNotations(data.format, outputFormat);
  await readInto(
    marginals,
    form,
    new InputFiles([{ source: text, opened }]),
    named(fields, names, table, notated),
    table,
  );
}

type NamedColumn = Parameters<typeof readColumns>[0]['fields'][number];

/** The columns of a file that hold these fields. */
function named(
  fields: readonly string[],
  names: readonly string[],
  { result }: TableResult,
  notated: boolean,
): readonly NamedColumn[] {
  return names.map((name, f): NamedColumn => {
    const rule = result.fields.find(({ field }) => field.name === fields[f])?.field.rule;
    return { name, numbers: false, notation: notated ? rule?.notation : undefined };
  });
}

async function readInto(
  marginals: Marginals,
  data: Pick<OpenData, 'format' | 'options'>,
  files: InputFiles,
  fields: readonly NamedColumn[],
  { policy }: TableResult,
): Promise<void> {
  const columns = readColumns({
    ...data,
    files,
    fields,
    nullValues: policy.input.nullValues ?? data.format.nullValues,
  });
  for await (const { records, values } of columns.batches()) marginals.add(records, values);
}
