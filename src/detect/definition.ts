import type { Country } from '../base/countries.ts';

/** A part of a text: its UTF-16 code units from `start` up to `end`. */
export interface Match {
  readonly start: number;
  readonly end: number;
}

export interface Context {
  /** Whose national ways of writing count; undefined: those that the recognizer takes by itself. */
  readonly countries: readonly Country[] | undefined;
}

/** Finds one sort of personal data, as a whole value or within free text, in time that is linear in the text. */
export interface Recognizer {
  readonly name: string;
  /** One sentence. */
  readonly summary: string;
  /** Standard or register that says what is valid. */
  readonly source: string;
  /** Every match has one of these characters: a text without them need not be searched. */
  readonly needs: string;
  /** Names of fields that hold such data: words in lower case, as `wordsOfName` gives them. */
  readonly names: readonly string[];
  /** `found`: whole values that are recognized. `not`: texts in which nothing is. */
  readonly examples: { readonly found: readonly string[]; readonly not: readonly string[] };
  /** Loads what is too large to be loaded by every run; `find` may be called once it has finished. */
  load?(): Promise<void>;
  /** In ascending order, none within another. Neither begins nor ends within a longer word or number. */
  find(text: string, context: Context): readonly Match[];
}

/** Is the text as a whole what the recognizer finds? White space at either end does not count. */
export function recognizes(recognizer: Recognizer, text: string, context: Context): boolean {
  const whole = text.trim();
  const [match] = recognizer.find(whole, context);
  return match !== undefined && match.start === 0 && match.end === whole.length;
}

/** Does the name of a field say that it holds such data? `Home_Email`, `emailAddress` and `$.contact.email` do for `email`. */
export function recognizesName(recognizer: Recognizer, field: string): boolean {
  const words = ` ${wordsOfName(field)} `;
  return recognizer.names.some((name) => words.includes(` ${name} `));
}

/** The words of a field's name in lower case, with single spaces between them. */
export function wordsOfName(field: string): string {
  return field
    .replace(/(\p{Ll}|\d)(?=\p{Lu})/gu, '$1 ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .toLowerCase();
}
