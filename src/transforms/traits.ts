/** What values a technique is made for; `any` includes objects and arrays only where it may take them as a `whole`. */
export type ValueKind = 'text' | 'number' | 'date' | 'category' | 'any';

/**
 * Who can get back from a result to its value. `no`: nobody, from the result alone. `guess`: who holds the key can try values until
 * one fits. `key`: who holds the key. `map`: who has the pairs, as far as they differ. `yes`: everybody.
 */
export type Reversal = 'no' | 'guess' | 'key' | 'map' | 'yes';

/** `no` promises nothing, not that the property is lost. */
export type Kept = 'yes' | 'partly' | 'no';

/** What to choose a technique by. `yes` holds for all values that it can read. */
export interface Traits {
  readonly kinds: readonly ValueKind[];
  readonly reversible: Reversal;
  readonly keeps: {
    /**
     * Each result is one of the field's values, a number in the place of a number, a date in that of a date, or text with as many
     * characters of the same classes. `partly`: it has the length of the value, or is the same sort of thing.
     */
    readonly format: Kept;
    /** A greater value never gets a smaller result. `partly`: nearly so, or equal results are those of neighbouring values. */
    readonly order: Kept;
    /** A field in which no value stands twice stays such a field. `partly`: for part of the values. */
    readonly uniqueness: Kept;
    /**
     * Every value is as frequent as before. `partly`: results are as frequent as the values that they stand for, or the results
     * are spread much like the values, so that counts, means or quantiles can be estimated.
     */
    readonly distribution: Kept;
  };
}
