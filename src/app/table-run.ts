import { randomBytes } from 'node:crypto';
import { Failure } from '../base/diagnostic.ts';
import { createAddressedRandom } from '../crypto/addressed-random.ts';
import { boundedDraws, drawBytes } from '../crypto/bounded-draw.ts';
import type { InputFiles } from '../engine/input-files.ts';
import type { Look } from '../engine/look.ts';
import { createOrphanCheck, type Orphans } from '../engine/orphans.ts';
import { OwnReferences } from '../engine/own-references.ts';
import type { PopulationInput } from '../engine/population.ts';
import type { Pass } from '../engine/request.ts';
import { prepareRun, type Run, type RunResult } from '../engine/run.ts';
import { WrittenKeys } from '../engine/written-keys.ts';
import type { Format } from '../formats/batch.ts';
import type { Hierarchy } from '../hierarchies/definition.ts';
import { createBreathe } from '../io/breathe.ts';
import { type DataFile, type DataSink, dataFiles, maxDataFiles, type Split } from '../io/data-files.ts';
import { noProgress, type Progress } from '../io/progress.ts';
import { shuffledRecords } from '../io/shuffled-records.ts';
import type { Spool } from '../io/spool.ts';
import type { TextInput } from '../io/text-input.ts';
import type { Plan } from '../policy/plan.ts';
import type { Policy } from '../policy/policy.ts';
import { type Compared, type Comparison, createComparison } from '../risk/comparison.ts';
import type { OpenData } from './open-data.ts';

/** A table of a run: its input, what is done to it, and where its output waits. */
export interface OpenTable {
  readonly policy: Policy;
  /** The bytes of each of its files, as they came. */
  readonly inputs: readonly Pick<TextInput, 'digest' | 'size' | 'codec'>[];
  readonly files: InputFiles;
  readonly data: Pick<OpenData, 'format' | 'options'>;
  readonly outputFormat: Format;
  /** When its output is split into files. */
  readonly split: Split | undefined;
  readonly plan: Plan;
  /** Key of the draws that choose a sample. */
  readonly sampleKey: Buffer;
  /** When the records are written in another order: where they wait for it, and the key of the draws. */
  readonly shuffled?: { readonly spool: Spool; readonly key: Buffer } | undefined;
  /** The licensor wants source and output compared. */
  readonly compares: boolean;
  /** Hierarchies of the policy, for the models. */
  readonly hierarchy: (name: string) => Hierarchy;
  /** Where the policy names one. */
  readonly population?: PopulationInput | undefined;
  readonly spool: Spool;
  /** Sees what is written, batch by batch. */
  readonly look?: Look | undefined;
}

/** A table that was run. */
export interface TableResult extends OpenTable {
  readonly result: RunResult;
  readonly written: readonly DataFile[];
  /** IANA name of the encoding of what is made of each file. */
  readonly encodings: readonly string[];
  readonly orphans: readonly Orphans[];
  /** Undefined where nobody asked for it. */
  readonly compared: Compared | undefined;
}

/** Called when a part of the run begins or ends; `table` is undefined where there is one table only. */
export type Watch = (table: string | undefined, event: Pass | 'begun' | 'done') => void;

/**
 * Run tables, a table before those that refer to it. All read their input first, so that each output is searched for the identifiers of
 * all. A failure names the input that it is about.
 */
export async function runTables(
  tables: readonly OpenTable[],
  watch: Watch,
  progress: Progress = noProgress,
): Promise<TableResult[]> {
  const breathe = createBreathe();
  const keys = new Map<string, WrittenKeys>();
  const prepared = await each(tables, (table) => prepare(table, tables, keys, watch, progress));
  await each(prepared, async ({ table, run }) => {
    await run.begin(table.policy.foreignKeys.every((key) => key.table === table.policy.table));
    watch(table.policy.table, 'begun');
  });
  return each(prepared, async ({ table, run, orphans, sink, encodings, comparison }) => {
    const others = prepared.flatMap((other) => {
      const values = other.run.identifiers;
      return other.table === table || values === undefined ? [] : [{ table: other.table.policy.table!, values }];
    });
    const result = await run.finish(others);
    const written = await sink.end();
    watch(table.policy.table, 'done');
    await breathe();
    return {
      ...table,
      result,
      written,
      encodings,
      orphans: orphans(),
      compared: comparison?.finish(result.givenPeople),
    };
  });
}

