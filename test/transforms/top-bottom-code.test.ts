import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { INVALID, Numeral } from '../../src/transforms/definition.ts';
import { topBottomCode } from '../../src/transforms/top-bottom-code.ts';
import { checkForms, type Input } from './harness.ts';

const coded = (options: unknown, ...inputs: Input[]) => checkForms(topBottomCode, options, inputs);

describe('top and bottom coding', () => {
  it('writes the bound for what lies beyond it, and leaves the rest byte for byte', () => {
    const inputs = ['-0.01', '0', '-0', '007', '+5', '1e3', '249999.99', '250000', '250000.0', '1e300', '-.5'];
    const results = ['0', '0', '0', '007', '+5', '1e3', '249999.99', '250000', '250000', '250000', '0'];
    expect(coded({ bottom: 0, top: 250000 }, ...inputs)).toEqual(results);
  });

  it('keeps numbers numbers, but for labels', () => {
    const options = { bottom: 18, top: 90, labels: { top: '90+' } };
    const inputs = [17, 18, new Numeral('18.0'), new Numeral('40.10'), 90, new Numeral('1E2')];
    const results = [new Numeral('18'), new Numeral('18'), new Numeral('18'), new Numeral('40.10'), '90+', '90+'];
    expect(coded(options, ...inputs)).toEqual(results);
    expect(topBottomCode.produces?.({ top: 90 }, 'integer')).toBe('integer');
    expect(topBottomCode.produces?.({ top: 90, labels: { top: '90+' } }, 'integer')).toBe('string');
  });

  it('labels what is below the bottom, and what is at or above the top', () => {
    const options = { bottom: 0, top: 90, labels: { bottom: '<0', top: '90+' } };
    expect(coded(options, '-1', '0', '0.0', '89.9', '90', '91')).toEqual(['<0', '0', '0.0', '89.9', '90+', '90+']);
  });

  it('is exact beyond doubles', () => {
    const top = '9007199254740993.0000000000000000001';
    const inputs = ['9007199254740993', '9007199254740993.0000000000000000002', '0.1'];
    expect(coded({ top }, ...inputs)).toEqual([inputs[0], top, '0.1']);
    expect(coded({ bottom: 0.1 }, '0.09999999999999999999', '0.1000000000000000000001')).toEqual([
      '0.1',
      '0.1000000000000000000001',
    ]);
    expect(coded({ top: 1e21 }, new Numeral('1e22'))).toEqual([new Numeral('1000000000000000000000')]);
  });

  it('cuts off dates', () => {
    const options = { bottom: '1936-01-01', top: '2008-02-29' };
    const inputs = ['1921-03-04', '1936-01-01', '1999-12-31', '2008-02-29', '2008-03-01'];
    const results = ['1936-01-01', '1936-01-01', '1999-12-31', '2008-02-29', '2008-02-29'];
    expect(coded(options, ...inputs)).toEqual(results);
    const unread = ['1999-02-29', '1999', '', 'é', '1999-12-31T00:00:00', null, true, 19991231];
    expect(coded(options, ...unread)).toEqual(unread.map(() => INVALID));
    expect(coded({ top: '2008-02-29', labels: { top: 'later' } }, '2008-02-29')).toEqual(['later']);
  });

  it('does not read what is no number', () => {
    const unread = ['', ' 1', '1,000', 'NaN', 'Infinity', '0x10', '１', '🙂', 'e\u0301', null, true, '1e401'];
    expect(coded({ bottom: 0 }, ...unread)).toEqual(unread.map(() => INVALID));
  });

  it.each([
    [{}, undefined, [[]]],
    [{ bottom: 5, top: 5 }, undefined, [['top']]],
    [{ bottom: '1e400', top: '1e399' }, undefined, [['top']]],
    [{ bottom: '2000-01-02', top: '2000-01-01' }, 'date' as const, [['top']]],
    [{ bottom: 0, top: '2000-01-01' }, undefined, [['top']]],
    [{ bottom: 0, labels: { top: 'x' } }, undefined, [['labels', 'top']]],
    [{ bottom: 0.5, top: 1 }, 'integer' as const, [['bottom']]],
    [{ bottom: 0, top: 1 }, 'date' as const, [['bottom'], ['top']]],
    [{ bottom: '2000-01-01' }, 'number' as const, [['bottom']]],
    [{ bottom: '2000-01-01' }, 'datetime' as const, [['bottom']]],
    [{ bottom: 0 }, 'boolean' as const, [['bottom']]],
    [{ bottom: '1.0', top: '2e3' }, 'integer' as const, []],
    [{ bottom: '2000-01-01' }, 'string' as const, []],
  ])('finds what is wrong with %j for type %s', (options, type, paths) => {
    const found = topBottomCode.check?.(topBottomCode.options.parse(options), type);
    expect(found?.map(({ path }) => path)).toEqual(paths);
  });

  it.each(['x', '', '2000-02-30', '2000-01-01T00:00:00Z', true, null])('refuses the bound %j', (bottom) => {
    expect(topBottomCode.options.safeParse({ bottom }).success).toBe(false);
  });

  it('is clamping: whole numbers against Math.min and Math.max', () => {
    const number = fc.integer({ min: -1000, max: 1000 });
    fc.assert(
      fc.property(number, number, fc.array(number), (a, b, values) => {
        const [bottom, top] = a < b ? [a, b] : [b, a + (a === b ? 1 : 0)];
        const expected = values.map((value) => String(Math.min(Math.max(value, bottom), top)));
        expect(coded({ bottom, top }, ...values.map(String))).toEqual(expected);
      }),
      { seed: 21 },
    );
  });

  it('keeps the order of numbers of any length, in both forms', () => {
    const decimal = fc.stringMatching(/^-?\d{1,20}(\.\d{1,20})?$/);
    const units = (text: string) => {
      const [whole, fraction = ''] = text.replace('-', '').split('.');
      return BigInt(`${text.startsWith('-') ? '-' : ''}${whole}${fraction.padEnd(20, '0')}`);
    };
    fc.assert(
      fc.property(decimal, fc.array(decimal), (bound, values) => {
        const [tops, bottoms] = [coded({ top: bound }, ...values), coded({ bottom: bound }, ...values)] as string[][];
        for (const [i, value] of values.entries()) {
          const [own, limit] = [units(value), units(bound)];
          const [least, most] = own < limit ? [own, limit] : [limit, own];
          expect(units(tops![i]!)).toBe(least);
          expect(units(bottoms![i]!)).toBe(most);
        }
      }),
      { seed: 22 },
    );
  });

  it('is the same in both forms for any text', () => {
    const value = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.double().map(String),
      fc.stringMatching(/^\d{4}-\d\d-\d\d$/),
    );
    fc.assert(
      fc.property(fc.constantFrom({ top: 0.3 }, { bottom: '2000-01-01' }), fc.array(value), (options, values) => {
        coded(options, ...values);
      }),
      { seed: 23 },
    );
  });
});
