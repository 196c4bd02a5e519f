import { type Diagnostic, fail } from '../base/diagnostic.ts';
import type { PlannedField } from '../policy/plan.ts';
import type { Population } from '../table/population.ts';
import { changed } from './blocks.ts';
import { createCount } from './counting.ts';
import { createFieldRun } from './field-run.ts';
import { LeakCheck, type LeakFinding, type LeakResult } from './leak/leak-check.ts';
import { type OtherTable, OtherTables } from './leak/other-tables.ts';
import type { SourceValues } from './leak/source-values.ts';
import { type PassOne, passOne } from './pass-one.ts';
import { passTwo } from './pass-two.ts';
import { peersOf } from './peers.ts';
import { type RunRequest, writtenNull } from './request.ts';
import { measuredSlots } from './roles.ts';
import { decideSuppression, type Measured, measureModels } from './suppression.ts';

/** What a run did, and what its output measurably is. */
export interface RunResult {
  readonly records: {
    readonly source: number;
    readonly written: number;
    /** Left out by a privacy model. */
    readonly suppressed: number;
    /** Left out by a filter before anything was measured, where there is one. */
    readonly leftOut?: number;
  };
  readonly fields: readonly FieldCounts[];
  /** Quasi-identifiers that are written, with their distinct values in the output. */
  readonly quasi: readonly { readonly name: string; readonly distinct: number }[];
  /** The classes of the output; undefined when no quasi-identifier is written. */
  readonly written: Population | undefined;
  /** The classes before suppression; undefined when no model asks for them. */
  readonly source: Population | undefined;
  readonly models: readonly Measured[];
  /** Undefined when nothing was searched for. */
  readonly leak: LeakResult | undefined;
  readonly warnings: readonly Diagnostic[];
}

export interface FieldCounts {
  readonly field: PlannedField;
  readonly values: number;
  readonly nulls: number;
  /** Values that could not be read and were put away. */
  readonly redacted: number;
}

/** Run a plan over an input: pass 1 counts what the models and the leak check need, pass 2 writes. */
export async function runPlan(request: RunRequest): Promise<RunResult> {
  const run = prepareRun(request);
  await run.begin(true);
  return run.finish([]);
}

/** A run in two parts, between which other tables can begin theirs. */
export interface Run {
  /**
   * Pass 1. `counts: false`: which records are left out is not known yet, so that it remembers identifiers only, and `finish` reads
   * the input once more if a model asks for classes.
   */
  begin(counts: boolean): Promise<void>;
  /** The identifiers' values, once begun; undefined where none are searched for. */
  readonly identifiers: SourceValues | undefined;
  /** Pass 2; `others` are tables whose identifiers are searched for as well. */
  finish(others: readonly OtherTable[]): Promise<RunResult>;
}

export function prepareRun(request: RunRequest): Run {
  const { policy, plan, source } = request;
  const { withoutEscapes } = request.opened;
  const slots = measuredSlots(policy, plan);
  const runs = plan.fields.map(createFieldRun);
  const peers = peersOf(policy, plan);
  const count = createCount(plan, slots, writtenNull(request));
  const leak = request.leakCheck && slots.hidden.length > 0 ? new LeakCheck(slots.hidden, withoutEscapes) : undefined;
  const distinct = () => slots.quasi.map((slot, d) => ({ name: plan.fields[slot]!.name, distinct: count.distinct(d) }));
  const privacy = policy.privacy !== undefined && policy.privacy.models.length > 0 ? policy.privacy : undefined;
  const fingerprints = new Set<string>();
  let first: PassOne | undefined;

  async function readOnce(reading: () => Promise<PassOne>): Promise<PassOne> {
    request.onPass?.(1);
    const pass = await reading();
    fingerprints.add(pass.fingerprint);
    if (pass.records === 0) throw noRecords(source.name);
    return pass;
  }

  async function begin(counts: boolean): Promise<void> {
    if (counts && (privacy || leak)) {
      first = await readOnce(() => passOne(request, slots, runs, peers, count, leak, privacy !== undefined));
    } else if (leak) {
      const unmeasured = { ...slots, quasi: [], sensitive: [] };
      const owners = createCount(plan, unmeasured, Buffer.alloc(0));
      await readOnce(() => passOne(request, unmeasured, runs, peers, owners, leak, false));
    }
    leak?.seal();
  }

  async function finish(tables: readonly OtherTable[]): Promise<RunResult> {
    if (privacy && first === undefined) {
      first = await readOnce(() => passOne(request, slots, runs, peers, count, undefined, true));
    }
    if (first?.measured === 0) throw nothingLeft(source.name);
    const population = first?.population;
    const suppressing =
      privacy && population
        ? {
            population,
            numbers: first!.numbers,
            fails: decideSuppression(policy, privacy, population, first!.measured, distinct()).fails,
          }
        : undefined;
    const invented = plan.fields.flatMap(({ invents }, slot) => (invents ? [slot] : []));
    const others =
      request.leakCheck && tables.length > 0
        ? new OtherTables({ hidden: leak ? slots.hidden : [], invented, withoutEscapes }, tables)
        : undefined;

    request.onPass?.(2);
    for (const { counts } of runs) Object.assign(counts, { values: 0, nulls: 0, redacted: 0 });
    const second = await passTwo(request, slots, runs, peers, count, suppressing, leak, others);
    fingerprints.add(second.fingerprint);
    if (fingerprints.size > 1) throw changed(source);
    if (second.records === 0) throw noRecords(source.name);
    if (second.writtenRecords === 0) throw nothingLeft(source.name);
    const models = privacy && second.population ? measureModels(privacy, second.population) : [];
    if (models.some((model) => !model.holds)) throw new Error('the output violates a model that was found to hold');
    return {
      records: {
        source: second.records,
        written: second.writtenRecords,
        suppressed: second.measured - second.writtenRecords,
        ...(request.filters === undefined ? {} : { leftOut: second.records - second.measured }),
      },
      fields: plan.fields.map((field, slot) => ({ field, ...runs[slot]!.counts })),
      quasi: slots.quasi.map((slot, d) => ({ name: plan.fields[slot]!.name, distinct: second.distinct[d]! })),
      written: second.population,
      source: population,
      models,
      leak: leakResult(
        leak?.result(),
        [...second.short, ...(others?.findings() ?? [])],
        others && second.writtenRecords,
      ),
      warnings: [...plan.warnings, ...second.warnings],
    };
  }

  return {
    begin,
    finish,
    get identifiers() {
      return leak?.values;
    },
  };
}

/** `searched` is how many records were searched for values of other tables. */
function leakResult(
  own: LeakResult | undefined,
  more: readonly LeakFinding[],
  searched: number | undefined,
): LeakResult | undefined {
  if (own === undefined && searched === undefined) return undefined;
  const result = own ?? { findings: [], byChance: 0, values: 0, records: searched! };
  return { ...result, findings: [...more, ...result.findings] };
}

function noRecords(name: string): Error {
  return fail('DATA-EMPTY', 'the input holds no records', {
    place: { file: name },
    hint: 'an empty table is not released: check that the file is the one you meant',
  });
}

function nothingLeft(name: string): Error {
  return fail('DATA-EMPTY', 'every record is left out, so nothing would be written', {
    place: { file: name },
    hint: 'check that the file is the one you meant, and what leaves its records out',
  });
}
