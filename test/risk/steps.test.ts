import { expect, it } from 'vitest';
import type { Steps } from '../../src/base/steps.ts';
import { combinationsOf } from '../../src/risk/combinations.ts';
import { distributionOf } from '../../src/risk/distributions.ts';
import { diversityOf } from '../../src/risk/diversity.ts';
import type { Counts, Marginals } from '../../src/risk/marginals.ts';
import { totalVariation } from '../../src/risk/utility.ts';
import { searchField } from '../../src/search/field.ts';
import type { Classes } from '../../src/table/classes.ts';
import { Microdata } from '../../src/table/microdata.ts';
import { Tuples } from '../../src/table/tuples.ts';

/** Values, classes, tuples: enough for several steps. */
const many = 100_000;

/** The most that `counted` grows by between two steps, and how many steps there are. */
function longest(steps: Steps<unknown>, counted: () => number): { readonly most: number; readonly steps: number } {
  let [most, before, count] = [0, counted(), 0];
  for (;;) {
    const { done } = steps.next();
    most = Math.max(most, counted() - before);
    before = counted();
    if (done === true) return { most, steps: count };
    count++;
  }
}

// What takes long is done in steps, so that an interrupt is answered: how long a step takes depends on the machine, how much it does not.
it('no step looks at more values than take some hundredths of a second', () => {
  let looked = 0;
  const of = (add: number): Counts => ({
    counts: Array.from({ length: many }, () => 1),
    text: (n) => `v${n + add}`,
    of: () => {
      looked++;
      return 1;
    },
    nulls: 0,
    nullWays: 0,
  });
  const marginals = (add: number): Marginals => ({
    add() {},
    counts: () => of(add),
    numbers: () => null,
    correlation: () => null,
  });
  const hierarchy = {
    height: 3,
    ancestor(text: string) {
      looked++;
      return text.slice(0, 2);
    },
  };
  const values = Array.from({ length: many }, (_, i) => `v${i}`);
  const classes = {
    count: many,
    histogram() {
      looked++;
      return { codes: Int32Array.of(0), counts: Int32Array.of(1) };
    },
    distribution: () => ({ counts: Float64Array.of(many), total: many }),
  } as unknown as Classes;
  for (const work of [
    () => totalVariation(of(0), of(1)),
    () => distributionOf('f', 0, marginals(0), marginals(1)),
    () => searchField(hierarchy, values, 'f'),
    () => diversityOf('f', classes),
  ]) {
    looked = 0;
    const { most } = longest(work(), () => looked);
    expect(looked).toBeGreaterThanOrEqual(many);
    expect(most).toBeLessThanOrEqual(1 << 15);
  }
});

it('combinations of fields are a step each, and groups of numbers many', () => {
  const tuples = new Tuples(3);
  for (let a = 0; a < 20; a++) tuples.add(Int32Array.of(a, a % 5, a % 3), 0);
  expect(longest(combinationsOf(['a', 'b', 'c'], tuples, 3), () => 0).steps).toBe(7);

  const data = new Microdata(3);
  const variable = data.join('mean');
  for (let row = 0; row < many; row++) variable.set(row, (row * 7919) % many);
  expect(longest(data.aggregate(), () => variable.aggregated).steps).toBeGreaterThanOrEqual(6);
  expect(variable.aggregated).toBe(many);
});
