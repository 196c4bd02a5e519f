import { type Column, ColumnBuffer, Kind, textAt } from '../table/column.ts';
import { Dictionary } from '../table/dictionary.ts';
import { type Cell, INVALID, NEXT, Numeral, type Value } from '../transforms/definition.ts';

/** A transform bound to a field: writes exactly `input.count` values. */
export type Stage = (input: Column, output: ColumnBuffer) => void;

/** All transforms of a field in a row. The result has as many values as the input, in the same order. */
export type Chain = (input: Column) => Column;

/** The batch form of a transform that is given value by value. */
export function stageOf(transform: (cell: Cell) => Value): Stage {
  return (input, output) => {
    for (let i = 0; i < input.count; i++) {
      const kind = input.kind[i] as Kind;
      write(output, transform({ text: textAt(input, i), kind, ordinal: input.base + input.index[i]! }));
    }
  };
}

/** What a transform returns is text unless it is a number or null. */
function write(output: ColumnBuffer, value: Value): void {
  if (value === INVALID) output.invalid();
  else if (value === NEXT) output.next();
  else if (value === null) output.null();
  else if (value instanceof Numeral) output.text(Kind.number, value.digits);
  else if (typeof value === 'number') output.text(Kind.number, String(value));
  else output.text(Kind.text, value);
}

/** What of `column` is wanted at a step behind a chain: all but nulls that the chain made, invalid values, and what `chosen` leaves out. */
export function reachedBy(column: Column, fresh: boolean, chosen: (index: number) => boolean): Column {
  const positions = new Int32Array(column.count);
  let count = 0;
  for (let i = 0; i < column.count; i++) {
    const kind = column.kind[i]!;
    if (kind === Kind.invalid || (kind === Kind.null && !fresh) || !chosen(column.index[i]!)) continue;
    positions[count++] = i;
  }
  return count === column.count ? column : partOf(column, positions.subarray(0, count));
}

/** Run the stages one after the other; a value that became null or invalid stays so. */
export function chainOf(stages: readonly Stage[]): Chain {
  const buffers = stages.map(() => new ColumnBuffer());
  return (input) => {
    let current = input;
    for (let s = 0; s < stages.length; s++) {
      const output = buffers[s]!;
      output.reset(current);
      const present = s === 0 ? undefined : withoutExceptions(current);
      if (present === undefined) stages[s]!(current, output);
      else runPresent(stages[s]!, current, present, output);
      current = output;
    }
    return current;
  };
}

/** Positions of the values that are neither null nor invalid; undefined when all are. */
function withoutExceptions(column: Column): Int32Array | undefined {
  let exceptions = 0;
  for (let i = 0; i < column.count; i++) if (isException(column.kind[i]!)) exceptions++;
  if (exceptions === 0) return undefined;
  const present = new Int32Array(column.count - exceptions);
  for (let i = 0, n = 0; i < column.count; i++) if (!isException(column.kind[i]!)) present[n++] = i;
  return present;
}

function isException(kind: number): boolean {
  return kind === Kind.null || kind === Kind.invalid;
}

function runPresent(stage: Stage, input: Column, present: Int32Array, output: ColumnBuffer): void {
  const part = partOf(input, present);
  const changed = new ColumnBuffer(present.length);
  changed.reset(part);
  stage(part, changed);
  for (let i = 0, n = 0; i < input.count; i++) {
    const kind = input.kind[i]!;
    if (kind === Kind.null) output.null();
    else if (kind === Kind.invalid) output.invalid();
    else output.copy(changed.kind[n] as Kind, changed.bytes, changed.start[n]!, changed.end[n++]!);
  }
}

/** A stage that leaves some values to `rest`; those that it does not leave are done. */
export function selecting(stage: Stage, rest: Chain): Stage {
  return (input, output) => {
    stage(input, output);
    const left: number[] = [];
    for (let i = 0; i < output.count; i++) if (output.kind[i] === Kind.next) left.push(i);
    if (left.length === 0) return;
    const results = rest(partOf(input, Int32Array.from(left)));
    for (let n = 0; n < left.length; n++) {
      output.put(left[n]!, results.kind[n] as Kind, results.bytes, results.start[n]!, results.end[n]!);
    }
  };
}

/** The values at these positions. */
function partOf(column: Column, positions: Int32Array): Column {
  return {
    bytes: column.bytes,
    start: positions.map((i) => column.start[i]!),
    end: positions.map((i) => column.end[i]!),
    kind: Uint8Array.from(positions, (i) => column.kind[i]!),
    index: positions.map((i) => column.index[i]!),
    base: column.base,
    count: positions.length,
  };
}

const memoLimit = 1 << 16;
const memoTrial = 1 << 14;

/**
 * A chain that remembers its results by the bytes of its input. It gives up, and simply runs the chain, once more than half of
 * the values of a trial, or more than `memoLimit` in all, were new.
 */
export function remembering(chain: Chain): Chain {
  let known: Dictionary | undefined = new Dictionary();
  const results = new ColumnBuffer();
  const aligned = new ColumnBuffer();
  let codes = new Int32Array(4096);
  let seen = 0;
  return (input) => {
    if (known !== undefined && (known.size > memoLimit || (seen > memoTrial && known.size * 2 > seen)))
      known = undefined;
    if (known === undefined) return chain(input);
    seen += input.count;
    if (codes.length < input.count) codes = new Int32Array(input.count * 2);
    const before = known.size;
    const fresh: number[] = [];
    for (let i = 0; i < input.count; i++) {
      const size = known.size;
      codes[i] = known.code(input.bytes, input.start[i]!, input.end[i]!, input.kind[i]!);
      if (known.size > size) fresh.push(i);
    }
    if (fresh.length > 0) learn(chain, input, fresh, results, before);
    aligned.reset(input);
    for (let i = 0; i < input.count; i++) {
      const code = codes[i]!;
      aligned.start[i] = results.start[code]!;
      aligned.end[i] = results.end[code]!;
      aligned.kind[i] = results.kind[code]!;
    }
    aligned.count = input.count;
    aligned.bytes = results.bytes;
    return aligned;
  };
}

function learn(chain: Chain, input: Column, fresh: readonly number[], results: ColumnBuffer, before: number): void {
  const learned = chain(partOf(input, Int32Array.from(fresh)));
  results.ensureValues(before + fresh.length);
  for (let i = 0; i < learned.count; i++) {
    results.copy(learned.kind[i] as Kind, learned.bytes, learned.start[i]!, learned.end[i]!);
  }
}
