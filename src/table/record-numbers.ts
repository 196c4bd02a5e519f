import type { Placed } from './peer.ts';

/** Which record each value of a field belongs to, by the value's ordinal; valid while a transform runs over a batch. */
export class RecordNumbers {
  #own: Placed | undefined;
  #first = 0;

  /** A new batch begins with record `first` of the input: `own` holds the field's cells. */
  enter(own: Placed, first: number): void {
    this.#own = own;
    this.#first = first;
  }

  /** From 0. */
  of(ordinal: number): number {
    return this.#first + this.#own!.record[ordinal - this.#own!.base]!;
  }
}
