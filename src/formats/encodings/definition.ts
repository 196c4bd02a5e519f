/** A character encoding of text files, and how it comes to UTF-8 and back. */
export interface Encoding {
  /** As the policy writes it. */
  readonly name: string;
  readonly summary: string;
  /** IANA name, where that is another. */
  readonly iana?: string;
  /**
   * How a text that begins with these bytes is read (`head`: its first 4, or all there are); undefined: as it stands, in UTF-8.
   * Throws DATA-ENCODING when its byte order mark says something else.
   */
  codecFor(head: Buffer): Codec | undefined;
}

export interface Codec {
  /** IANA name. */
  readonly name: string;
  /** Byte order mark that stands in front of the text and is no part of it. */
  readonly mark: Buffer;
  decoder(): Decoder;
  /** The bytes of a text. `text`: whole characters of UTF-8, none of them one that `refused` finds. */
  encode(text: Buffer): Buffer;
  /** Size of the encoded text[from, to) in bytes. */
  size(text: Buffer, from: number, to: number): number;
  /** Offset of the first character of a text that this encoding has not, or -1; left out where it has every character. */
  readonly refused?: (text: Buffer) => number;
}

/** Decodes one text, piece by piece. Throws DATA-ENCODING at the first byte that begins no character, by its number. */
export interface Decoder {
  /** Whole characters in UTF-8. What is not a whole character yet waits for the next call. */
  decode(bytes: Buffer): Buffer;
  /** The text ends here. */
  end(): void;
}
