import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateNotation } from '../../src/table/date-notation.ts';
import { type DateFormat, dateFormats } from '../../src/table/dates.ts';

function run(way: (b: Buffer, from: number, to: number, target: Buffer, at: number) => number, text: string) {
  const bytes = Buffer.from(`#${text}#`);
  const target = Buffer.alloc(bytes.length + 2, '!');
  const end = way(bytes, 1, bytes.length - 1, target, 1);
  return end < 0 ? null : target.toString('utf8', 1, end);
}

const read = (format: DateFormat, text: string) => run(dateNotation(format)!.read, text);
const write = (format: DateFormat, text: string) => run(dateNotation(format)!.write, text);

describe('dates', () => {
  it('of a file become those of ISO 8601', () => {
    expect(read('DD.MM.YYYY', '31.12.2024')).toBe('2024-12-31');
    expect(read('DD/MM/YYYY', '29/02/2024')).toBe('2024-02-29');
    expect(read('MM/DD/YYYY', '02/29/2024')).toBe('2024-02-29');
    expect(read('YYYYMMDD', '20241231')).toBe('2024-12-31');
    expect(read('DD.MM.YYYY', '31.12.2024 23:59:59')).toBe('2024-12-31 23:59:59');
    expect(dateNotation('YYYY-MM-DD')).toBeUndefined();
  });

  it('that are written otherwise, or are none, are refused', () => {
    for (const text of [
      '2024-12-31',
      '31/12/2024',
      '1.2.2024',
      '31.12.24',
      '29.02.2023',
      '31.12.2024x',
      '00.01.2024',
    ]) {
      expect(read('DD.MM.YYYY', text), text).toBeNull();
    }
  });

  it('are written back, and nothing else is', () => {
    expect(write('DD.MM.YYYY', '2024-12-31')).toBe('31.12.2024');
    for (const text of ['2024', '2024-12', '2024-Q4', '2020s', '*', '[0,40)', '2024-13-01']) {
      expect(write('DD.MM.YYYY', text), text).toBeNull();
    }
  });

  it('come back as they were', () => {
    const formats = dateFormats.filter((format) => format !== 'YYYY-MM-DD');
    const day = fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
    const time = fc.constantFrom('', ' 09:30', 'T23:59:60.5+02:00');
    fc.assert(
      fc.property(fc.constantFrom(...formats), day, time, (format, date, time) => {
        const iso = date.toISOString().slice(0, 10) + time;
        const written = write(format, iso)!;
        const [year, month, of] = iso.slice(0, 10).split('-');
        expect(written).toBe(format.replace('YYYY', year!).replace('MM', month!).replace('DD', of!) + time);
        expect(read(format, written)).toBe(iso);
      }),
    );
  });
});
