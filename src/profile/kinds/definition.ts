import type { Dictionary } from '../dictionary.ts';
import type { FieldProfile } from '../field.ts';

/** What becomes of fields of a kind is said for each group: see `draft/standards`. */
export type Group =
  /** Names a person, and nothing is to be learned from it but that. */
  | 'direct'
  /** Number by which one's own files know a person: records of a person are joined by it. */
  | 'subject'
  /** Number of a record or thing. */
  | 'key'
  | 'birth-date'
  | 'date'
  | 'age'
  | 'birth-year'
  | 'zip'
  | 'postal-code'
  | 'place'
  /** Region, country, sex: helps to recognize somebody, and has few values. */
  | 'trait'
  /** What nobody should learn about a person, with few values. */
  | 'sensitive'
  /** A number that tells about a person: an income, a weight. */
  | 'measure'
  | 'text'
  /** Technical, or about things: kept. */
  | 'technical';

/** A sort of data that a field may hold. */
export interface FieldKind {
  readonly name: string;
  readonly group: Group;
  /** Words of field names that say so, as `foldedWords` gives them: English, German, French, Spanish, and those of `words`. */
  readonly names: readonly string[];
  /** Is the field, as a whole, one that can hold it? */
  fits?(field: FieldProfile): boolean;
  /** Does a value look like it? */
  matches?(text: string, dictionary: Dictionary): boolean;
  /** With `matches`: the share of the distinct values at which they say it by themselves; undefined: never. */
  readonly alone?: number;
  /** Without `alone`: the share of the distinct values from which on they make sure what the name says. */
  readonly confirmed?: number;
  /** The share that a field needs as well whose name says it. Default: 0.5. */
  readonly named?: number;
  /** What `fake` makes in its place. */
  readonly fake?: string;
}
