import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groups } from '../../src/hierarchies/groups.ts';
import { levelsOf, noFiles } from './forms.ts';

function build(options: object) {
  return groups.build(groups.options.parse(options), noFiles);
}

const list = [
  { label: 'low', values: ['a', '', '1.10'] },
  { label: 'mid', values: ['é🙂', 'aaaaaaaaaaaaaaaaaaaa'] },
  { label: 'high', values: ['e\u0301'] },
];

describe('groups', () => {
  it('are merged with their neighbours, and named after the first and the last', () => {
    // biome-ignore lint/suspicious/noThenProperty: the word of the policy language; its value is a list, never a function.
    expect(levelsOf(build({ groups: list, then: [2, 2] }), ['', '1.10', 'é🙂', 'e\u0301'])).toEqual([
      ['', 'low', 'low..mid', 'low..high', '*'],
      ['1.10', 'low', 'low..mid', 'low..high', '*'],
      ['é🙂', 'mid', 'low..mid', 'low..high', '*'],
      ['e\u0301', 'high', 'high', 'low..high', '*'],
    ]);
  });

  it('know no other value, nor a label', () => {
    for (const levels of levelsOf(build({ groups: list }), ['low', '*', 'A', 'a ', 'é', '1.1', '🙂'])) {
      expect(levels).toEqual([null, null, null]);
    }
  });

  it('list their values', () => {
    expect(build({ groups: list }).domain).toEqual(['a', '', '1.10', 'é🙂', 'aaaaaaaaaaaaaaaaaaaa', 'e\u0301']);
  });

  it.each([
    [[], ['groups']],
    [[{ label: 'x', values: [] }], ['groups.0.values']],
    [[{ label: '', values: ['a'] }], ['groups.0.label']],
    [[{ label: '*', values: ['a'] }], ['groups.0.label']],
    [[{ label: 'a..b', values: ['a'] }], ['groups.0.label']],
    [[{ label: 'x', values: [1] }], ['groups.0.values.0']],
    [
      [
        { label: 'x', values: ['canary', 'canary'] },
        { label: 'x', values: ['b', 'canary'] },
      ],
      ['groups.0.values.1', 'groups.1.label', 'groups.1.values.1'],
    ],
  ])('refuse %j', (list, places) => {
    const { error } = groups.options.safeParse({ groups: list });
    expect(error!.issues.map(({ path }) => path.join('.'))).toEqual(places);
    expect(error!.issues.map(({ message }) => message).join()).not.toContain('canary');
  });

  it('are nested, with labels that tell groups apart at every level', () => {
    const name = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 6 })
      .filter((l) => l !== '*' && !l.includes('..'));
    const labels = fc.uniqueArray(name, { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(labels, fc.array(fc.integer({ min: 2, max: 4 }), { maxLength: 3 }), (all, then) => {
        const hierarchy = build({ groups: all.map((label, i) => ({ label, values: [`v${i}`, `w${i}`] })), then });
        const levels = levelsOf(
          hierarchy,
          all.flatMap((_, i) => [`v${i}`, `w${i}`]),
        );
        let width = 1;
        for (const [i, merged] of [1, ...then].entries()) {
          width *= merged;
          const count = new Set(levels.map((own) => own[i + 1])).size;
          expect(count).toBe(Math.ceil(all.length / width));
        }
      }),
      { numRuns: 100 },
    );
  });
});
