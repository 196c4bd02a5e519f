import { openData } from '../../src/app/open-data.ts';
import { hierarchiesOf, resourcesOf, sampleKeyOf } from '../../src/app/policy-file.ts';
import { type OpenTable, runTables, type TableResult, type Watch } from '../../src/app/table-run.ts';
import { Failure } from '../../src/base/diagnostic.ts';
import { InputFiles } from '../../src/engine/input-files.ts';
import { formats } from '../../src/formats/index.ts';
import type { Spool } from '../../src/io/spool.ts';
import { parseTables } from '../../src/policy/parse.ts';
import { planPolicy } from '../../src/policy/plan.ts';
import { builtIn, type Registries } from '../../src/policy/schema.ts';
import { keyBytes, sourceOf } from '../engine/harness.ts';

export interface Job {
  /** Sections of a policy; what every policy needs is added. */
  readonly policy: string;
  /** The input of each table, as CSV. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly registries?: Registries;
  readonly watch?: Watch;
}

export interface Done extends Pick<TableResult, 'result' | 'orphans' | 'compared'> {
  readonly text: string;
}

/** Run a policy of several tables over inputs in memory. */
export async function runAll({
  policy,
  inputs,
  registries = builtIn,
  watch = () => {},
}: Job): Promise<Map<string, Done>> {
  const text = `policy: anon/v1\nname: x\nversion: "1"\n${policy}`;
  const policies = parseTables(Buffer.from(text), { file: 'policy.yaml', directory: '/policies' }, registries);
  const spools = new Map<string, Buffer[]>();
  const tables: OpenTable[] = [];
  for (const table of policies) {
    const input = sourceOf(inputs[table.table!]!, 1, 'csv');
    const written: Buffer[] = [];
    spools.set(table.table!, written);
    const secret = Buffer.alloc(32, 3);
    const keys = new Map([...table.keys.keys()].map((name) => [name, keyBytes]));
    const data = await openData(input, 'csv', {});
    tables.push({
      policy: table,
      inputs: [{ digest: () => Buffer.alloc(32), size: 0, codec: undefined }],
      files: new InputFiles([{ source: { ...input, name: `${table.table}.csv` }, opened: data.opened }]),
      data,
      outputFormat: formats.get(table.output.format) ?? data.format,
      split: undefined,
      plan: planPolicy(table, data.opened.fields, resourcesOf(table, keys, new Map(), secret)),
      compares: true,
      sampleKey: sampleKeyOf(secret),
      hierarchy: hierarchiesOf(table, new Map()),
      spool: spoolInto(written),
    });
  }
  const results = await runTables(tables, watch);
  return new Map(
    results.map(({ policy: { table }, result, orphans, compared }) => [
      table!,
      { result, orphans, compared, text: Buffer.concat(spools.get(table!)!).toString('utf8') },
    ]),
  );
}

/** The diagnostics of a run that fails. */
export async function refusalOf(job: Job): Promise<Failure> {
  const refused = await runAll(job).catch((error: unknown) => error);
  if (refused instanceof Failure) return refused;
  throw refused instanceof Error ? refused : new Error('the run was expected to fail');
}

function spoolInto(written: Buffer[]): Spool {
  const unused = () => {
    throw new Error('nothing reads it');
  };
  return {
    size: 0,
    // The engine uses its buffers again.
    write: async (bytes) => void written.push(Buffer.from(bytes)),
    open: unused,
    read: unused,
    close: async () => {},
  };
}
