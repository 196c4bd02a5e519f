import { describe, expect, it } from 'vitest';
import { dayNumber } from '../../src/base/calendar.ts';
import { type DateFormat, dateFormats, dayAt, layoutOf, putDay } from '../../src/table/dates.ts';

const leapDay = dayNumber(2024, 2, 29);

function read(format: DateFormat, text: string): number {
  const bytes = Buffer.from(`9${text}9`);
  return dayAt(bytes, 1, bytes.length - 1, layoutOf(format));
}

describe('written dates', () => {
  it.each([
    ['YYYY-MM-DD', '2024-02-29'],
    ['YYYY/MM/DD', '2024/02/29'],
    ['YYYYMMDD', '20240229'],
    ['DD.MM.YYYY', '29.02.2024'],
    ['DD/MM/YYYY', '29/02/2024'],
    ['DD-MM-YYYY', '29-02-2024'],
    ['MM/DD/YYYY', '02/29/2024'],
    ['MM-DD-YYYY', '02-29-2024'],
  ] as const)('%s reads and writes %s', (format, text) => {
    expect(read(format, text)).toBe(leapDay);
    const bytes = Buffer.from(`<${text} 10:00>`);
    putDay(bytes, 1, layoutOf(format), dayNumber(7, 11, 3));
    expect(bytes.toString()).toBe(`<${format.replace('YYYY', '0007').replace('MM', '11').replace('DD', '03')} 10:00>`);
  });

  it('are of every format that there is', () => {
    expect(new Set(dateFormats.map((format) => read(format, '29.02.2024')))).toEqual(new Set([-1, leapDay]));
  });

  it.each([
    'T23:59',
    ' 23:59',
    't23:59:60z',
    'T00:00:00Z',
    'T00:00:00.123456789012345+14:00',
    'T00:00:00,5-0330',
    ' 10:00:00+00',
  ])('may have the time of day %j', (time) => {
    expect(read('YYYY-MM-DD', `2024-02-29${time}`)).toBe(leapDay);
  });

  it.each(
    ['T', ' ', 'T1', 'T24:00', 'T10:60', 'T10:00:61', 'T10:00:00.', 'T10:00:0', 'T10:00+1', 'T10:00+24:00'].concat([
      'T10:00+1:00',
      'T10:00Z ',
      'T10:00ZZ',
      'T10.00',
      '_10:00',
      '  10:00',
      'T10:00:00.5.5',
      'T10:00+01:0',
    ]),
  )('may not have the time of day %j', (time) => {
    expect(read('YYYY-MM-DD', `2024-02-29${time}`)).toBe(-1);
  });

  it.each(
    [
      '',
      '2024',
      '2024-02-30',
      '2023-02-29',
      '0000-01-01',
      '2024-13-01',
      '2024-2-29',
      '2024/02/29',
      ' 2024-02-29',
    ].concat(['+2024-02-29', '２０２４-02-29', '2024-02-2９', '24-02-29', '12024-02-29']),
  )('%j is none', (text) => {
    expect(read('YYYY-MM-DD', text)).toBe(-1);
  });
});
