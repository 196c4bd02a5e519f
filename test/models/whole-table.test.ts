import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { averageRisk } from '../../src/models/average-risk.ts';
import { models } from '../../src/models/index.ts';
import { uniqueness } from '../../src/models/uniqueness.ts';
import { all, bound, tableOf } from './table.ts';

const ofSizes = (sizes: readonly number[]) => tableOf(sizes.map((size) => Array(size).fill('x')));

describe('average-risk', () => {
  it('is classes / individuals', () => {
    const table = ofSizes([1, 2, 7]);
    expect(bound(averageRisk, { max: 0.3 }, table).holds?.([0, 1, 2])).toBe(true);
    expect(bound(averageRisk, { max: 0.29 }, table).holds?.([0, 1, 2])).toBe(false);
    expect(bound(averageRisk, { max: 0.3 }, table).measure([1, 2])).toEqual({ max: 0.222222222222 });
  });
});

describe('uniqueness', () => {
  it('is the share of individuals that are alone', () => {
    const table = ofSizes([1, 1, 8]);
    expect(bound(uniqueness, { max: 0.2 }, table).holds?.([0, 1, 2])).toBe(true);
    expect(bound(uniqueness, { max: 0.19 }, table).holds?.([0, 1, 2])).toBe(false);
    expect(bound(uniqueness, { max: 0 }, table).holds?.([2])).toBe(true);
    expect(bound(uniqueness, { max: 0 }, table).measure([0, 2])).toEqual({ max: 0.111111111111 });
  });
});

describe('a model of the whole table', () => {
  const whole = models.all.filter(
    (definition) =>
      !definition.population && definition.required(definition.options.parse(optionsOf(definition.name))).max,
  );

  it('is one of these', () => {
    expect(whole.map(({ name }) => name)).toEqual(['average-risk', 'uniqueness']);
  });

  it('goes on to hold without the smallest class, and by suppressing the smallest alone is reached soonest', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 8 }),
        fc.constantFrom(...whole),
        fc.constantFrom(0.1, 0.25, 0.5, 0.75),
        (sizes, definition, max) => {
          const table = ofSizes(sizes);
          const { holds } = bound(definition, { max }, table);
          const ascending = all(table).sort((a, b) => table.size(a) - table.size(b));
          for (let n = 1; n < ascending.length; n++) {
            if (holds!(ascending.slice(n - 1))) expect(holds!(ascending.slice(n))).toBe(true);
          }
          // Of all ways to leave classes out, none that holds leaves out fewer individuals.
          const first = ascending.findIndex((_, n) => holds!(ascending.slice(n)));
          const lost = (gone: readonly number[]) => gone.reduce((sum, c) => sum + table.size(c), 0);
          const fewest = first < 0 ? lost(ascending) : lost(ascending.slice(0, first));
          for (let mask = 0; mask < 1 << sizes.length; mask++) {
            const kept = all(table).filter((c) => (mask >> c) & 1);
            if (kept.length > 0 && holds!(kept)) {
              expect(lost(all(table).filter((c) => !kept.includes(c)))).toBeGreaterThanOrEqual(fewest);
            }
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});

function optionsOf(name: string): Record<string, unknown> {
  const given: Record<string, Record<string, unknown>> = {
    'k-anonymity': { k: 2 },
    'l-diversity': { l: 2, sensitive: 's' },
    't-closeness': { t: 0.2, sensitive: 's' },
    'delta-disclosure': { delta: 1, sensitive: 's' },
    'beta-likeness': { beta: 1, sensitive: 's' },
  };
  return given[name] ?? { max: 0.5 };
}
