import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { intervals } from '../../src/hierarchies/interval.ts';
import { levelsOf, noFiles } from './forms.ts';

const build = (options: unknown) => intervals.build(intervals.options.parse(options), noFiles);
const labelsAt = (options: unknown, level: number, texts: string[]) =>
  levelsOf(build(options), texts).map((levels) => levels[level]);

describe('intervals', () => {
  it('are closed below and open above', () => {
    const ages = ['-1', '-0', '0', '17', '17.999', '18', '89.5', '90', '1e3'];
    expect(labelsAt({ intervals: [0, 18, 90] }, 1, ages)).toEqual([
      '<0',
      '[0,18)',
      '[0,18)',
      '[0,18)',
      '[0,18)',
      '[18,90)',
      '[18,90)',
      '>=90',
      '>=90',
    ]);
  });

  it('decide by the digits where doubles cannot', () => {
    const close = [
      '17.9999999999999999',
      '17.99999999999999999e0',
      '18.0000000000000000',
      '1.8e1',
      '179999999999999999e-16',
    ];
    expect(labelsAt({ intervals: [0, 18, 90] }, 1, close)).toEqual([
      '[0,18)',
      '[0,18)',
      '[18,90)',
      '[18,90)',
      '[0,18)',
    ]);
    expect(labelsAt({ intervals: [0.1] }, 1, ['0.09999999999999999999', '0.1', '0.10000000000000000001'])).toEqual([
      '<0.1',
      '>=0.1',
      '>=0.1',
    ]);
    expect(labelsAt({ intervals: [0] }, 1, ['-1e-400', '1e-400', '-0.0'])).toEqual(['<0', '>=0', '>=0']);
    expect(labelsAt({ intervals: [9007199254740992] }, 1, ['9007199254740991.9999', '9007199254740993'])).toEqual([
      '<9007199254740992',
      '>=9007199254740992',
    ]);
  });

  it('take integers of any size, tabulated or not', () => {
    const years = ['1022', '1023', '1024', '1025', '2000'];
    expect(labelsAt({ intervals: [1023, 1024, 1025] }, 1, years)).toEqual([
      '<1023',
      '[1023,1024)',
      '[1024,1025)',
      '>=1025',
      '>=1025',
    ]);
  });

  it('merge by `then`, the last group shorter where it does not come out even, and keep the open ends apart', () => {
    // biome-ignore lint/suspicious/noThenProperty: the word of the policy language.
    const options = { intervals: [0, 18, 25, 35, 45, 55, 65, 75, 85, 90], then: [2, 4] };
    expect(levelsOf(build(options), ['-3', '5', '20', '60', '87', '90'])).toEqual([
      ['-3', '<0', '<0', '<0', '*'],
      ['5', '[0,18)', '[0,25)', '[0,85)', '*'],
      ['20', '[18,25)', '[0,25)', '[0,85)', '*'],
      ['60', '[55,65)', '[45,65)', '[0,85)', '*'],
      ['87', '[85,90)', '[85,90)', '[85,90)', '*'],
      ['90', '>=90', '>=90', '>=90', '*'],
    ]);
  });

  it('know decimal numbers only, at every level', () => {
    const unknown = ['', 'x', '1,5', ' 5', '5 ', '0x5', 'Infinity', '1e999', '٣'];
    for (const levels of levelsOf(build({ intervals: [0, 10] }), unknown)) expect(levels).toEqual([null, null, null]);
  });

  it('hold the value that they name, and each lies within the one above', () => {
    const bounds = fc.uniqueArray(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 12 });
    const then = fc.array(fc.integer({ min: 2, max: 4 }), { maxLength: 3 });
    const values = fc.array(fc.integer({ min: -600, max: 600 }), { minLength: 1 });
    fc.assert(
      fc.property(bounds, then, values, (unsorted, merges, tenths) => {
        const hierarchy = build({
          intervals: unsorted.toSorted((a, b) => a - b),
          // biome-ignore lint/suspicious/noThenProperty: the word of the policy language.
          then: merges,
        });
        const texts = tenths.map((n) => (n / 10).toFixed(1));
        for (const [i, levels] of levelsOf(hierarchy, texts).entries()) {
          const spans = levels.slice(1).map((label) => spanOf(label!));
          let [low, high] = [Number(texts[i]), Number(texts[i])];
          for (const [from, to] of spans) {
            expect(from).toBeLessThanOrEqual(low);
            expect(to).toBeGreaterThanOrEqual(high);
            expect(to).toBeGreaterThan(Number(texts[i]));
            [low, high] = [from, to];
          }
        }
      }),
      { seed: 4 },
    );
  });

  it('need bounds in increasing order', () => {
    for (const bad of [[], [1, 1], [2, 1], ['1'], [Number.NaN]]) {
      expect(intervals.options.safeParse({ intervals: bad }).success).toBe(false);
    }
    // biome-ignore lint/suspicious/noThenProperty: the word of the policy language.
    expect(intervals.options.safeParse({ intervals: [1, 2], then: [1] }).success).toBe(false);
  });
});

function spanOf(label: string): [number, number] {
  if (label === '*') return [-Infinity, Infinity];
  if (label.startsWith('<')) return [-Infinity, Number(label.slice(1))];
  if (label.startsWith('>=')) return [Number(label.slice(2)), Infinity];
  const [from, to] = label.slice(1, -1).split(',').map(Number);
  return [from!, to!];
}
