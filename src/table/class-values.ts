/** The quasi-identifiers of classes of which each has one tuple: one record is one individual. */
export interface ClassValues {
  readonly width: number;
  /** Code of field d in class c. */
  code(c: number, d: number): number;
  /** texts[d][code]: what the code stands for; null: no value. */
  readonly texts: readonly (readonly (string | null)[])[];
}

/** A number for each text of a field: equal texts have equal numbers. `-1` for what stands for any value: null, and `*`. */
export function wildcardLabels(texts: readonly (string | null)[]): Int32Array {
  const numbers = new Map<string, number>();
  return Int32Array.from(texts, (text) => {
    if (text === null || text === suppressed) return wildcard;
    const number = numbers.get(text) ?? numbers.size;
    numbers.set(text, number);
    return number;
  });
}

/** The label of a value that matches every value. */
export const wildcard = -1;
/** What is written where a value is wholly suppressed. */
const suppressed = '*';
