import { type Column, Kind } from './column.ts';
import { leavesOf } from './leaves.ts';

/** The cells of a field in a batch, and which record of the batch each belongs to. */
export interface Placed extends Column {
  readonly record: Int32Array;
}

/**
 * Another field of the same record, as a transform sees it: its source value, or its values where it may repeat. Where it has one value
 * in each element that holds a value of the transform's own, that element's. Addressed by the ordinal of the transform's own value; valid
 * while the transform runs over a batch.
 */
export class Peer {
  readonly field: string;
  #own: Placed = nothing;
  #other: Placed = nothing;
  /** The last cell of each record of the batch, -1 for none; undefined where every record has one, in order. */
  #cellOf: Int32Array | undefined;

  /** Its values in the whole record are wanted, not only one beside the transform's own in the same element. */
  readonly ofRecord: boolean;

  constructor(field: string, ofRecord = false) {
    this.field = field;
    this.ofRecord = ofRecord;
  }

  /** A new batch of `records` records begins: `own` holds the transform's cells, `other` those of the field. */
  enter(own: Placed, other: Placed, records: number): void {
    this.#own = own;
    this.#other = other;
    if (other.record === other.index && other.count === records) {
      this.#cellOf = undefined;
      return;
    }
    const cellOf = new Int32Array(records).fill(-1);
    for (let i = 0; i < other.count; i++) cellOf[other.record[i]!] = i;
    this.#cellOf = cellOf;
  }

  /** The same where a record may have several values of both: value i of the transform stands beside cellOf[i] of the field, or -1. */
  enterBeside(own: Placed, other: Placed, cellOf: Int32Array): void {
    this.#own = { ...own, record: own.index };
    this.#other = other;
    this.#cellOf = cellOf;
  }

  /** The field's values in this batch. */
  get column(): Column {
    return this.#other;
  }

  /** Where in `column` the value beside value `ordinal` stands; -1 when its record has none, or null. */
  at(ordinal: number): number {
    const record = this.#own.record[ordinal - this.#own.base]!;
    const cell = this.#cellOf === undefined ? record : this.#cellOf[record]!;
    return cell < 0 || this.#other.kind[cell] === Kind.null ? -1 : cell;
  }

  /** All texts beside value `ordinal`: those of a field that repeats, and of an object or array what is in it. */
  textsAt(ordinal: number): string[] {
    const { bytes, start, end, kind, record } = this.#other;
    const own = this.#own.record[ordinal - this.#own.base]!;
    const last = this.#cellOf === undefined ? own : this.#cellOf[own]!;
    const texts: string[] = [];
    // The cells of a record stand side by side.
    for (let cell = last; cell >= 0 && record[cell] === own; cell--) {
      if (kind[cell] === Kind.container) texts.push(...leavesOf(bytes.subarray(start[cell], end[cell])));
      else if (kind[cell] !== Kind.null) texts.push(bytes.toString('utf8', start[cell], end[cell]));
    }
    return texts;
  }

  /** The text beside value `ordinal`; null when its record has none. */
  textAt(ordinal: number): string | null {
    const cell = this.at(ordinal);
    return cell < 0 ? null : this.#other.bytes.toString('utf8', this.#other.start[cell]!, this.#other.end[cell]!);
  }
}

const nothing: Placed = {
  bytes: Buffer.alloc(0),
  start: new Int32Array(0),
  end: new Int32Array(0),
  kind: new Uint8Array(0),
  index: new Int32Array(0),
  record: new Int32Array(0),
  base: 0,
  count: 0,
};
