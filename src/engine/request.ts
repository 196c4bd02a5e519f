import { type Diagnostic, Failure } from '../base/diagnostic.ts';
import type { Format, InputOptions, Opened, ScanRequest } from '../formats/batch.ts';
import type { Plan } from '../policy/plan.ts';
import type { Policy } from '../policy/policy.ts';
import { Kind } from '../table/column.ts';
import type { RecordFilter } from './left-out.ts';
import type { InputSource, Sink } from './source.ts';
import type { WrittenKeys } from './written-keys.ts';

export interface RunRequest {
  readonly policy: Policy;
  readonly plan: Plan;
  readonly format: Format;
  readonly options: InputOptions;
  /** The head of `source`, read. */
  readonly opened: Opened;
  readonly source: InputSource;
  readonly sink: Sink;
  /** Values that count as null; the first is what a null is written as. */
  readonly nullValues: readonly string[];
  /** Search the output for values of identifiers. */
  readonly leakCheck: boolean;
  /** Leave records out before anything is measured. */
  readonly filters?: readonly RecordFilter[];
  /** Remember what is written in these slots, for tables that refer to them. */
  readonly keys?: readonly { readonly slot: number; readonly written: WrittenKeys }[];
  /** Called when a pass over the input begins. */
  readonly onPass?: ((pass: 1 | 2) => void) | undefined;
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
export function writtenNull({ opened, plan, nullValues }: RunRequest): Buffer {
  const text = Buffer.from(nullValues[0] ?? '');
  const encoder = opened.encoderFor(plan.kept);
  const written = Buffer.alloc(encoder.bound(text.length));
  return written.subarray(0, encoder.encode(written, 0, Kind.null, text, 0, text.length, false));
}

/** The fields that are written, and the output's own head: what reads the output needs. */
export interface OutputLayout {
  readonly opened: Opened;
  /** Slots of the plan that are written; the output's scanner numbers its slots by this list. */
  readonly slots: readonly number[];
  readonly request: (wanted: (slot: number) => boolean) => ScanRequest;
}

export function outputLayout(request: RunRequest): OutputLayout {
  const { plan, opened, format, options } = request;
  const head = opened.head(plan.dropped);
  const slots = plan.fields.flatMap(({ action }, slot) => (action === 'drop' && plan.kept > 0 ? [] : [slot]));
  return {
    opened: head.length === 0 ? opened : format.open(head, true, options)!,
    slots,
    request(wanted) {
      const whole = scanRequest(request, wanted);
      return { ...whole, slots: slots.map((slot) => whole.slots[slot]!) };
    },
  };
}

/** Every exact selector must have been found in some record. */
export function requireFound(request: RunRequest, found: Uint8Array): readonly Diagnostic[] {
  const { plan, policy } = request;
  const absent = plan.fields.flatMap(({ rule }, slot) => {
    if (found[slot] === 1 || rule.selector === '') return [];
    const path = ['fields', rule.selector];
    return rule.kind === 'glob'
      ? [{ ...policy.problem('POLICY-MEANING', path, 'no field matches this glob'), severity: 'warning' as const }]
      : [policy.problem('DATA-FIELDS', path, `no record of the data has a field \`${rule.selector}\``)];
  });
  if (absent.some((diagnostic) => diagnostic.severity !== 'warning')) throw new Failure(absent);
  return absent;
}
