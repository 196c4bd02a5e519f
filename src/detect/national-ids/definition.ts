import { dayNumber } from '../../base/calendar.ts';
import type { Country } from '../../base/countries.ts';
import { wordPattern } from '../scan.ts';

/** A number by which a state knows a person. */
export interface NationalId {
  /** Country and usual short name: `us-ssn`. */
  readonly name: string;
  readonly country: Country;
  /** One sentence. */
  readonly summary: string;
  /** Who says what is valid. */
  readonly source: string;
  /** Names of fields that hold it: words in lower case. */
  readonly names: readonly string[];
  readonly examples: { readonly found: readonly string[]; readonly not: readonly string[] };
  /** How it is written; matches whole words only. */
  readonly pattern: RegExp;
  /** Is it valid? `compact` holds the letters and digits of what `pattern` found in upper case, `written` all of it. */
  accepts(compact: string, written: string): boolean;
}

/** `pattern` is the source of a regular expression with bounded repetitions; case does not matter. */
export function defineNationalId(definition: Omit<NationalId, 'pattern'> & { readonly pattern: string }): NationalId {
  return { ...definition, pattern: wordPattern(definition.pattern) };
}

/** Is this a day, with the year in two digits of any century? */
export function isDay(year: string, month: string | number, day: string | number): boolean {
  const of = (century: number) => dayNumber(century + Number(year), Number(month), Number(day)) >= 0;
  return of(2000) || of(1900);
}
