import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FieldCollector } from '../../src/profile/field.ts';
import { guessReading, type TableReading } from '../../src/profile/notations.ts';

function collected(values: readonly string[]): FieldCollector {
  const collector = new FieldCollector();
  for (const value of values) collector.add(value);
  return collector;
}

const guess = (...columns: readonly (readonly string[])[]) => guessReading(columns.map(collected));
const profileOf = (values: readonly string[], reading: TableReading) =>
  collected(values).profile(
    { selector: 'a', name: { words: 'a', above: '' } as never, repeated: false, dataKeys: 0, mixed: false },
    reading,
  );

describe('how the numbers of a table are written', () => {
  it.each([
    [{ decimal: ',', thousands: undefined }, [['12,50', '7', '1234,5']]],
    [{ decimal: ',', thousands: '.' }, [['12,50', '1.234,50']]],
    // One column tells what the points of another are.
    [
      { decimal: ',', thousands: '.' },
      [
        ['12,50', '7'],
        ['1.234', '12.345'],
      ],
    ],
    [{ decimal: ',', thousands: ' ' }, [['1\u202f234,5', '12']]],
    [{ decimal: '.', thousands: "'" }, [["1'234.50", '12']]],
    [{ decimal: '.', thousands: ',' }, [['1,234.50', '12']]],
    // Groups alone: with either decimal separator they are the same numbers.
    [{ decimal: '.', thousands: ' ' }, [['1 234 567', '12 345', '999']]],
  ])('is told by all of them: %o', (number, columns) => {
    expect(guess(...columns).number).toEqual(number);
  });

  it.each([
    [[['12', '1.5', '-3e5']]],
    [[['a', '1,5']]],
    // A little more than one, or a thousand?
    [[['1,234', '12,345', '999']]],
    // Codes have one length.
    [[['123 456', '234 567']]],
    // One column against the other.
    [
      [
        ['1,5', '2'],
        ['1.5', '2'],
      ],
    ],
    [[['10.0.0.1', '192.168.100.200']]],
    [[[]]],
  ])('is left open: %j', (columns) => {
    expect(guess(...columns).number).toBeUndefined();
  });

  it('says what a field holds, as a policy would read it', () => {
    const reading = guess(['1.234,50', '-2,25'], ['1.234', '17']);
    expect(profileOf(['1.234,50', '-2,25'], reading)).toMatchObject({ form: 'number', range: [-2.25, 1234.5] });
    expect(profileOf(['1.234', '17'], reading)).toMatchObject({ form: 'integer', range: [17, 1234] });
    expect(profileOf(['51.5074'], reading)).toMatchObject({ form: 'string', range: undefined });
    expect(profileOf(['x'], reading)).toMatchObject({ form: 'string' });
  });
});

describe('how its dates are written', () => {
  it('is what most fields allow in one way only', () => {
    expect(guess(['31.12.2024', '01.02.2024']).date).toBe('DD.MM.YYYY');
    expect(guess(['31/12/2024'], ['01/02/2024']).date).toBe('DD/MM/YYYY');
    for (const column of [['01/02/2024'], ['2024-12-31'], ['20241231'], ['31.12.24'], ['x']]) {
      expect(guess(column).date).toBeUndefined();
    }
    expect(guess(['31.12.2024'], ['12/31/2024']).date).toBeUndefined();
  });

  it('says what a field holds', () => {
    const reading = guess(['31/12/2024']);
    expect(profileOf(['01/02/2024'], reading)).toMatchObject({ form: 'date', dates: 'DD/MM/YYYY' });
    expect(profileOf(['01/02/2024 09:30'], reading)).toMatchObject({ form: 'datetime', dates: 'DD/MM/YYYY' });
    expect(profileOf(['01/02/2024 09:30', '01/02/2024'], reading)).toMatchObject({ form: 'string' });
    expect(profileOf(['2024-12-31'], reading)).toMatchObject({ form: 'string' });
  });
});

describe('what stands for no value', () => {
  it('is told where the others are numbers or dates', () => {
    const reading = guess(['1,5', '-', '2,5'], ['31.12.2024', 'k.A.'], ['-', '#NV']);
    expect(reading.nulls).toEqual(['-', 'k.A.']);
    expect(profileOf(['1,5', '-', '2,5'], reading)).toMatchObject({ form: 'number', values: 2, nulls: 1 });
    expect(profileOf(['a', '-'], reading)).toMatchObject({ form: 'string', values: 1, nulls: 1 });
    expect(profileOf(['1', '--'], reading)).toMatchObject({ form: 'string', values: 2, nulls: 0 });
    expect(guess(['a', '-'], ['NA', '1']).nulls).toEqual([]);
  });
});

it('guesses nothing of plain numbers and words', () => {
  const plain = fc.oneof(
    fc.integer().map(String),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
    fc.stringMatching(/^[a-z]{1,8}$/),
  );
  fc.assert(
    fc.property(fc.array(fc.array(plain)), (columns) => {
      expect(guess(...columns)).toEqual({ number: undefined, date: undefined, nulls: [] });
    }),
  );
});
