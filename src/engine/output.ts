import type { Format, Opened, RecordLayout, Scanner, ScanRequest } from '../formats/batch.ts';
import { columnNameOf } from '../policy/selectors.ts';
import { createAssembler } from './assemble.ts';
import { keepsNulls } from './counting.ts';
import { createReframer } from './reframe.ts';
import { type RunRequest, scanRequest } from './request.ts';
import { createSplicer, type Splice } from './splice.ts';

/** How the output is written, and what reads it again needs. */
export interface Output {
  /** For reading parts of the output. */
  readonly opened: Opened;
  /** Slots of the plan that are written; the output's scanner numbers its slots by this list. */
  readonly slots: readonly number[];
  readonly request: (wanted: (slot: number) => boolean) => ScanRequest;
  /** Slots whose cells must be located for writing them, changed or not. */
  readonly needs: readonly number[];
  /** Numbers and dates are written as in the input; otherwise they are JSON's numbers and ISO 8601's dates. */
  readonly notated: boolean;
  /** What is made of the file with this head: one for each pass, as it has a state. */
  begin(opened: Opened): OutputFile;
}

export interface OutputFile {
  readonly head: Buffer;
  readonly splice: Splice;
  /** Behind the last record; `scanner` has read the input file to its end. */
  tail(scanner: Scanner): Buffer | undefined;
}

export function outputOf(request: RunRequest): Output {
  const { target, format, files } = request;
  if (target === undefined || target === format) return sameFormat(request);
  const { copyBare } = files.first.opened;
  return target.paths && copyBare !== undefined ? reframed(request, target.layout([]), copyBare) : assembled(request);
}

/** Text stays text; a table's numbers become JSON's. */
export function keepsNotations(from: Pick<Format, 'paths'>, to: Pick<Format, 'paths'>): boolean {
  return from.paths || !to.paths;
}

function sameFormat(request: RunRequest): Output {
  const { plan, files } = request;
  const { opened } = files.first;
  const slots = plan.fields.flatMap(({ action }, slot) => (action === 'drop' && plan.kept > 0 ? [] : [slot]));
  return {
    opened: opened.withoutColumns?.(plan.dropped) ?? opened,
    slots,
    request(wanted) {
      const whole = scanRequest(request, wanted);
      return { ...whole, slots: slots.map((slot) => whole.slots[slot]!) };
    },
    needs: [],
    notated: true,
    begin: (file) => ({
      head: file.head(plan.dropped),
      splice: splicerOf(request, file),
      tail: (scanner) => scanner.tail?.(),
    }),
  };
}

/** Records are copied from one frame into another. */
function reframed(request: RunRequest, layout: RecordLayout, copyBare: NonNullable<Opened['copyBare']>): Output {
  return {
    ...sameFormat(request),
    opened: layout.opened,
    begin(file) {
      const splice = splicerOf(request, file);
      const reframe = createReframer(copyBare, layout);
      return { head: layout.head, splice: (...batch) => reframe(splice(...batch)), tail: () => layout.tail };
    },
  };
}

/** Records are written anew. */
function assembled(request: RunRequest): Output {
  const { plan, format, nullValues } = request;
  const target = request.target!;
  const slots = plan.fields.flatMap(({ action }, slot) => (action === 'drop' ? [] : [slot]));
  const layout = target.layout(slots.map((slot) => columnNameOf(plan.fields[slot]!.name, format.paths)));
  const nullText = nullValues[0] ?? '';
  return {
    opened: layout.opened,
    slots,
    request(wanted) {
      const whole = scanRequest(request, wanted).slots;
      return {
        slots: slots.map((slot, i) => ({ ...whole[slot]!, selector: layout.selectors[i]! })),
        unlisted: 'reject',
        nullValues: target.paths ? [] : [...nullValues, nullText].map((value) => Buffer.from(value)),
      };
    },
    needs: slots,
    notated: keepsNotations(format, target),
    begin: () => ({
      head: layout.head,
      splice: createAssembler({
        fields: plan.fields,
        slots,
        layout,
        nullText: Buffer.from(nullText),
        nullsAreText: !format.paths,
      }),
      tail: () => layout.tail,
    }),
  };
}

function splicerOf({ plan, nullValues }: RunRequest, opened: Opened): Splice {
  return createSplicer({
    actions: plan.fields.map(({ action }) => action),
    removal: opened.removal,
    separatorEnd: opened.separatorEnd,
    encoder: opened.encoderFor(plan.kept),
    nullText: Buffer.from(nullValues[0] ?? ''),
    only: plan.kept === 1,
    keepNulls: plan.fields.map(keepsNulls),
  });
}
