import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FieldRule } from '../../src/policy/policy.ts';
import { canonicalSelector, isRepeated, readSelector, resolveColumns } from '../../src/policy/selectors.ts';

const field = (selector: string): FieldRule => ({
  selector,
  kind: readSelector(selector).kind,
  role: 'sensitive',
  type: undefined,
  nulls: 'keep',
  invalid: 'reject',
  steps: [],
});

function resolve(selectors: readonly string[], columns: readonly string[]) {
  const { slotOf, problems } = resolveColumns(selectors.map(field), columns);
  return {
    slotOf: slotOf.map((rule) => rule?.selector),
    problems: problems.map((problem) =>
      'column' in problem
        ? `${problem.kind} ${problem.column} at ${problem.index}`
        : `${problem.kind} ${problem.field.selector}${'suggestion' in problem ? ` ${problem.suggestion}` : ''}`,
    ),
  };
}

describe('columns', () => {
  test('an exact name beats a glob', () => {
    expect(resolve(['*_name', 'first_name', 'id'], ['id', 'first_name', 'last_name'])).toEqual({
      slotOf: ['id', 'first_name', '*_name'],
      problems: [],
    });
  });

  test('two globs on one column', () => {
    expect(resolve(['*_name', 'first*'], ['first_name', 'last_name', 'first'])).toEqual({
      slotOf: [undefined, '*_name', 'first*'],
      problems: ['two-globs first_name at 0'],
    });
  });

  test('what is not named, not there, or not matched', () => {
    expect(resolve(['emial', 'x_*', 'zzzzzzzz'], ['email', 'age'])).toEqual({
      slotOf: [undefined, undefined],
      problems: [
        'unlisted email at 0',
        'unlisted age at 1',
        'absent emial email',
        'absent zzzzzzzz undefined',
        'glob-unused x_*',
      ],
    });
  });

  test('globs are anchored and tell case apart', () => {
    const columns = ['name', 'Name', 'surname', 'names', 'n?me', '*', ''];
    const matched = (glob: string) => columns.filter((_, i) => resolve([glob], columns).slotOf[i] !== undefined);
    expect(matched('n?me')).toEqual(['name', 'n?me']);
    expect(matched('*name')).toEqual(['name', 'surname']);
    expect(matched('*')).toEqual(columns);
    expect(matched('?')).toEqual(['*']);
    expect(matched('?*?')).toEqual(['name', 'Name', 'surname', 'names', 'n?me']);
  });

  test('a character is a code point', () => {
    expect(resolve(['?'], ['😀']).slotOf).toEqual(['?']);
  });

  test('globs match as the regular expression of the same meaning', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 8 });
    fc.assert(
      fc.property(letters, fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 10 }), (glob, name) => {
        fc.pre(/[*?]/.test(glob));
        const pattern = new RegExp(`^${glob.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'su');
        expect(resolve([glob], [name]).slotOf[0] === glob).toBe(pattern.test(name));
      }),
      { numRuns: 500, seed: 1 },
    );
  });
});

test('selectors of one meaning have one canonical form', () => {
  const same = (a: string, b: string) => canonicalSelector(a) === canonicalSelector(b);
  expect(same('**_x', '*_x')).toBe(true);
  expect(same('a?*', 'a*?')).toBe(true);
  expect(same('a?', 'a*')).toBe(false);
  expect(same('$.a', "$['a']")).toBe(true);
  expect(same('$.a', '$.b')).toBe(false);
});

test('kinds of selectors', () => {
  const kinds = ['a', 'a*', '$.a', '$.a[*].b', '$.a.*', '$', '$a'].map((selector) => readSelector(selector).kind);
  expect(kinds).toEqual(['exact', 'glob', 'path', 'path', 'glob', 'path', 'exact']);
  expect(['$.a', '$.a[*].b', '$.a.*', 'a*'].map(isRepeated)).toEqual([false, true, true, false]);
});
