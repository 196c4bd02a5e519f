import { type Diagnostic, fail } from '../base/diagnostic.ts';
import type { Plan, PlannedField } from '../policy/plan.ts';
import type { Population } from '../table/population.ts';
import type { PopulationTable } from '../table/population-table.ts';
import type { Tuples } from '../table/tuples.ts';
import { createClassView, relabelledPeople } from './class-view.ts';
import { collectTables, noteReferences } from './collect.ts';
import { createCount } from './counting.ts';
import { decide } from './decide.ts';
import { createFieldRun } from './field-run.ts';
import type { Generalization } from './generalization.ts';
import type { InputFiles } from './input-files.ts';
import { LeakCheck, type LeakFinding, type LeakResult } from './leak/leak-check.ts';
import { type OtherTable, OtherTables } from './leak/other-tables.ts';
import type { SourceValues } from './leak/source-values.ts';
import { everyLabel, generalized } from './level-view.ts';
import { outputOf } from './output.ts';
import { type PassOne, passOne } from './pass-one.ts';
import type { PassTools, ReadRecords } from './pass-tools.ts';
import { passTwo } from './pass-two.ts';
import { peersOf } from './peers.ts';
import { createPeopleBehind, peopleInRegions } from './people-behind.ts';
import { readPopulation } from './population.ts';
import { type RunRequest, writtenNull } from './request.ts';
import { measuredSlots } from './roles.ts';
import { createSampling } from './sampling.ts';
import { createSelection, type RecordFilter } from './selection.ts';
import { type Measured, measureModels } from './suppression.ts';