interface Prepared extends Pick<OpenTable, 'files'> {
  readonly table: OpenTable;
  readonly run: Run;
  /** Once it is written. */
  readonly orphans: () => readonly Orphans[];
  readonly sink: DataSink;
  readonly encodings: readonly string[];
  readonly comparison: Comparison | undefined;
}

/** `keys` are the written values of the fields that tables refer to, by `TABLE.FIELD`: those of this table are added. */
async function prepare(
  table: OpenTable,
  tables: readonly OpenTable[],
  keys: Map<string, WrittenKeys>,
  watch: Watch,
  progress: Progress,
): Promise<Prepared> {
  const {
    policy,
    inputs,
    files,
    data,
    plan,
    outputFormat,
    split,
    sampleKey,
    shuffled,
    hierarchy,
    population,
    spool,
    look,
  } = table;
  const { own, others } = referencesOf(policy, plan);
  const noted = referredFields(tables, policy).map((field) => {
    const values = new WrittenKeys(randomBytes(32));
    keys.set(`${policy.table}.${field}`, values);
    return { slot: slotOf(plan, field), written: values };
  });
  const checks = others.map((key) =>
    createOrphanCheck(key, slotOf(plan, key.field), keys.get(`${key.table}.${key.to}`)!),
  );
  const codecs = inputs.map(({ codec }) => (policy.output.encoding === 'same' ? codec : undefined));
  const spare = maxDataFiles - tables.reduce((sum, other) => sum + other.inputs.length, 0);
  const most = inputs.length + Math.floor(spare / tables.length);
  const inOrder = dataFiles(spool, { codecs, gzipLevel: policy.output.gzipLevel, split, most });
  const sink =
    shuffled === undefined
      ? inOrder
      : shuffledRecords(inOrder, {
          spool: shuffled.spool,
          draw: boundedDraws(createAddressedRandom(shuffled.key, drawBytes)),
          bare: outputFormat.bare,
        });
  const comparison = table.compares ? createComparison(policy, plan) : undefined;
  const run = await prepareRun({
    policy,
    plan,
    ...data,
    files,
    sink,
    refused: sink.refused,
    target: outputFormat,
    nullValues: policy.input.nullValues ?? data.format.nullValues,
    leakCheck: true,
    sampleKey,
    hierarchy,
    population,
    observer: comparison,
    onPass: (pass) => watch(policy.table, pass),
    onJudged: (choices) => progress.reached(choices, 'choices'),
    breathe: createBreathe(),
    look,
    ...(checks.length === 0 ? {} : { filters: checks }),
    own,
    ...(noted.length === 0 ? {} : { keys: noted }),
  });
  const orphans = (): Orphans[] => [...checks.map((check) => check.result()), ...(own?.result() ?? [])];
  const encodings = codecs.map((codec) => codec?.name ?? 'utf-8');
  return { files, table, run, orphans, sink, encodings, comparison };
}

/** Do `work` for one table after the other; a failure that names no file is about one of the table's. */
async function each<T extends { readonly files: InputFiles }, R>(
  tables: readonly T[],
  work: (table: T) => R | Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  for (const table of tables) {
    try {
      results.push(await work(table));
    } catch (error) {
      throw error instanceof Failure ? table.files.placed(error) : error;
    }
  }
  return results;
}

/** References of a table to itself, and to others. */
function referencesOf({ table, foreignKeys }: Policy, plan: Plan) {
  const own = foreignKeys.filter((key) => key.table === table);
  const others = foreignKeys.filter((key) => key.table !== table);
  const slots = own.map((key) => ({ key, slot: slotOf(plan, key.field), to: slotOf(plan, key.to) }));
  return { own: own.length === 0 ? undefined : new OwnReferences(slots), others };
}

/** Fields of a table that other tables refer to. */
function referredFields(tables: readonly OpenTable[], { table }: Policy): string[] {
  const keys = tables.flatMap(({ policy }) => (policy.table === table ? [] : policy.foreignKeys));
  return [...new Set(keys.flatMap((key) => (key.table === table ? [key.to] : [])))];
}

/** The parser has seen that the policy names the field, and the plan that the data has it. */
function slotOf(plan: Plan, field: string): number {
  return plan.fields.findIndex(({ name }) => name === field);
}
