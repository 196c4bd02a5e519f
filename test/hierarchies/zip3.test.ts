import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { zip3 } from '../../src/hierarchies/zip3.ts';
import { levelsOf, noFiles } from './forms.ts';

const census: { populations: Record<string, number>; cases: [string, string][] } = JSON.parse(
  readFileSync(new URL('../vectors/zip3-census-2020.json', import.meta.url), 'utf8'),
);
const hierarchy = zip3.build({ zip3: 'census-2020' }, noFiles);

describe('zip3', () => {
  it.each(census.cases)('%s becomes %s', (zip, expected) => {
    expect(levelsOf(hierarchy, [zip])).toEqual([[zip, expected.slice(0, 3), '*']]);
  });

  it('releases exactly the prefixes in which more than 20,000 people were counted', () => {
    const prefixes = Array.from({ length: 1000 }, (_, n) => String(n).padStart(3, '0'));
    const released = levelsOf(
      hierarchy,
      prefixes.map((prefix) => `${prefix}99`),
    ).map((levels) => levels[1]);
    expect(released).toEqual(prefixes.map((prefix) => ((census.populations[prefix] ?? 0) > 20_000 ? prefix : '000')));
    expect(new Set(released).size).toBe(876 + 1);
  });

  it('reads five digits, or nine with or without a hyphen', () => {
    expect(levelsOf(hierarchy, ['850041234'])).toEqual([['850041234', '850', '*']]);
    const unknown = [
      '',
      '8500',
      '850041',
      '85004-',
      '85004-123',
      '85004 1234',
      '85004-12345',
      '8500a',
      '8500-41234',
      '٨٥٠٠٤',
    ];
    for (const levels of levelsOf(hierarchy, unknown)) expect(levels).toEqual([null, null, null]);
  });
});
