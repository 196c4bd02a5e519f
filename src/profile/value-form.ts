import { type DateFormat, dateFormats, dayAt, layoutOf } from '../table/dates.ts';
import { isIsoDay } from '../table/iso-date.ts';

/** What all values of a field are; `date`: ISO days, `datetime`: with a time behind them. */
export type ValueForm = 'boolean' | 'integer' | 'number' | 'date' | 'datetime' | 'string';

/** Follows the values of a field and says what all of them are. As the engine reads types, so that a drafted type refuses no value. */
export class FormTracker {
  #forms: readonly (readonly [ValueForm, (text: string) => boolean])[] = forms;
  #dates: readonly DateFormat[] = dateFormats;
  #any = false;
  #days = false;
  #times = false;

  add(text: string): void {
    this.#any = true;
    if (this.#forms.length > 0 && !this.#forms.every(([, is]) => is(text))) {
      this.#forms = this.#forms.filter(([, is]) => is(text));
    }
    if (this.#dates.length === 0) return;
    const bytes = Buffer.from(text);
    if (bytes.length > longestDay) this.#times = true;
    else this.#days = true;
    const day = (format: DateFormat): boolean => dayAt(bytes, 0, bytes.length, layouts.get(format)!) >= 0;
    if (!this.#dates.every(day)) this.#dates = this.#dates.filter(day);
  }

  get form(): ValueForm {
    return this.#any ? (this.#forms[0]?.[0] ?? 'string') : 'string';
  }

  /** The only way in which all values are written dates, with or without a time; undefined where there is none, or several. */
  get dates(): DateFormat | undefined {
    return this.#any && this.#dates.length === 1 ? this.#dates[0] : undefined;
  }

  /** All values are dates in this format; `datetime` where times of day follow. Undefined where one is not, or some have a time and some none. */
  writtenAs(format: DateFormat): 'date' | 'datetime' | undefined {
    if (!this.#any || !this.#dates.includes(format) || (this.#days && this.#times)) return undefined;
    return this.#days ? 'date' : 'datetime';
  }

  /** All values are dates, in one way or another. */
  get areDates(): boolean {
    return this.#any && this.#dates.length > 0;
  }
}

/** Bytes of a date; a time of day takes six more. */
const longestDay = 10;
const layouts = new Map(dateFormats.map((format) => [format, layoutOf(format)]));

/** From the narrowest to the widest. `0` and `1` are booleans by the engine, and integers to anybody else. */
const forms: readonly (readonly [ValueForm, (text: string) => boolean])[] = [
  ['boolean', (text) => /^(?:true|false|TRUE|FALSE|True|False)$/.test(text)],
  ['integer', (text) => /^[+-]?\d+$/.test(text)],
  ['number', (text) => /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/.test(text)],
  ['date', (text) => isIsoDay(text)],
  ['datetime', (text) => text.length > 10 && isIsoDay(text.slice(0, 10)) && timeOfDay.test(text.slice(10))],
];

// RFC 3339 §5.6; a space for the T and a missing zone are accepted.
const timeOfDay =
  /^[Tt ](?:[01]\d|2[0-3]):[0-5]\d(?::(?:[0-5]\d|60)(?:[.,]\d+)?)?(?:[Zz]|[+-](?:[01]\d|2[0-3]):?[0-5]\d)?$/;
