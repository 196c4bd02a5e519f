import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { models } from '../../src/models/index.ts';
import { bound, tableOf } from './table.ts';

/** Options of every model and variant, loose enough for small classes to satisfy them. */
const cases: readonly (readonly [name: string, options: Record<string, unknown>])[] = [
  ['k-anonymity', { k: 3 }],
  ['l-diversity', { l: 3 }],
  ['l-diversity', { l: 2.5, variant: 'entropy' }],
  ['l-diversity', { l: 2, c: 1.5, variant: 'recursive' }],
  ['t-closeness', { t: 0.2 }],
  ['t-closeness', { t: 0.15, variant: 'ordered' }],
  ['delta-disclosure', { delta: 2 }],
  ['beta-likeness', { beta: 1.5, variant: 'basic' }],
  ['beta-likeness', { beta: 1.5, variant: 'enhanced' }],
  ['average-risk', { max: 0.4 }],
  ['uniqueness', { max: 0.4 }],
];

const column = fc.array(fc.constantFrom('1', '2', '3', '4'), { minLength: 1, maxLength: 8 });
const tables = fc.array(column, { minLength: 2, maxLength: 4 });

describe('what models claim for the search', () => {
  it('is tried for every one of them', () => {
    expect(new Set(cases.map(([name]) => name))).toEqual(new Set(models.names));
  });

  describe.each(cases)('%s %j', (name, options) => {
    const definition = models.get(name)!;
    const parsed = definition.options.parse({ ...(definition.sensitive ? { sensitive: 's' } : {}), ...options });
    const least = definition.least(parsed);

    it('least: no class of fewer records satisfies it', () => {
      let satisfied = 0;
      fc.assert(
        fc.property(tables, (classes) => {
          const criterion = bound(definition, options, tableOf(classes));
          classes.forEach((own, c) => {
            if (!criterion.satisfied(c)) return;
            satisfied++;
            expect(own.length).toBeGreaterThanOrEqual(least);
          });
        }),
        { numRuns: 300, seed: 7 },
      );
      expect(satisfied).toBeGreaterThan(0);
    });

    it('monotone: what joins a class that satisfies it, or a counterexample', () => {
      const counterexample = fc.check(
        fc.property(tables, ([first, second, ...rest]) => {
          const parts = bound(definition, options, tableOf([first!, second!, ...rest]));
          if (!parts.satisfied(0)) return true;
          return bound(definition, options, tableOf([[...first!, ...second!], ...rest])).satisfied(0);
        }),
        { numRuns: 6000, seed: 7 },
      ).failed;
      if (definition.monotone(parsed)) expect(counterexample).toBe(false);
      // Models of the whole table are satisfied by every class: nothing follows from that.
      else if (definition.sensitive !== undefined) expect(counterexample).toBe(true);
    });
  });
});
