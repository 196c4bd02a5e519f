import type { DateFormat } from '../table/dates.ts';
import type { FieldName } from './field-name.ts';
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
  readonly #form = new FormTracker();
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
    this.#form.add(text);
    if (text.length > this.#longest) this.#longest = text.length;
    if (/^0\d/.test(text)) this.#zeros = true;
    const number = Number(text);
    if (number < this.#least) this.#least = number;
    if (number > this.#most) this.#most = number;
  }

  profile(place: Pick<FieldProfile, 'selector' | 'name' | 'repeated' | 'dataKeys' | 'mixed'>): FieldProfile {
    const { form, dates, areDates } = this.#form;
    const sample = this.sketch.values;
    const words = sample.reduce((sum, { text }) => sum + (text.trim().match(/\S+/g)?.length ?? 0), 0);
    return {
      ...place,
      values: this.values,
      nulls: this.nulls,
      distinct: this.sketch.distinct,
      once: sample.length === 0 ? 0 : sample.filter(({ count }) => count === 1).length / sample.length,
      form,
      dates,
      areDates,
      zeros: this.#zeros,
      words: sample.length === 0 ? 0 : words / sample.length,
      longest: this.#longest,
      range: form === 'integer' || form === 'number' ? [this.#least, this.#most] : undefined,
      sketch: this.sketch,
    };
  }
}

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
