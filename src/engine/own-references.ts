import { longer } from '../base/longer.ts';
import type { Batch } from '../formats/batch.ts';
import type { ForeignKey } from '../policy/policy.ts';
import { type Column, Kind } from '../table/column.ts';
import { Dictionary } from '../table/dictionary.ts';
import type { SlotColumn } from './gather.ts';
import type { Orphans } from './orphans.ts';
import type { RecordFilter } from './selection.ts';

/** A reference to a field of the same table: `employees.manager_id` to `employees.employee_id`. */
export interface OwnReference {
  readonly key: ForeignKey;
  /** Slots of the field that refers, and of the one that it refers to. */
  readonly slot: number;
  readonly to: number;
}

const State = {
  kept: 0,
  /** It is not in the sample, or another filter leaves it out. */
  outside: 1,
  /** It is an orphan before any model leaves records out. */
  orphan: 2,
  /** A model leaves it out. */
  suppressed: 3,
  /** It is an orphan since a model left records out. */
  orphaned: 4,
} as const;
type State = (typeof State)[keyof typeof State];

/** A field that others refer to. */
interface Target {
  readonly slot: number;
  /** Value of each record as a code, -1 for none. */
  own: Int32Array;
  readonly values: Dictionary;
  /** Kept records with each value. */
  holders: Int32Array;
}

interface Links extends OwnReference {
  readonly target: Target;
  /** The value that each record refers to, as a code of the target; -1 for none. */
  refers: Int32Array;
  /** Lists of the records that refer to each value; -1 ends them. Made once all are known. */
  first: Int32Array;
  next: Int32Array;
}

/**
 * Which records of a table are left out because what they refer to in the same table is: with a record go those that refer to it, and
 * those that refer to them. What is left is the largest set in which every reference leads to a record of the set; so records that
 * refer to each other in a circle, or to themselves, hold each other.
 *
 * Values are compared as they are written. Memory: 1 byte for each record, 12 more for each reference, and the distinct values.
 */
export class OwnReferences {
  readonly #targets: readonly Target[];
  readonly #links: readonly Links[];
  #state = new Uint8Array(0);
  #records = 0;
  /** Values that no kept record has any more. */
  readonly #emptied: { readonly target: Target; readonly value: number }[] = [];

