import type { DateFormat } from '../table/dates.ts';
import type { FieldName } from './field-name.ts';
import { type TableReading, usualReading } from './notations.ts';
import { NumberForms } from './number-forms.ts';
import { Sketch } from './sketch.ts';
import { FormTracker, type ValueForm } from './value-form.ts';

/** What is known of a field. Nothing of it but counts and shares is ever shown. */
export interface FieldProfile {
  /** As a policy names it. */
  readonly selector: string;
  readonly name: FieldName;
  /** May have several values in a record. */
  readonly repeated: boolean;
  /** Its objects have keys that are data; how many different ones were seen, at least. */
  readonly dataKeys: number;
  /** Objects or arrays stand in some records where others have a value. */
  readonly mixed: boolean;
  readonly values: number;
  readonly nulls: number;
  readonly distinct: { readonly count: number; readonly exact: boolean };
  /** Share of the distinct values that stand once. */
  readonly once: number;
  readonly form: ValueForm;
  /** How all values are written as dates, where they are, in one way only. */
  readonly dates: DateFormat | undefined;
  readonly areDates: boolean;
  /** Some numbers begin with a zero: they are codes. */
  readonly zeros: boolean;
  /** Words of a value, on average. */
  readonly words: number;
  readonly longest: number;
  /** Of numbers; undefined where there are none. */
  readonly range: readonly [least: number, most: number] | undefined;
  readonly sketch: Sketch;
}

/** Collects what a profile says about one field, value by value. */
export class FieldCollector {
  values = 0;
  nulls = 0;
  readonly sketch = new Sketch();
  /** The values as numbers of other forms than the engine's. */
  readonly numbers = new NumberForms();
  readonly #form = new FormTracker();
  readonly #marks = new Map<string, number>();
  #zeros = false;
  #longest = 0;
  #least = Number.POSITIVE_INFINITY;
  #most = Number.NEGATIVE_INFINITY;

  add(text: string | null): void {
    if (text === null) {
      this.nulls++;
      return;
    }
    this.values++;
    this.sketch.add(text);
    if (noValue.has(text)) {
      this.#marks.set(text, (this.#marks.get(text) ?? 0) + 1);
      return;
    }
    this.#form.add(text);
    this.numbers.add(text);
    if (text.length > this.#longest) this.#longest = text.length;
    if (/^0\d/.test(text)) this.#zeros = true;
    const number = Number(text);
    if (number < this.#least) this.#least = number;
    if (number > this.#most) this.#most = number;
  }

  /** Texts that elsewhere stand for no value. */
  get marks(): readonly string[] {
    return [...this.#marks.keys()];
  }

  /** How all values are written as dates, where they are, in one way only. */
  get dates(): DateFormat | undefined {
    return this.#form.dates;
  }

  /** All are numbers in the engine's form. */
  get isPlainNumber(): boolean {
    return this.#form.form === 'integer' || this.#form.form === 'number';
  }

  /** So they are, and some are no integers. */
  get hasPoints(): boolean {
    return this.#form.form === 'number';
  }

  /** Are its values numbers or dates, marks left out? */
  isRead(reading: TableReading): boolean {
    const form = this.#formBy(reading);
    return form !== 'string' && form !== 'boolean';
  }

  profile(
    place: Pick<FieldProfile, 'selector' | 'name' | 'repeated' | 'dataKeys' | 'mixed'>,
    reading: TableReading = usualReading,
  ): FieldProfile {
    const { dates, areDates } = this.#form;
    const marks = [...this.#marks].filter(([text]) => !reading.nulls.includes(text));
    const nulls = [...this.#marks.values()].reduce((sum, count) => sum + count, 0) - sumOf(marks);
    const form = marks.length > 0 ? 'string' : this.#formBy(reading);
    const sample = this.sketch.values;
    const words = sample.reduce((sum, { text }) => sum + (text.trim().match(/\S+/g)?.length ?? 0), 0);
    return {
      ...place,
      values: this.values - nulls,
      nulls: this.nulls + nulls,
      distinct: this.sketch.distinct,
      once: sample.length === 0 ? 0 : sample.filter(({ count }) => count === 1).length / sample.length,
      form,
      dates: marks.length > 0 ? undefined : form === 'date' || form === 'datetime' ? (reading.date ?? dates) : dates,
      areDates: areDates && marks.length === 0,
      zeros: this.#zeros,
      words: sample.length === 0 ? 0 : words / sample.length,
      longest: this.#longest,
      range: form === 'integer' || form === 'number' ? this.#rangeBy(reading) : undefined,
      sketch: this.sketch,
    };
  }

  #rangeBy({ number }: TableReading): FieldProfile['range'] {
    return number === undefined ? [this.#least, this.#most] : this.numbers.as(number)!.range;
  }

  /** By the notations of the table: what a type of the policy would accept. */
  #formBy({ number, date }: TableReading): ValueForm {
    const { form } = this.#form;
    const read = number && this.numbers.as(number);
    if (number !== undefined && (read !== undefined || form === 'integer' || form === 'number')) {
      return read === undefined ? 'string' : read.integers ? 'integer' : 'number';
    }
    if (date === undefined) return form;
    const written = this.#form.writtenAs(date);
    return form === 'date' || form === 'datetime' || form === 'string' ? (written ?? 'string') : form;
  }
}

function sumOf(marks: readonly (readonly [string, number])[]): number {
  return marks.reduce((sum, [, count]) => sum + count, 0);
}

/**
 * What tables have in the place of a number that there is not. None of them is a word, so that nothing is lost where it stands in a text;
 * `#NV` is Excel's in German.
 */
const noValue: ReadonlySet<string> = new Set(['-', '–', '—', '--', '#N/A', '#NV', 'N/A', 'n/a', 'k.A.', 'k. A.']);

/** Share of the values from which on the script of their letters counts. */
const leastShare = 0.1;

/** Have many of the values letters of another script than the Latin one? */
export function isBeyondLatin({ sketch: { values } }: FieldProfile): boolean {
  const beyond = values.filter(
    ({ text }) => /[^\0-\u036f\u1e00-\u20ff]/.test(text) && /(?!\p{scx=Latin})\p{L}/u.test(text),
  );
  return beyond.length > leastShare * values.length;
}

/** No two values are equal, as far as the sample tells, and there are several. */
export function isUnique({ once, values }: FieldProfile): boolean {
  return values > 1 && once === 1;
}
