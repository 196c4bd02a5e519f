import { Tuples, type TuplesState } from './tuples.ts';

/** Records as codes: tuples[r * width + d], and a column for each sensitive field. */
export interface Coded {
  readonly records: number;
  readonly tuples: Int32Array;
  readonly sensitive: readonly Int32Array[];
}

/** What counts records: here, or in a thread of its own. */
export interface Counting {
  /** The codes may change once it is done. */
  add(coded: Coded): Promise<void> | undefined;
  finish(): Promise<RecordCounts>;
}

/** What another thread takes over. */
export interface CountsState {
  readonly records: number;
  readonly tuples: TuplesState;
  readonly pairs: readonly TuplesState[];
}

/** How often each tuple occurs, and each value of a sensitive field beside it. Memory grows with their number only. */
export class RecordCounts {
  readonly tuples: Tuples;
  /** For each sensitive field: the number of a tuple, and a code. */
  readonly pairs: readonly Tuples[];
  #records: number;
  #numbers = new Int32Array(0);
  readonly #pair = new Int32Array(2);

  constructor(tuples: Tuples, pairs: readonly Tuples[], records = 0) {
    this.tuples = tuples;
    this.pairs = pairs;
    this.#records = records;
  }

  static none(width: number, sensitiveFields: number): RecordCounts {
    return new RecordCounts(
      new Tuples(width),
      Array.from({ length: sensitiveFields }, () => new Tuples(2)),
    );
  }

  static of({ tuples, pairs, records }: CountsState): RecordCounts {
    return new RecordCounts(
      new Tuples(tuples.width, tuples),
      pairs.map((pair) => new Tuples(2, pair)),
      records,
    );
  }

  get records(): number {
    return this.#records;
  }

  /** `numbers[r]` becomes the number of the tuple of record r. */
  add({ records, tuples, sensitive }: Coded, numbers?: Int32Array): void {
    if (numbers === undefined && this.#numbers.length < records) this.#numbers = new Int32Array(2 * records);
    const tupleOf = numbers ?? this.#numbers;
    this.tuples.addAll(tuples, records, tupleOf);
    const pair = this.#pair;
    for (const [s, pairs] of this.pairs.entries()) {
      const codes = sensitive[s]!;
      for (let r = 0; r < records; r++) {
        pair[0] = tupleOf[r]!;
        pair[1] = codes[r]!;
        pairs.add(pair, 0);
      }
    }
    this.#records += records;
  }

  /** Its arrays themselves, to be handed to another thread: nothing is counted here any more. */
  state(): CountsState {
    return { records: this.#records, tuples: this.tuples.state(), pairs: this.pairs.map((pairs) => pairs.state()) };
  }
}

/** The memory of a state, which moves with it. */
export function memoryOf({ tuples, pairs }: CountsState): ArrayBuffer[] {
  return [tuples, ...pairs].flatMap(({ places, codes, counts }) => [places.buffer, codes.buffer, counts.buffer]);
}
