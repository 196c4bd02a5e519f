import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { betaLikeness } from '../../src/models/beta-likeness.ts';
import { gains } from './definitions.ts';
import { bound, tableOf } from './table.ts';

const classes = fc.array(fc.array(fc.constantFrom('a', 'a', 'a', 'b', null), { minLength: 1, maxLength: 12 }), {
  minLength: 1,
  maxLength: 5,
});

describe('β-likeness', () => {
  it.each(['basic', 'enhanced'])('bounds the gain of each value: %s', (variant) => {
    fc.assert(
      fc.property(classes, fc.constantFrom(0.25, 0.7, 1.3, 5), (table, beta) => {
        const criterion = bound(betaLikeness, { beta, variant }, tableOf(table));
        table.forEach((own, c) => {
          const all = gains(own, table.flat());
          const most = all.reduce((largest, { gain }) => Math.max(largest, gain), 0);
          expect(criterion.measure([c]).beta).toBeCloseTo(most, 9);
          const limit = (q: number) => (variant === 'basic' ? beta : Math.min(beta, -Math.log(q)));
          if (all.some(({ gain, q }) => Math.abs(gain - limit(q)) < 1e-9)) return;
          expect(criterion.satisfied(c)).toBe(all.every(({ gain, q }) => gain <= limit(q)));
        });
      }),
      { numRuns: 300 },
    );
  });

  it('allows a gain of β, and no more', () => {
    // q = 2/8, p = 2/4: a gain of 1, within −ln ¼ = 1.386.
    const table = tableOf([
      ['a', 'b', 'b', 'a'],
      ['b', 'b', 'b', 'b'],
    ]);
    for (const variant of ['basic', 'enhanced']) {
      expect(bound(betaLikeness, { beta: 1, variant }, table).satisfied(0)).toBe(true);
      expect(bound(betaLikeness, { beta: 0.999, variant }, table).satisfied(0)).toBe(false);
    }
  });

  it('enhanced keeps frequent values from becoming certain', () => {
    // q = 6/8 gains 1/3; −ln ¾ is 0.288.
    const table = tableOf([
      ['b', 'b', 'b', 'b'],
      ['a', 'a', 'b', 'b'],
    ]);
    expect(bound(betaLikeness, { beta: 4, variant: 'basic' }, table).satisfied(0)).toBe(true);
    expect(bound(betaLikeness, { beta: 4 }, table).satisfied(0)).toBe(false);
  });

  it('takes no β of zero', () => {
    expect(betaLikeness.options.safeParse({ sensitive: 's', beta: 0 }).success).toBe(false);
  });
});
