import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ModelResources } from '../../src/models/definition.ts';
import { models } from '../../src/models/index.ts';
import type { Population } from '../../src/table/population.ts';
import { bound, tableOf } from './table.ts';

const many = (value: string, times: number): string[] => Array(times).fill(value);
/** The first class is as the table is; joined with the second it is not. */
const even = [['1', '2'], many('1', 6), many('2', 6)];
const rare = [['1', '2', '2', '2'], many('1', 6), many('2', 30)];

/**
 * Every model and variant, loose enough for small classes to satisfy it; and where it is not monotone, classes of which the first satisfies
 * it, but not joined with the second. Models of the whole table are satisfied by every class: nothing follows from that.
 */
const cases: [name: string, options: Record<string, unknown>, counterexample?: string[][]][] = [
  ['k-anonymity', { k: 3 }],
  ['k-map', { k: 5 }],
  ['delta-presence', { max: 0.5 }, [['4'], many('1', 4)]],
  ['delta-presence', { min: 0.5, max: 1 }, [['1'], many('4', 4)]],
  ['l-diversity', { l: 3 }],
  ['l-diversity', { l: 1.9, variant: 'entropy' }, even],
  ['l-diversity', { l: 2, c: 1.5, variant: 'recursive' }, even],
  ['t-closeness', { t: 0.2 }, even],
  ['t-closeness', { t: 0.2, variant: 'ordered' }, even],
  ['t-closeness', { t: 0.2, variant: 'hierarchical', hierarchy: 'h' }, even],
  ['delta-disclosure', { delta: 1.9 }, even],
  ['beta-likeness', { beta: 1.5, variant: 'basic' }, rare],
  ['beta-likeness', { beta: 1.5, variant: 'enhanced' }, rare],
  ['average-risk', { max: 0.4 }],
  ['uniqueness', { max: 0.4 }],
];
const flat: ModelResources = {
  hierarchy: () => ({ height: 1, ancestor: (text, level) => (level === 0 ? text : '*') }),
};

/** The population has each record of the data, and further ones for some values. */
function inPopulation(classes: readonly (readonly string[])[]): Population {
  const sizes = classes.map((own) => own.reduce((sum, value) => sum + Number(value), 0));
  return {
    ...tableOf(classes),
    population: { individuals: sizes.reduce((sum, size) => sum + size, 0), size: (c) => sizes[c]! },
  };
}

const column = fc.array(fc.constantFrom('1', '2', '3', '4'), { minLength: 1, maxLength: 8 });
const tables = fc.array(column, { minLength: 2, maxLength: 4 });

describe('what models claim for the search', () => {
  it('is tried for every one of them', () => {
    expect(new Set(cases.map(([name]) => name))).toEqual(new Set(models.names));
  });

  describe.each(cases)('%s %j', (...[name, options, counterexample]) => {
    const definition = models.get(name)!;
    const parsed = definition.options.parse({ ...(definition.sensitive ? { sensitive: 's' } : {}), ...options });
    const least = definition.least(parsed);

    it('least: no class of fewer records satisfies it', () => {
      let satisfied = 0;
      fc.assert(
        fc.property(tables, (classes) => {
          const criterion = bound(definition, options, inPopulation(classes), flat);
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

    const first = (classes: readonly (readonly string[])[]): boolean =>
      bound(definition, options, inPopulation(classes), flat).satisfied(0);

    if (definition.monotone(parsed)) {
      it('monotone: what joins a class that satisfies it satisfies it', () => {
        fc.assert(
          fc.property(tables, ([a, b, ...rest]) => {
            fc.pre(first([a!, b!, ...rest]));
            expect(first([[...a!, ...b!], ...rest])).toBe(true);
          }),
        );
      });
    } else if (counterexample !== undefined) {
      it('not monotone: a class that joins one that satisfies it need not', () => {
        const [a, b, ...rest] = counterexample;
        expect([first([a!, b!, ...rest]), first([[...a!, ...b!], ...rest])]).toEqual([true, false]);
      });
    } else {
      it('not monotone: it is a model of the whole table', () => {
        expect(bound(definition, options, inPopulation(even), flat).holds).toBeDefined();
      });
    }
  });
});
