import { z } from 'zod';
import { fail } from '../base/diagnostic.ts';
import { longer } from '../base/longer.ts';
import type { Steps } from '../base/steps.ts';
import { type BoundedDraw, boundedDraws, drawBytes, shuffle as shuffleRange } from '../crypto/bounded-draw.ts';
import { Dictionary } from '../table/dictionary.ts';
import { strataOf } from '../table/strata.ts';
import { ValueStore } from '../table/value-store.ts';
import { defineTableTransform, type Peer } from './definition.ts';
import { rowsOf, standsTwice } from './group-rows.ts';

/**
 * Random permutation of a field's values: the field's distribution is exactly kept, and its ties to the rest of the record are cut
 * (data swapping without constraints: Dalenius and Reiss, "Data-swapping", Journal of Statistical Planning and Inference 6, 1982).
 * Every permutation is as likely, the one that moves nothing too: a value may stay where it was, and one alone in its stratum does.
 * Where each is alone, the run stops.
 * Memory: 9 bytes and the value for each value, 4 more under `within`; 12 more for a moment.
 */
export const shuffle = defineTableTransform({
  name: 'shuffle',
  summary: 'Deal the values of a field to its records at random; every value stays as often as it was.',
  options: z.strictObject({
    within: z
      .string()
      .min(1)
      .optional()
      .describe('Field: values move among records that are equal in it. Source values are compared.'),
    with: z
      .string()
      .min(1)
      .optional()
      .describe(
        'Name of a group: fields that name the same one move together, among records in which the same of them are null.',
      ),
  }),
  examples: [
    { input: '4200', note: 'the value of another record, each as likely' },
    { options: { within: 'region' }, input: '4200', note: 'the value of a record of the same region' },
    { options: { with: 'pay' }, input: 4200, note: 'from the same record as the other fields of `pay`' },
  ],
  traits: {
    kinds: ['any'],
    reversible: 'no',
    keeps: { format: 'yes', order: 'no', uniqueness: 'yes', distribution: 'yes' },
  },
  random: true,
  produces: (_, type) => type,
  references: ({ within }) => (within === undefined ? [] : [{ section: 'fields', name: within, path: ['within'] }]),
  group: (options) =>
    options.with === undefined ? undefined : { name: options.with, agrees: { within: options.within } },
  bindTable(options, resources) {
    const make = () => new Dealing(boundedDraws(resources.random('shuffle', drawBytes)));
    const dealing = options.with === undefined ? make() : resources.shared(options.with, make);
    const rowOf = rowsOf(options.with, resources);
    const peer = options.within === undefined ? undefined : resources.peer(options.within);
    const values = dealing.join();
    return {
      collect(input) {
        for (let i = 0; i < input.count; i++) {
          const ordinal = input.base + input.index[i]!;
          const row = rowOf(ordinal);
          if (values.has(row)) throw standsTwice(resources.field, row);
          values.add(row, input, i);
          if (peer !== undefined) dealing.place(row, peer, ordinal);
        }
      },
      *finish() {
        yield* dealing.finish();
        if (dealing.isStuck) throw stuck(resources.field);
      },
      apply(input, output) {
        for (let i = 0; i < input.count; i++) {
          const row = rowOf(input.base + input.index[i]!);
          if (values.has(row)) values.copyTo(output, dealing.giver(row));
          else output.invalid();
        }
      },
      figures: () => ({ aloneInTheirStratum: dealing.alone }),
    };
  },
});

/** Which record's values each record gets: common to the fields of a group. A row is a record, or a value where a field stands alone. */
class Dealing {
  readonly #draw: BoundedDraw;
  readonly #stores: ValueStore[] = [];
  readonly #strata = new Dictionary();
  /** Of each row; 0: the field that `within` names has no value there. */
  #stratum = new Int32Array(0);
  #giver: Int32Array | undefined;
  /** Rows that keep their values because no other row is in their stratum. */
  alone = 0;
  /** There are values, and each of them is alone. */
  isStuck = false;

  constructor(draw: BoundedDraw) {
    this.#draw = draw;
  }

  join(): ValueStore {
    const store = new ValueStore();
    this.#stores.push(store);
    return store;
  }

  place(row: number, peer: Peer, ordinal: number): void {
    if (row >= this.#stratum.length) {
      this.#stratum = longer(this.#stratum, Math.max(1024, row * 2));
    }
    const cell = peer.at(ordinal);
    const { bytes, start, end } = peer.column;
    this.#stratum[row] = cell < 0 ? 0 : this.#strata.code(bytes, start[cell]!, end[cell]!) + 1;
  }

  giver(row: number): number {
    return this.#giver![row]!;
  }

  *finish(): Steps<void> {
    if (this.#giver !== undefined) return;
    const rows = Math.max(0, ...this.#stores.map((store) => store.rows));
    const { order, ends } = strataOf(rows, this.#stores, this.#stratum);
    yield;
    const givers = order.slice();
    let from = 0;
    for (const to of ends) {
      shuffleRange(givers, from, to, this.#draw);
      if (to === from + 1) this.alone++;
      from = to;
    }
    this.isStuck = order.length > 0 && this.alone === order.length;
    this.#giver = new Int32Array(rows);
    for (let i = 0; i < order.length; i++) this.#giver[order[i]!] = givers[i]!;
    this.#stratum = new Int32Array(0);
  }
}

/** Every value would be released beside its own record, as if the policy said `keep`. */
function stuck(field: string): Error {
  return fail('DATA-VALUE', 'no value of the field has another to change places with', {
    place: { field },
    hint: 'drop the field, or leave `within` out or name a field of fewer values',
  });
}
