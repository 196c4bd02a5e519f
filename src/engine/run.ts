import { type Diagnostic, fail } from '../base/diagnostic.ts';
import type { Plan, PlannedField } from '../policy/plan.ts';
import type { Population } from '../table/population.ts';
import { changed } from './blocks.ts';
import { collectTables } from './collect.ts';
import { createCount } from './counting.ts';
import { createFieldRun } from './field-run.ts';
import { LeakCheck, type LeakFinding, type LeakResult } from './leak/leak-check.ts';
import { outputOf } from './output.ts';
import { passOne } from './pass-one.ts';
import { passTwo } from './pass-two.ts';
import { peersOf } from './peers.ts';
import { type RunRequest, writtenNull } from './request.ts';
import { measuredSlots } from './roles.ts';
import { createSampling, type Sampling } from './sampling.ts';
import type { InputSource } from './source.ts';
import { decideSuppression, type Measured, measureModels } from './suppression.ts';

/** What a run did, and what its output measurably is. */
export interface RunResult {
  readonly records: {
    readonly source: number;
    /** Records of the sample, where one was taken; the others were not suppressed, but never meant to be released. */
    readonly sampled?: number;
    readonly written: number;
    readonly suppressed: number;
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

/**
 * Run a plan over an input: pass 1 counts what the models and the leak check need, pass 2 writes. Before them a sample of so many
 * records takes a reading, and so do steps that look at all values of their field.
 */
export async function runPlan(request: RunRequest): Promise<RunResult> {
  const { policy, plan, source } = request;
  const slots = measuredSlots(policy, plan);
  const runs = plan.fields.map(createFieldRun);
  const peers = peersOf(policy, plan);
  const count = createCount(plan, slots, writtenNull(request));
  const output = outputOf(request);
  const leak =
    request.leakCheck && slots.hidden.length > 0
      ? new LeakCheck(slots.hidden, output.opened.withoutEscapes, inventedFields(plan))
      : undefined;
  const distinct = () => slots.quasi.map((slot, d) => ({ name: plan.fields[slot]!.name, distinct: count.distinct(d) }));
  const privacy = policy.privacy !== undefined && policy.privacy.models.length > 0 ? policy.privacy : undefined;

  const sampling = await createSampling(request);
  const collected = await collectTables(request, runs, peers, sampling);
  request.onPass?.('pass 1');
  const first = privacy || leak ? await passOne(request, slots, runs, peers, count, leak, sampling) : undefined;
  requireSame(source, sampling?.fingerprint, collected, first?.fingerprint);
  if (first?.records === 0) throw noRecords(source.name, sampling);
  leak?.seal();
  const population = first?.population;
  const suppressing =
    privacy && population
      ? {
          population,
          numbers: first.numbers,
          fails: decideSuppression(policy, privacy, population, first.records, distinct(), request).fails,
        }
      : undefined;

  request.onPass?.('pass 2');
  for (const { counts } of runs) Object.assign(counts, { values: 0, nulls: 0, redacted: 0 });
  const second = await passTwo(request, output, slots, runs, peers, count, suppressing, leak, sampling);
  requireSame(source, sampling?.fingerprint, collected, first?.fingerprint, second.fingerprint);
  if (second.sampledRecords === 0) throw noRecords(source.name, second.records === 0 ? undefined : sampling);
  const models =
    privacy && second.population && population
      ? measureModels(policy, privacy, second.population, population, request)
      : [];
  if (output.needs.length > 0 && models.some((model) => !model.holds)) throw convertedFailure();
  if (models.some((model) => !model.holds)) throw new Error('the output violates a model that was found to hold');
  return {
    records: {
      source: second.records,
      ...(sampling === undefined ? {} : { sampled: second.sampledRecords }),
      written: second.writtenRecords,
      suppressed: second.sampledRecords - second.writtenRecords,
    },
    fields: plan.fields.map((field, slot) => ({ field, ...runs[slot]!.counts })),
    quasi: slots.quasi.map((slot, d) => ({ name: plan.fields[slot]!.name, distinct: second.distinct[d]! })),
    written: second.population,
    source: population,
    models,
    leak: leak && withFindings(leak.result(), second.short),
    warnings: [...plan.warnings, ...second.warnings],
  };
}

/** Names of fields whose values are made up. */
function inventedFields({ fields }: Plan): ReadonlySet<string> {
  return new Set(fields.flatMap(({ name, action, invents }) => (invents && action === 'change' ? [name] : [])));
}

function withFindings(result: LeakResult, more: readonly LeakFinding[]): LeakResult {
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

/** All readings so far were of the same bytes. */
function requireSame(source: InputSource, ...fingerprints: readonly (string | undefined)[]): void {
  const taken = fingerprints.filter((fingerprint) => fingerprint !== undefined);
  if (new Set(taken).size > 1) throw changed(source);
}

function noRecords(name: string, sampling: Sampling | undefined): Error {
  if (sampling !== undefined) {
    return fail('DATA-EMPTY', 'the sample holds no records', {
      place: { file: name },
      hint: 'an empty table is not released: take a larger `share`, or a number of `records`',
    });
  }
  return fail('DATA-EMPTY', 'the input holds no records', {
    place: { file: name },
    hint: 'an empty table is not released: check that the file is the one you meant',
  });
}