  constructor(references: readonly OwnReference[]) {
    const none = new Int32Array(0);
    this.#targets = [...new Set(references.map(({ to }) => to))].map((slot) => {
      return { slot, own: none, values: new Dictionary(), holders: none };
    });
    this.#links = references.map((reference) => {
      const target = this.#targets.find(({ slot }) => slot === reference.to)!;
      return { ...reference, target, refers: none, first: none, next: none };
    });
  }

  /** Remembers the values of all records, in one reading; it leaves none out. It goes behind all other filters. */
  get notes(): RecordFilter {
    const slots = [...new Set(this.#links.flatMap(({ slot, to }) => [slot, to]))];
    return { slots, begin: () => {}, mark: (...noted) => this.#note(...noted) };
  }

  /** Leaves out the records that are orphans before any model leaves records out. */
  get filter(): RecordFilter {
    return {
      slots: [],
      begin: () => {},
      mark: ({ firstRecord, records }, _columns, _values, _sampled, leftOut) => {
        for (let r = 0; r < records; r++) if (this.#state[firstRecord + r] === State.orphan) leftOut[r] = 1;
      },
    };
  }

  /** 1 for the records of the batch that are left. */
  keptIn({ firstRecord, records }: Pick<Batch, 'firstRecord' | 'records'>): Uint8Array {
    return this.#state.subarray(firstRecord, firstRecord + records).map((state) => (state === State.kept ? 1 : 0));
  }

  /** 1 for the records of the batch that are left, or that a model leaves out. */
  meantIn({ firstRecord, records }: Pick<Batch, 'firstRecord' | 'records'>): Uint8Array {
    const states = this.#state.subarray(firstRecord, firstRecord + records);
    return states.map((state) => (state === State.kept || state === State.suppressed ? 1 : 0));
  }

  /** Records that models left out. */
  get suppressed(): number {
    return this.#count(State.suppressed);
  }

  /** Leave out the orphans that there are, and those that they make. To be called when all is noted. */
  begin(): void {
    for (const links of this.#links) this.#listReferring(links);
    for (const { key, target, refers } of this.#links) {
      if (key.onOrphan !== 'drop') continue;
      for (let record = 0; record < this.#records; record++) {
        const value = refers[record]!;
        if (value >= 0 && target.holders[value] === 0) this.#leave(record, State.orphan);
      }
    }
    this.#settle(State.orphan);
  }

  /**
   * Models leave out, of the records that are left, those for whose number among them `fails`. Returns whether others go with them:
   * then the classes of what is left are others.
   */
  suppress(fails: (number: number) => boolean): boolean {
    let number = 0;
    for (let record = 0; record < this.#records; record++) {
      if (this.#state[record] === State.kept && fails(number++)) this.#leave(record, State.suppressed);
    }
    return this.#settle(State.orphaned);
  }

  /** The orphans of each reference among the records that no model left out. */
  result(): Orphans[] {
    return this.#links.map(({ key, target, refers }) => {
      const known = new Uint8Array(target.values.size);
      for (let record = 0; record < this.#records; record++) {
        if (target.own[record]! >= 0) known[target.own[record]!] = 1;
      }
      const found = { records: 0, ofLeftOut: 0, firstRow: 0 };
      for (let record = 0; record < this.#records; record++) {
        const value = refers[record]!;
        const state = this.#state[record];
        if (value < 0 || target.holders[value] !== 0 || state === State.outside || state === State.suppressed) continue;
        if (found.records++ === 0) found.firstRow = record + 1;
        if (known[value] === 1) found.ofLeftOut++;
      }
      return { key, ...found };
    });
  }

  #note(
    { firstRecord, records }: Batch,
    columns: readonly SlotColumn[],
    values: readonly Column[],
    sampled: Uint8Array | undefined,
    leftOut: Uint8Array,
  ): void {
    this.#records = firstRecord + records;
    if (this.#state.length < this.#records) this.#grow(this.#records * 2);
    for (let r = 0; r < records; r++) {
      if (leftOut[r] === 1 || sampled?.[r] === 0) this.#state[firstRecord + r] = State.outside;
    }
    for (const target of this.#targets) {
      codesOf(values[target.slot]!, columns[target.slot]!, firstRecord, target.values, target.own);
    }
    for (const { slot, target, refers } of this.#links) {
      codesOf(values[slot]!, columns[slot]!, firstRecord, target.values, refers);
    }
  }

  #grow(capacity: number): void {
    const withNone = (codes: Int32Array) => longer(codes, capacity).fill(-1, codes.length);
    this.#state = longer(this.#state, capacity);
    for (const target of this.#targets) target.own = withNone(target.own);
    for (const links of this.#links) links.refers = withNone(links.refers);
  }

  #listReferring(links: Links): void {
    const { target, refers } = links;
    if (target.holders.length === 0) {
      target.holders = new Int32Array(target.values.size);
      for (let record = 0; record < this.#records; record++) {
        const value = target.own[record]!;
        if (value >= 0 && this.#state[record] === State.kept) target.holders[value]!++;
      }
    }
    if (links.key.onOrphan !== 'drop') return;
    links.first = new Int32Array(target.values.size).fill(-1);
    links.next = new Int32Array(this.#records).fill(-1);
    for (let record = this.#records - 1; record >= 0; record--) {
      const value = refers[record]!;
      if (value < 0) continue;
      links.next[record] = links.first[value]!;
      links.first[value] = record;
    }
  }

  #leave(record: number, state: State): void {
    if (this.#state[record] !== State.kept) return;
    this.#state[record] = state;
    for (const target of this.#targets) {
      const value = target.own[record]!;
      if (value >= 0 && --target.holders[value]! === 0) this.#emptied.push({ target, value });
    }
  }

  /** Leave out what refers to values that no kept record has. Returns whether that is any. */
  #settle(state: State): boolean {
    const before = this.#count(state);
    for (let gone = this.#emptied.pop(); gone !== undefined; gone = this.#emptied.pop()) {
      for (const { key, target, first, next } of this.#links) {
        if (target !== gone.target || key.onOrphan !== 'drop') continue;
        for (let record = first[gone.value]!; record >= 0; record = next[record]!) this.#leave(record, state);
      }
    }
    return this.#count(state) > before;
  }

  #count(state: State): number {
    let count = 0;
    for (let record = 0; record < this.#records; record++) if (this.#state[record] === state) count++;
    return count;
  }
}

/** Put the codes of a batch's values at their records. */
function codesOf(
  values: Column,
  { record }: SlotColumn,
  firstRecord: number,
  known: Dictionary,
  codes: Int32Array,
): void {
  const { bytes, start, end, kind, count } = values;
  for (let i = 0; i < count; i++) {
    if (kind[i] !== Kind.null) codes[firstRecord + record[i]!] = known.code(bytes, start[i]!, end[i]!);
  }
}
