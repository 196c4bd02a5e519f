import { type Diagnostic, Failure } from '../base/diagnostic.ts';
import type { Breathe } from '../base/steps.ts';
import type { Format, ScanRequest } from '../formats/batch.ts';
import type { ModelResources } from '../models/definition.ts';
import type { Plan } from '../policy/plan.ts';
import type { Policy } from '../policy/policy.ts';
import { Kind } from '../table/column.ts';
import type { ReadOptions } from './blocks.ts';
import type { InputFiles } from './input-files.ts';
import type { Look } from './look.ts';
import type { Observer } from './observer.ts';
import type { OwnReferences } from './own-references.ts';
import type { PopulationInput } from './population.ts';
import type { RecordFilter } from './selection.ts';
import type { Sink } from './source.ts';
import type { WrittenKeys } from './written-keys.ts';

/**
 * Readings of the population and of the input, and the search between them, in their order; only `pass 2` is always needed, and `pass 1`
 * may come again.
 */
export type Pass = 'population' | 'count' | 'references' | 'collect' | 'pass 1' | 'search' | 'pass 2';

/** Beside what models may ask for. */
export interface RunRequest extends ModelResources {
  readonly policy: Policy;
  readonly plan: Plan;
  readonly format: Format;
  readonly options: ReadOptions;
  readonly files: InputFiles;
  readonly sink: Sink;
  /** Values that count as null; the first is what a null is written as. */
  readonly nullValues: readonly string[];
  /** Offset of the first character of a text that the output cannot hold, -1 for none; left out where it can hold them all. */
  readonly refused?: ((text: Buffer) => number) | undefined;
  /** What the output is written in, where that is another format than the input's. */
  readonly target?: Format | undefined;
  /** Search the output for values of identifiers. */
  readonly leakCheck: boolean;
  /** A table of the population; a policy that names one needs it. */
  readonly population?: PopulationInput | undefined;
  /** Key of the draws that choose the records of a sample, 32 bytes; a policy with `sample` needs it. */
  readonly sampleKey?: Uint8Array | undefined;
  /** Leave records of the sample out before anything is measured. */
  readonly filters?: readonly RecordFilter[];
  /** References within the table. */
  readonly own?: OwnReferences | undefined;
  /** Remember what is written in these slots, for tables that refer to them. */
  readonly keys?: readonly { readonly slot: number; readonly written: WrittenKeys }[];
  /** Looks at what is read and written. */
  readonly observer?: Observer | undefined;
  /** Called when a pass over the input begins. */
  readonly onPass?: ((pass: Pass) => void) | undefined;
  /** Called with how many choices of levels the search has judged so far. */
  readonly onJudged?: ((choices: number) => void) | undefined;
  /** Called between the steps of work that would keep the event loop waiting. */
  readonly breathe?: Breathe | undefined;
  /** Sees each batch as it is written. All fields are then located. */
  readonly look?: Look | undefined;
}

/** What a scanner is to locate in the input. */
export function scanRequest(request: RunRequest, wanted: (slot: number) => boolean): ScanRequest {
  const { plan, nullValues } = request;
  return {
    slots: plan.fields.map(({ name, whole, repeats, rule }, slot) => ({
      selector: name,
      wanted: wanted(slot),
      whole,
      classed: wanted(slot) && rule.role === 'quasi-identifier' && !repeats,
    })),
    unlisted: plan.unlisted,
    nullValues: nullValues.map((value) => Buffer.from(value)),
  };
}

/** The bytes that a null is written as. */
export function writtenNull({ files, plan, nullValues }: RunRequest): Buffer {
  const text = Buffer.from(nullValues[0] ?? '');
  const encoder = files.first.opened.encoderFor(plan.kept);
  const written = Buffer.alloc(encoder.bound(text.length));
  return written.subarray(0, encoder.encode(written, 0, Kind.null, text, 0, text.length, false));
}

/** Every exact selector must have been found in some record. */
export function requireFound(request: RunRequest, found: Uint8Array): readonly Diagnostic[] {
  const { plan, policy } = request;
  const { maxRecords } = request.options;
  const absent = plan.fields.flatMap(({ rule }, slot) => {
    // What a part of the input has not, the rest of it may have.
    if (maxRecords !== undefined || found[slot] === 1 || rule.selector === '') return [];
    const path = ['fields', rule.selector];
    return rule.kind === 'glob'
      ? [{ ...policy.problem('POLICY-MEANING', path, 'no field matches this glob'), severity: 'warning' as const }]
      : [policy.problem('DATA-FIELDS', path, `no record of the data has a field \`${rule.selector}\``)];
  });
  if (absent.some((diagnostic) => diagnostic.severity !== 'warning')) throw new Failure(absent);
  return absent;
}
