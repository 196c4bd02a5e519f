/**
 * How a file writes numbers or dates, where that is not the engine's own form: `1234.5`, `2026-11-21`. Values are brought into that form
 * as they are read, and back as they are written, so that nothing between knows of other ones.
 */
export interface Notation {
  /**
   * Write the value bytes[from, to) to target[at] in the engine's form, where there is room for `to - from + spareBytes`; returns the
   * offset behind it, -1 where the bytes are not of this notation. Whether it is a value of the field's type is for the type to say.
   */
  read(bytes: Uint8Array, from: number, to: number, target: Uint8Array, at: number): number;
  /** The way back. Returns -1 for what has no other form here: a label, a token, an integer. */
  write(bytes: Uint8Array, from: number, to: number, target: Uint8Array, at: number): number;
  /** One value may be written in several ways: with thousands separators and without. */
  readonly folds: boolean;
  /** The beginning of a hint: how values are written. */
  readonly words: string;
  /** What Table Schema (Data Package v2) says of a field that is written so. */
  readonly described: Readonly<Record<string, string>>;
}

/** The notations of a file, by what they are about; undefined: the engine's own form. */
export interface Notations {
  readonly number: Notation | undefined;
  readonly date: Notation | undefined;
}

export const plainNotations: Notations = { number: undefined, date: undefined };

/** A value may be so many bytes longer in another form: `20261121` is `2026-11-21`. */
export const spareBytes = 2;

/**
 * For values of which nobody says what they are: numbers or dates where they read as such, and otherwise as they stand. Undefined where
 * all is in the engine's own form.
 */
export function readerOfAny({ number, date }: Notations): Pick<Notation, 'read'> | undefined {
  if (number === undefined && date === undefined) return undefined;
  return {
    read(bytes, from, to, target, at) {
      for (const notation of [number, date]) {
        const end = notation?.read(bytes, from, to, target, at) ?? -1;
        if (end >= 0) return end;
      }
      target.set(bytes.subarray(from, to), at);
      return at + to - from;
    },
  };
}
