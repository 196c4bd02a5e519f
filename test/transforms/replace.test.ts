import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Failure } from '../../src/base/diagnostic.ts';
import { INVALID, NEXT, Numeral } from '../../src/transforms/definition.ts';
import { replace } from '../../src/transforms/replace.ts';
import { checkForms, type Input, testResources } from './harness.ts';

const replaced = (options: unknown, ...inputs: Input[]) => checkForms(replace, options, inputs);
const byFile = { file: 'codes.csv', from: 'old', to: 'new' };
const withFile = (text: string) => testResources({ files: { 'codes.csv': text } });

function problems(text: string, options: object = byFile) {
  try {
    checkForms(replace, options, [], withFile(text));
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    expect(JSON.stringify(error.diagnostics)).not.toContain('canary');
    return error.diagnostics.map(({ place, message }) => [place?.file, place?.line, message]);
  }
  return [];
}

describe('replace', () => {
  it('compares by text and writes text', () => {
    const map = { M: 'male', 17: '1', true: 'yes', '': 'none', 'é🙂': '', 'a value of many bytes': 'b' };
    const inputs = ['M', 17, '17', true, '', 'é🙂', 'a value of many bytes'];
    expect(replaced({ map }, ...inputs)).toEqual(['male', '1', '1', 'yes', 'none', '', 'b']);
  });

  it.each([
    ['reject', INVALID],
    ['redact', null],
    ['next', NEXT],
  ])('does with other values as `others: %s` says', (others, result) => {
    const inputs = ['m', ' M', 'M ', 'MM', '', 'e\u0301', '🙂', null, false, new Numeral('1.0'), 1e300];
    const map = { M: 'male', é: 'e', 1: 'one' };
    expect(replaced({ map, others }, ...inputs)).toEqual(inputs.map(() => result));
    expect(replaced({ map, others }, 'M', 1)).toEqual(['male', 'one']);
  });

  it('puts no value in the place of one', () => {
    expect(replaced({ map: { 9: null } }, '9', 9)).toEqual([null, null]);
  });

  it('reads pairs from a file, by the names of its columns', () => {
    const text = '\ufeffnew,old,more\r\none,1,x\r\n"a, ""b""",é🙂,y\r\n,3,\r\n';
    const results = checkForms(replace, byFile, ['1', 'é🙂', 3, '2'], withFile(text));
    expect(results).toEqual(['one', 'a, "b"', '', INVALID]);
    expect(checkForms(replace, { ...byFile, delimiter: ';' }, ['1'], withFile('old;new\n1;2'))).toEqual(['2']);
    expect(replace.files?.(replace.options.parse(byFile))).toEqual([{ file: 'codes.csv', path: ['file'] }]);
  });

  it.each([
    ['', [[1, 'the file holds no rows']]],
    ['old,new\n', [[1, 'no row stands below the header']]],
    ['canary,new\n1,2\n', [[1, 'the header has no column `old`']]],
    ['old,new,old\n1,2,3\n', [[1, 'two columns of the header are named `old`']]],
    ['old,new\ncanary,2\ncanary\n', [[3, 'the row has 1 column, the first has 2 columns']]],
    [
      'old,new\ncanary,2\n1,1\n\ncanary,2\n1,5\n',
      [
        [5, 'the value stands in line 2 already'],
        [6, 'the value stands in line 3 already'],
      ],
    ],
    ['old,new\n"canary,1\n', [[2, 'a quote is opened and never closed']]],
  ])('refuses the file %j', (text, expected) => {
    expect(problems(text)).toEqual(expected.map(([line, message]) => ['codes.csv', line, message]));
  });

  it.each([
    [{}, [[]]],
    [{ others: 'next' }, [[]]],
    [{ map: { a: 'b' }, file: 'x' }, [['file']]],
    [{ map: { a: 'b' }, from: 'x', to: 'y' }, [['from'], ['to']]],
    [{ file: 'x', from: 'a' }, [[]]],
    [{ file: 'x' }, [[], []]],
    [{ file: 'x', from: 'a', to: 'a' }, [['to']]],
    [{ map: { a: 'b' } }, []],
    [byFile, []],
  ])('finds what is wrong with %j', (options, paths) => {
    const found = replace.check?.(replace.options.parse(options), undefined);
    expect(found?.map(({ path }) => path)).toEqual(paths);
  });

  it('refuses an empty map', () => {
    expect(replace.options.safeParse({ map: {} }).success).toBe(false);
  });

  it.each([
    [{ map: { a: 'a', b: 'b' } }, true],
    [{ map: { a: 'a', b: 'b' }, others: 'redact' }, true],
    [{ map: { a: 'a', b: 'c' } }, false],
    [{ map: { a: 'b' }, others: 'next' }, true],
    [{ ...byFile, others: 'next' }, true],
    [byFile, false],
  ])('says whether it releases values as they are: %j', (options, expected) => {
    expect(replace.leavesAsIs?.(replace.options.parse(options))).toBe(expected);
  });

  it('shows no pair in the manifest', () => {
    expect(replace.parameters?.(replace.options.parse({ map: { Ada: 'x' } }))).toEqual({
      by: 'map',
      entries: 1,
      others: 'reject',
    });
    expect(replace.parameters?.(replace.options.parse(byFile))).toEqual({ by: 'file', others: 'reject' });
  });

  it('is a lookup, in both forms', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'é', '🙂', '\u0308', ''), maxLength: 12 });
    const map = fc.dictionary(text, fc.option(text), { minKeys: 1, noNullPrototype: true });
    fc.assert(
      fc.property(map, fc.array(text), (pairs, texts) => {
        const inputs = [...texts, ...Object.keys(pairs)];
        const expected = inputs.map((input) => (Object.hasOwn(pairs, input) ? pairs[input] : INVALID));
        expect(replaced({ map: pairs }, ...inputs)).toEqual(expected);
      }),
      { seed: 6 },
    );
  });
});
