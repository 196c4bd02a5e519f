import type { Dictionary } from './dictionary.ts';
import type { FieldProfile } from './field.ts';
import { foundWithin, type Recognition, recognize } from './recognize.ts';

/** What is known of one input. */
export interface TableProfile {
  /** As a policy names it. */
  readonly name: string;
  /** Name of a format. */
  readonly format: string;
  /** What the file is written in beside its format, where it is not the usual. */
  readonly form: readonly FormFinding[];
  /** Fields are named by JSON paths. */
  readonly paths: boolean;
  readonly records: number;
  /** All records were read. */
  readonly whole: boolean;
  readonly fields: readonly FieldProfile[];
}

/** An option under `input` of a policy that the file needs, and on what grounds; undefined: it was said. */
export interface FormFinding {
  readonly option:
    | 'encoding'
    | 'delimiter'
    | 'records'
    | 'around'
    | 'null-values'
    | 'decimal'
    | 'thousands'
    | 'date-format';
  readonly value: string | readonly string[];
  readonly why: string | undefined;
}

/** A field, and what it was taken for. */
export interface KnownField {
  readonly field: FieldProfile;
  readonly recognition: Recognition | undefined;
  /** What recognizers find within its texts, by their names; empty where it is no text. */
  readonly within: readonly (readonly [name: string, share: number])[];
}

/** Tell what the fields of a table hold. `loadRecognition` has finished. */
export function recognizeFields({ fields }: TableProfile, dictionary: Dictionary): readonly KnownField[] {
  return fields.map((field) => {
    const recognition = recognize(field, dictionary);
    const isText = recognition === undefined ? field.words > 1.5 : recognition.kind.group === 'text';
    return { field, recognition, within: isText ? foundWithin(field) : [] };
  });
}
