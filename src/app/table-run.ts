import { randomBytes } from 'node:crypto';
import { at, Failure } from '../base/diagnostic.ts';
import { hkdfSha256 } from '../crypto/digest.ts';
import { createHmacBatch } from '../crypto/hmac.ts';
import { createOrphanCheck, type OrphanCheck, type Orphans } from '../engine/orphans.ts';
import { prepareRun, type Run, type RunResult } from '../engine/run.ts';
import { WrittenKeys } from '../engine/written-keys.ts';
import { gzipSink } from '../io/gzip-sink.ts';
import { type Input, openInput } from '../io/input.ts';
import { createSpool, type Spool } from '../io/spool.ts';
import { type Plan, planPolicy, type ResourcesOf } from '../policy/plan.ts';
import type { Policy } from '../policy/policy.ts';
import { createChunkDigest, type FileFacts } from '../release/chunks.ts';
import { type OpenData, openData, requireHeader } from './open-data.ts';
import type { TableInput } from './table-inputs.ts';

/** A table of a run: its input, and where its output waits. */
export interface OpenTable {
  readonly policy: Policy;
  readonly input: Input;
  readonly data: OpenData;
  readonly spool: Spool;
  readonly resources: ResourcesOf;
}

/** A table that was run. */
export interface TableResult extends OpenTable {
  readonly result: RunResult;
  readonly facts: FileFacts;
  readonly orphans: readonly Orphans[];
}

export interface Opening {
  /** Format of the input, if it was said. */
  readonly format: string | undefined;
  readonly keys: ReadonlyMap<string, Buffer>;
  /** What the table's transforms may ask for; `secret` is the root of all its randomness. */
  readonly resourcesOf: (policy: Policy, secret: Buffer) => Promise<ResourcesOf>;
  /** Where the spool goes. */
  readonly folder: string;
  /** Called with what is to be closed, as soon as it is open. */
  readonly opened: (resource: { close(): Promise<void> }) => void;
}

export async function openTable({ policy, path }: TableInput, opening: Opening): Promise<OpenTable> {
  const input = await openInput(path);
  opening.opened(input);
  const data = await openData(input, opening.format ?? policy.input.format, policy.input.delimiter);
  const secret = await streamSecret(policy, opening.keys, input);
  const spool = await createSpool(opening.folder);
  opening.opened(spool);
  return { policy, input, data, spool, resources: await opening.resourcesOf(policy, secret) };
}

/** Called when a part of the run begins or ends; `table` is undefined where there is one table only. */
export type Watch = (table: string | undefined, event: 'pass 1' | 'pass 2' | 'begun' | 'done') => void;

/**
 * Run tables, a table before those that refer to it. All read their input first, so that each output is searched for the identifiers of
 * all. A failure names the input that it is about.
 */
export async function runTables(tables: readonly OpenTable[], watch: Watch): Promise<TableResult[]> {
  const keys = new Map<string, WrittenKeys>();
  const prepared = await each(tables, (table) => prepare(table, keys, watch));
  await each(prepared, async ({ table, run }) => {
    await run.begin(table.policy.foreignKeys.length === 0);
    watch(table.policy.table, 'begun');
  });
  return each(prepared, async ({ table, run, orphans, end }) => {
    const others = prepared.flatMap((other) => {
      const values = other.run.identifiers;
      return other.table === table || values === undefined ? [] : [{ table: other.table.policy.table!, values }];
    });
    const result = await run.finish(others);
    const facts = await end();
    watch(table.policy.table, 'done');
    return { ...table, result, facts, orphans: orphans.map((check) => check.result()) };
  });

  function prepare(table: OpenTable, written: Map<string, WrittenKeys>, watched: Watch): Prepared {
    const { policy, data, input, spool } = table;
    const { fields } = data.opened;
    if (fields !== undefined) requireHeader(policy, fields, input.name);
    const plan = planPolicy(policy, fields, table.resources);
    const noted = referredFields(tables, policy).map((field) => {
      const values = new WrittenKeys(randomBytes(32));
      written.set(`${policy.table}.${field}`, values);
      return { slot: slotOf(plan, field), written: values };
    });
    const orphans = policy.foreignKeys.map((key) =>
      createOrphanCheck(key, slotOf(plan, key.field), written.get(`${key.table}.${key.to}`)!),
    );
    const { sink, end } = output(policy, spool);
    const run = prepareRun({
      policy,
      plan,
      ...data,
      source: input,
      sink,
      nullValues: policy.input.nullValues ?? data.format.nullValues,
      leakCheck: true,
      onPass: (pass) => watched(policy.table, pass === 1 ? 'pass 1' : 'pass 2'),
      ...(orphans.length === 0 ? {} : { filters: orphans }),
      ...(noted.length === 0 ? {} : { keys: noted }),
    });
    return { policy, input, table, run, orphans, end };
  }
}

interface Prepared extends Pick<OpenTable, 'policy' | 'input'> {
  readonly table: OpenTable;
  readonly run: Run;
  readonly orphans: readonly OrphanCheck[];
  readonly end: () => Promise<FileFacts>;
}

/** Do `work` for one table after the other; a failure that names no file is about the table's input. */
async function each<T extends { readonly input: Input }, R>(
  tables: readonly T[],
  work: (table: T) => R | Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  for (const table of tables) {
    try {
      results.push(await work(table));
    } catch (error) {
      throw error instanceof Failure ? at(error, { file: table.input.name }) : error;
    }
  }
  return results;
}

/** Fields of a table that other tables refer to. */
function referredFields(tables: readonly OpenTable[], { table }: Policy): string[] {
  const keys = tables.flatMap(({ policy }) => policy.foreignKeys);
  return [...new Set(keys.flatMap((key) => (key.table === table ? [key.to] : [])))];
}

/** The parser has seen that the policy names the field, and the plan that the data has it. */
function slotOf(plan: Plan, field: string): number {
  return plan.fields.findIndex(({ name }) => name === field);
}

function output(policy: Policy, spool: Spool) {
  const digest = createChunkDigest();
  const plain = {
    async write(bytes: Buffer) {
      digest.update(bytes);
      await spool.write(bytes);
    },
  };
  const gzip = policy.output.compress === 'gzip' ? gzipSink(plain) : undefined;
  return {
    sink: gzip ?? plain,
    async end() {
      await gzip?.end();
      return digest.finish();
    },
  };
}

/** Fresh randomness, or, where the policy says `reproducible`, what key, policy, table and input determine. */
async function streamSecret(policy: Policy, keys: ReadonlyMap<string, Buffer>, input: Input): Promise<Buffer> {
  if (policy.reproducible === undefined) return randomBytes(32);
  const key = keys.get(policy.reproducible.key)!;
  const stream = await input.open({ digest: true });
  const block = Buffer.allocUnsafe(1 << 20);
  while ((await stream.read(block, 0, block.length)) > 0);
  await stream.close();
  const keyed = Buffer.alloc(32);
  createHmacBatch(hkdfSha256(key, 'anon/v1/reproducible')).digest(input.digest(), 0, 32, keyed, 0);
  // Two tables of equal bytes share no noise.
  const table = policy.table === undefined ? '' : `/${policy.table}`;
  return hkdfSha256(key, `anon/v1/stream/${policy.digest}/${keyed.toString('hex')}${table}`);
}