/** What a run did, and what its output measurably is. */
export interface RunResult {
  readonly records: {
    readonly source: number;
    /** Records of the sample, where one was taken; the others were not suppressed, but never meant to be released. */
    readonly sampled?: number;
    /** Records of the sample that a filter left out before anything was measured, where there is one. */
    readonly leftOut?: number;
    readonly written: number;
    /** Left out by a privacy model. */
    readonly suppressed: number;
  };
  readonly fields: readonly FieldCounts[];
  /** Quasi-identifiers that are written, with their distinct values in the output. */
  readonly quasi: readonly { readonly name: string; readonly distinct: number }[];
  /** The classes of the output; undefined when no quasi-identifier is written. */
  readonly written: Population | undefined;
  /** The distinct tuples of the output, by the quasi-identifiers in `quasi`; undefined when none is written. */
  readonly tuples: Tuples | undefined;
  /** The classes before suppression; undefined when no model asks for them. */
  readonly source: Population | undefined;
  /** The population as it is given; undefined where there is none, or nobody observes the run. */
  readonly givenPeople: PopulationTable | undefined;
  readonly models: readonly Measured[];
  /** The levels that a search chose; undefined when the policy leaves none open. */
  readonly generalization: Generalization | undefined;
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

/**
 * Run a plan over an input: pass 1 counts what the models and the leak check need, pass 2 writes. Before them a sample of so many
 * records takes a reading, and so do steps that look at all values of their field.
 */
export async function runPlan(request: RunRequest): Promise<RunResult> {
  const run = await prepareRun(request);
  await run.begin(true);
  return run.finish([]);
}

/** A run in two parts, between which other tables can begin theirs. */
export interface Run {
  /**
   * The readings before pass 2. `complete: false`: which records are left out is not known yet, so that this remembers identifiers
   * only, and `finish` reads the input for what steps or models ask of the records that are not.
   */
  begin(complete: boolean): Promise<void>;
  /** The identifiers' values, once begun; undefined where none are searched for. */
  readonly identifiers: SourceValues | undefined;
  /** Pass 2; `others` are tables whose identifiers are searched for as well. */
  finish(others: readonly OtherTable[]): Promise<RunResult>;
}

/** Make a run ready, which for a sample of so many records takes a reading to count them. */
export async function prepareRun(request: RunRequest): Promise<Run> {
  const { policy, plan, files, filters, own } = request;
  const slots = measuredSlots(policy, plan);
  const runs = plan.fields.map(createFieldRun);
  const peers = peersOf(policy, plan);
  const count = createCount(plan, slots, writtenNull(request));
  const output = outputOf(request);
  const { withoutEscapes } = output.opened;
  const leak =
    request.leakCheck && slots.hidden.length > 0
      ? new LeakCheck(slots.hidden, withoutEscapes, inventedFields(plan))
      : undefined;
  const privacy = policy.privacy !== undefined && policy.privacy.models.length > 0 ? policy.privacy : undefined;
  if (privacy && request.population) request.onPass?.('population');
  const read =
    privacy &&
    request.population &&
    (await readPopulation(
      policy,
      plan,
      slots,
      request.population,
      request.format.paths,
      request.observer !== undefined,
    ));
  const people = read?.people;
  const quasi = slots.quasi.map((slot) => plan.fields[slot]!);
  const behind =
    people && privacy?.search.recoding === 'local'
      ? createPeopleBehind(people, (d, text) => everyLabel(quasi[d]!, text))
      : undefined;
  const counted =
    people &&
    (behind ? peopleInRegions(people, behind) : relabelledPeople(people, (d, text) => generalized(quasi[d]!, text)));
  const view = privacy && createClassView(privacy, counted);
  const sampling = await createSampling(request);
  const sample = createSelection(runs, peers, sampling, []);
  const filtered = (more: readonly RecordFilter[]) =>
    createSelection(runs, peers, sampling, [...(filters ?? []), ...more]);
  const selection =
    filters === undefined && own === undefined ? sample : filtered(own === undefined ? [] : [own.filter]);
  const tools: PassTools = { request, slots, runs, peers, count, leak, selection };
  const unsearched = { ...tools, leak: undefined };
  let collected = false;
  let first: PassOne | undefined;

  async function collect(): Promise<void> {
    if (own !== undefined) {
      await noteReferences(request, filtered([own.notes]));
      own.begin();
    }
    await collectTables(request, runs, peers, selection);
    collected = true;
  }

  async function readOnce(reading: () => Promise<PassOne>): Promise<PassOne> {
    request.onPass?.('pass 1');
    const pass = await reading();
    requireRecords(pass, files);
    return pass;
  }

  async function begin(complete: boolean): Promise<void> {
    if (complete) await collect();
    if (complete && (privacy || leak)) {
      first = await readOnce(() =>
        passOne({ ...tools, selection: privacy ? selection : sample }, privacy !== undefined),
      );
    } else if (leak) {
      const unmeasured = { ...slots, quasi: [], sensitive: [] };
      const owners = createCount(plan, unmeasured, Buffer.alloc(0));
      await readOnce(() => passOne({ ...tools, slots: unmeasured, count: owners, selection: sample }, false));
    }
    await request.breathe?.();
    leak?.seal();
    await request.breathe?.();
  }

  async function finish(tables: readonly OtherTable[]): Promise<RunResult> {
    if (!collected) await collect();
    if (privacy && first === undefined) {
      first = await readOnce(() => passOne(unsearched, true));
    }
    const decision =
      privacy && first
        ? await decide(tools, privacy, first, { people, behind, view }, (again, levels) =>
            readOnce(() => passOne({ ...unsearched, count: again }, true, levels)),
          )
        : undefined;
    const population = decision?.suppressing.population;
    const others =
      request.leakCheck && tables.length > 0
        ? new OtherTables({ hidden: leak ? slots.hidden : [], invented: inventedSlots(plan), withoutEscapes }, tables)
        : undefined;

    request.onPass?.('pass 2');
    const second = await passTwo(
      { ...tools, count: decision?.count ?? count },
      { output, suppressing: decision?.suppressing, others },
    );
    requireRecords(second, files);
    const { metered } = second;
    const written = metered && (view?.(metered.population, metered.values()) ?? metered.population);
    const models = privacy && written && population ? measureModels(policy, privacy, written, population, request) : [];
    if (output.needs.length > 0 && models.some((model) => !model.holds)) throw convertedFailure();
    if (models.some((model) => !model.holds)) throw new Error('the output violates a model that was found to hold');
    const suppressed = own?.suppressed ?? second.measured - second.writtenRecords;
    const leftOut = second.sampled - second.writtenRecords - suppressed;
    return {
      records: {
        source: second.records,
        ...(sampling === undefined ? {} : { sampled: second.sampled }),
        ...(filters === undefined && own === undefined ? {} : { leftOut }),
        written: second.writtenRecords,
        suppressed,
      },
      fields: plan.fields.map((field, slot) => ({ field, ...runs[slot]!.counts })),
      quasi: slots.quasi.map((slot, d) => ({ name: plan.fields[slot]!.name, distinct: metered?.distinct[d] ?? 0 })),
      written,
      tuples: metered?.tuples,
      source: population,
      givenPeople: read?.given,
      generalization: decision?.generalization,
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

/** Names of fields whose values are made up. */
function inventedFields({ fields }: Plan): ReadonlySet<string> {
  return new Set(fields.flatMap(({ name, action, invents }) => (invents && action === 'change' ? [name] : [])));
}

/** Slots of fields all of whose values are made up, but for those that stay as they are: whichever side a condition takes. */
function inventedSlots({ fields }: Plan): number[] {
  return fields.flatMap(({ action, invents, rule: { choice } }, slot) => {
    const sides = [choice?.steps ?? [], choice?.otherwise ?? []].filter((steps) =>
      steps.some(({ definition }) => definition.effect === 'change'),
    );
    const all = sides.every((steps) => steps.some(({ definition }) => definition.invents));
    return action === 'change' && invents && all ? [slot] : [];
  });
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

/** A table knows no difference between an empty text, a null and a field that is not there. */
function convertedFailure(): Error {
  return fail(
    'MODEL',
    'values that are apart in the input are one in the format of the output, and a model fails there',
    {
      hint: 'set `output: { format: same }`, or put an end to empty texts beside nulls in sensitive fields',
    },
  );
}

/** Throws a Failure where a reading found nothing to release. */
function requireRecords({ records, sampled, measured }: ReadRecords, { all, first }: InputFiles): void {
  const place = { file: first.source.name };
  if (records === 0) {
    const hint = 'an empty table is not released: check that the file is the one you meant';
    const message = all.length > 1 ? `none of the ${all.length} inputs holds a record` : 'the input holds no records';
    throw fail('DATA-EMPTY', message, { place, hint });
  }
  if (sampled === 0) {
    const hint = 'an empty table is not released: take a larger `share`, or a number of `records`';
    throw fail('DATA-EMPTY', 'the sample holds no records', { place, hint });
  }
  if (measured === 0) {
    const hint = 'check that the file is the one you meant, and what leaves its records out';
    throw fail('DATA-EMPTY', 'every record is left out, so nothing would be written', { place, hint });
  }
}
