import { describe, expect, it } from 'vitest';
import { ascending } from '../../src/search/ascending.ts';
import { everyLevels, wideTable } from './tables.ts';

describe('ascending', () => {
  const { fields } = wideTable(3, 1);
  const floor = (levels: readonly number[]): number => levels.reduce((sum, level, d) => sum + level * (d + 1), 0);

  it('takes all, the least floor first', () => {
    const taken = [...ascending(fields, floor)];
    expect(taken).toHaveLength(4 ** 3);
    expect(new Set(taken.map(({ levels }) => levels.join())).size).toBe(4 ** 3);
    expect(taken.map((one) => one.floor)).toEqual(
      everyLevels(fields)
        .map(floor)
        .sort((a, b) => a - b),
    );
    expect(taken.some(({ last }) => last)).toBe(false);
  });

  it('ends where too many wait, at one that none of the others is below', () => {
    const taken = [...ascending(fields, floor, 4)];
    const { last, floor: least } = taken.at(-1)!;
    expect(last).toBe(true);
    expect(taken.length).toBeLessThan(4 ** 3);
    const seen = new Set(taken.map(({ levels }) => levels.join()));
    const others = everyLevels(fields).filter((levels) => !seen.has(levels.join()));
    expect(Math.min(...others.map(floor))).toBeGreaterThanOrEqual(least);
  });
});
