import type { Diagnostic, Place } from '../base/diagnostic.ts';
import type { FailureCode } from '../base/failures.ts';
import type { Around } from '../formats/batch.ts';
import type { Dialect } from '../formats/dialect.ts';
import type { Encoding } from '../formats/encodings/definition.ts';
import type { HierarchyDefinition } from '../hierarchies/definition.ts';
import type { LicenseOptions } from '../license/options.ts';
import type { Template } from '../license/templates.ts';
import type { ModelDefinition } from '../models/definition.ts';
import type { MeasureDefinition } from '../search/measures/index.ts';
import type { Notation, Notations } from '../table/notation.ts';
import type { FieldType, TransformDefinition } from '../transforms/definition.ts';
import type { Choice } from './conditions.ts';

/** Where the bytes of a key come from. Never the key itself. */
export type KeyReference = { readonly file: string } | { readonly env: string } | { readonly exec: readonly string[] };

export const roles = ['identifier', 'quasi-identifier', 'sensitive', 'insensitive'] as const;
export type Role = (typeof roles)[number];
export const normalizations = ['trim', 'nfc', 'nfkc', 'lowercase'] as const;
export type Normalization = (typeof normalizations)[number];
export type NullRule = 'keep' | 'transform' | 'reject';
export type InvalidRule = 'reject' | 'redact';
export type UnlistedRule = 'reject' | 'drop' | 'redact' | 'keep';

export interface Domain {
  /** Name in `keys`. */
  readonly key: string;
  readonly normalize: readonly Normalization[];
  readonly scope: 'licensee' | 'global';
}

/** One step of a field's transform list: a definition with its parsed options. */
export interface Step {
  readonly definition: TransformDefinition;
  readonly options: unknown;
}

export interface FieldRule {
  /** As written: exact column name, JSON path, or glob. */
  readonly selector: string;
  readonly kind: 'exact' | 'path' | 'glob';
  readonly role: Role;
  readonly type: FieldType | undefined;
  /** How the file writes values of the type, where that is not the engine's own form. */
  readonly notation?: Notation | undefined;
  readonly nulls: NullRule;
  readonly invalid: InvalidRule;
  /** All that may happen to a value of the field, in order; where there is a choice, the steps of both sides. */
  readonly steps: readonly Step[];
  /** A condition decides what happens to a value. */
  readonly choice?: Choice | undefined;
}

/** One level for all values of a field, or levels class by class. */
export const recodings = ['global', 'local'] as const;

export const orphanRules = ['drop', 'fail', 'report'] as const;

/** Values of a field must stand among the written values of a field of another table. */
export interface ForeignKey {
  readonly field: string;
  readonly table: string;
  /** Field of that table. */
  readonly to: string;
  readonly onOrphan: (typeof orphanRules)[number];
}

/** A table of the population that the data was taken from. */
export interface PopulationFile {
  /** Relative to the policy. */
  readonly file: string;
  /** How it is read. */
  readonly input: Policy['input'];
  /** What fields of the data are called in it, where that is not their name. */
  readonly names: ReadonlyMap<string, string>;
}

export interface Privacy {
  /** Field whose value names the individual; undefined: one record is one individual. */
  readonly unit: string | undefined;
  readonly models: readonly { readonly definition: ModelDefinition; readonly options: unknown }[];
  readonly population: PopulationFile | undefined;
  /** Quasi-identifiers that are null, or `*`: values as any other, or such that match every value. */
  readonly nulls: 'ordinary' | 'wildcard';
  readonly onViolation: 'drop' | 'fail';
  /** Share of records. */
  readonly maxSuppression: number;
  /** How levels are chosen that the policy leaves open. */
  readonly search: {
    readonly recoding: (typeof recodings)[number];
    readonly measure: MeasureDefinition;
    readonly budget: number;
  };
}

/** Which records go on at all: either a share of them, or so many. */
export interface Sample {
  /** Probability with which a record, or an individual, stays. */
  readonly share: number | undefined;
  readonly records: number | undefined;
  /** Field whose equal values make records stay or go together. */
  readonly per: string | undefined;
}

export type PathInPolicy = readonly (string | number)[];

/** What one table sees of a policy. */
export interface Policy {
  /** Name of the table; undefined where the policy is about one table only. */
  readonly table: string | undefined;
  readonly foreignKeys: readonly ForeignKey[];
  readonly name: string;
  readonly version: string;
  /** SHA-256 of the policy file, hex. */
  readonly digest: string;
  /** Directory that file references are relative to; `~/` is expanded where the file is read. */
  readonly directory: string;
  readonly keys: ReadonlyMap<string, KeyReference>;
  readonly unlisted: UnlistedRule;
  readonly locale: string;
  readonly domains: ReadonlyMap<string, Domain>;
  readonly hierarchies: ReadonlyMap<string, { readonly definition: HierarchyDefinition; readonly options: unknown }>;
  readonly input: {
    readonly format: string | undefined;
    readonly nullValues: readonly string[] | undefined;
    readonly delimiter: string | undefined;
    readonly encoding: Encoding;
    /** Undefined: RFC 4180. */
    readonly dialect: Dialect | undefined;
    /** Names of the columns; undefined: the first line names them. */
    readonly header: readonly string[] | undefined;
    /** Which values of a document are records. */
    readonly records: string | undefined;
    readonly around: Around;
    /** How numbers and dates are written in fields that are said to hold such. */
    readonly notations: Notations;
  };
  readonly fields: readonly FieldRule[];
  readonly sample: Sample | undefined;
  readonly privacy: Privacy | undefined;
  readonly checks: { readonly leak: 'fail' | 'report' };
  /** Random transforms repeat for the same key, policy and input. */
  readonly reproducible: { readonly key: string } | undefined;
  readonly license: LicenseOptions | undefined;
  /** What `license.use` names, in its order, once it was read. */
  readonly templates: readonly Template[];
  readonly output: {
    /** Name of a format, or `same`. */
    readonly format: string;
    /** That of the input, or UTF-8. */
    readonly encoding: 'same' | 'utf-8';
    /** Of the records of each file. */
    readonly order: 'same' | 'shuffled';
    /** Undefined: not compressed. */
    readonly gzipLevel: number | undefined;
    /** When a new file begins; undefined: one file. `bytes` are before compression. */
    readonly split: { readonly bytes?: number | undefined; readonly records?: number | undefined } | undefined;
    readonly sign: KeyReference | undefined;
  };
  /** Of the whole file. */
  readonly warnings: readonly Diagnostic[];
  /** A diagnostic at a path of the policy (`['fields', 'age', 'transform']`), with its source line. */
  problem(code: FailureCode, path: PathInPolicy, message: string, hint?: string): Diagnostic;
  place(path: PathInPolicy): Place;
}
