import type { FieldType } from '../definition.ts';
import type { Node } from './grammar.ts';
import type { Locale } from './locales.ts';
import { wordsOf } from './words.ts';

/** One kind of made-up values, named as the method of faker that makes the like. */
export interface Kind {
  /**
   * What the values are made from; null where the locale has no words for it. `token` gives what stands where `unique` puts its
   * token: the separator and the token, or nothing.
   */
  grammar(locale: Locale, token: (separator: string) => Node): Node | null;
  /** How `unique` tells values apart: by a token, by this many bits that they have anyway, or not at all. */
  readonly unique: 'token' | 'none' | number;
  /** Name of the function that chooses, for kinds that choose together; default: one of its own, by its name. */
  readonly chosenBy?: string;
  /** Default: `string`. */
  readonly produces?: FieldType;
}

export type Kinds = Readonly<Record<string, Kind>>;

/** Words of the locale, a token behind them. */
export function words(name: string, make?: (locale: Locale) => Node | null): Kind {
  return {
    grammar(locale, token) {
      const node = make === undefined ? wordsOf(locale.lists, name) : make(locale);
      return node === null ? null : { seq: [node, token(' ')] };
    },
    unique: 'token',
  };
}

/** Words of the locale that nothing can be added to. */
export function fixedWords(name: string): Kind {
  return { grammar: ({ lists }) => wordsOf(lists, name), unique: 'none' };
}

/** Values of a form of its own, the same in all locales. */
export function form(node: Node, more: Partial<Kind> = {}): Kind {
  return { grammar: () => node, unique: 'none', ...more };
}

export const decimalDigits = '0123456789';
export const hexDigits = '0123456789abcdef';

export function digits(count: number): Node {
  return { chars: decimalDigits, count };
}

export function hex(count: number): Node {
  return { chars: hexDigits, count };
}

/** `first` to `last`, with leading zeros up to `width`. */
export function range(first: number, last: number, width = 0): Node {
  return { of: Array.from({ length: last - first + 1 }, (_, i) => String(first + i).padStart(width, '0')) };
}
