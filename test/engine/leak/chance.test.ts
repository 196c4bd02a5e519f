import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mostByChance } from '../../../src/engine/leak/chance.ts';

describe('matches that chance explains', () => {
  it.each([
    [0, 0],
    [0.000_999, 0],
    [0.001, 1],
    [0.049_9, 1],
    [0.05, 3.2],
    [0.25, 4],
    [10, 43],
  ])('of %d expected: at most %d', (expected, most) => {
    expect(mostByChance(expected)).toBe(most);
  });

  it('more of them are less likely than 0.125 %, the bound that is derived, whatever is expected', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 200, noNaN: true })),
        (expected) => {
          expect(probabilityOfMore(mostByChance(expected), expected)).toBeLessThan(0.00125);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('are no more than needed where the bound steps up', () => {
    // One match fewer would be an alarm in 0.1 % of runs at 0.001, and in 5 % just below 0.05.
    expect(probabilityOfMore(mostByChance(0.001) - 1, 0.001)).toBeGreaterThan(0.0009);
    expect(probabilityOfMore(mostByChance(0.0499) - 1, 0.0499)).toBeGreaterThan(0.04);
  });
});

/** P(X > most) of a Poisson distributed X: the sum of e^-E E^n / n! over n > most. */
function probabilityOfMore(most: number, expected: number): number {
  let term = Math.exp(-expected);
  let atMost = term;
  for (let n = 1; n <= most; n++) {
    term *= expected / n;
    atMost += term;
  }
  return 1 - atMost;
}
