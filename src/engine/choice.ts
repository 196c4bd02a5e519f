import { type Column, ColumnBuffer, Kind } from '../table/column.ts';
import type { Chain } from './chain.ts';
import type { Test } from './condition.ts';

/** Values that take the place of cells. */
export interface Replacement extends Column {
  /** kept[i] is 1 where the cell stays as it is written; undefined: nowhere. */
  readonly kept?: Uint8Array | undefined;
}

/** One side of a choice; undefined: the values stay as they are. */
export type Side = Chain | undefined;

/**
 * Runs one chain over the values for which the test is true, and another over the others. Results stand in the order of the
 * values, and each value keeps its address, so that random draws do not depend on the condition.
 */
export function choosing(test: Test, then: Side, otherwise: Side): (input: Column) => Replacement {
  const parts = [new Part(), new Part()] as const;
  const merged = new Merged();
  let truth = new Uint8Array(0);
  return (input) => {
    if (truth.length < input.count) truth = new Uint8Array(input.count * 2);
    test(input, truth);
    let trues = 0;
    for (let i = 0; i < input.count; i++) trues += truth[i]!;
    if (trues === input.count && then !== undefined) return then(input);
    if (trues === 0 && otherwise !== undefined) return otherwise(input);
    const no = resultOf(otherwise, input, parts[0], truth, 0, input.count - trues);
    const yes = resultOf(then, input, parts[1], truth, 1, trues);
    merged.reset(input);
    for (let i = 0, n = 0, y = 0; i < input.count; i++) {
      const isTrue = truth[i] === 1;
      const side = isTrue ? yes : no;
      const at = isTrue ? y++ : n++;
      const from = side ?? input;
      const k = side === undefined ? i : at;
      // A null that stays is written as every null is.
      merged.kept[i] = side === undefined && input.kind[i] !== Kind.null ? 1 : 0;
      merged.copy(from.kind[k] as Kind, from.bytes, from.start[k]!, from.end[k]!);
    }
    return merged;
  };
}

/** What a side makes of its values; undefined where they stay. */
function resultOf(
  side: Side,
  input: Column,
  part: Part,
  truth: Uint8Array,
  which: 0 | 1,
  count: number,
): Column | undefined {
  if (side === undefined) return undefined;
  part.take(input, truth, which, count);
  return side(part);
}

/** The values of a column for which a condition is true, or is not. */
class Part implements Column {
  bytes: Buffer = Buffer.alloc(0);
  start = new Int32Array(0);
  end = new Int32Array(0);
  kind = new Uint8Array(0);
  index = new Int32Array(0);
  base = 0;
  count = 0;

  take(input: Column, truth: Uint8Array, which: 0 | 1, count: number): void {
    if (this.start.length < count) {
      this.start = new Int32Array(count * 2);
      this.end = new Int32Array(count * 2);
      this.kind = new Uint8Array(count * 2);
      this.index = new Int32Array(count * 2);
    }
    this.bytes = input.bytes;
    this.base = input.base;
    this.count = count;
    for (let i = 0, n = 0; i < input.count; i++) {
      if (truth[i] !== which) continue;
      this.start[n] = input.start[i]!;
      this.end[n] = input.end[i]!;
      this.kind[n] = input.kind[i]!;
      this.index[n++] = input.index[i]!;
    }
  }
}

class Merged extends ColumnBuffer implements Replacement {
  kept = new Uint8Array(0);

  override reset(from: Column): void {
    super.reset(from);
    if (this.kept.length < from.count) this.kept = new Uint8Array(from.count * 2);
  }
}
