import type { z } from 'zod';
import type { Steps } from '../base/steps.ts';
import type { AddressedRandom } from '../crypto/addressed-random.ts';
import type { DomainPrf } from '../crypto/prf.ts';
import type { Hierarchy, LevelChoice } from '../hierarchies/definition.ts';
import type { Column, ColumnBuffer, Kind } from '../table/column.ts';
import type { Peer } from '../table/peer.ts';
import type { Traits } from './traits.ts';

export type { AddressedRandom, DomainPrf, Peer };

/** A value of the data as a plain transform sees it. */
export interface Cell {
  readonly text: string;
  readonly kind: Kind;
  /** Address among the values of its field, for random draws. */
  readonly ordinal: number;
}

/** A JSON number by its digits, where `number` would lose some: `new Numeral('1.10')`. */
export class Numeral {
  readonly digits: string;
  constructor(digits: string) {
    this.digits = digits;
  }
}

/** The value cannot be read; the policy's `invalid` decides what happens. */
export const INVALID = Symbol('invalid');

/** The value goes on to the next step as it stands; see `selective`. */
export const NEXT = Symbol('next');

/** What a transform returns: text, a number, no value, or that it could not read what it got or leaves it to the next step. */
export type Value = string | number | Numeral | null | typeof INVALID | typeof NEXT;

/** A field's values as its `type` in the policy states them. */
export const fieldTypes = ['string', 'integer', 'number', 'boolean', 'date', 'datetime'] as const;
export type FieldType = (typeof fieldTypes)[number];

/** What a transform may ask for when it is bound to a field. */
export interface Resources {
  readonly field: string;
  readonly type: FieldType | undefined;
  /** The key of `domain`, separated by `technique`. */
  prf(technique: string, domain: string): DomainPrf;
  /** A stream of `bytesPerValue` random bytes for each value of this field, separated by `purpose`. */
  random(purpose: string, bytesPerValue: number): AddressedRandom;
  /** A hierarchy of the policy's `hierarchies` section. */
  hierarchy(name: string): Hierarchy;
  /** Have the level of this field chosen by a search; only where `searches` says so. */
  search(choice: LevelChoice): void;
  /** A level that the policy names is part of what such a search measures: `search` takes it as its only choice. */
  readonly measured?: boolean;
  /**
   * The source value of another field of the same record; with `ofRecord` all its values in the record, where it repeats. Results are
   * then not remembered by value.
   */
  peer(field: string, ofRecord?: boolean): Peer;
  /** The source values of all other fields of the record whose role is `identifier`, one for each field. As `peer` otherwise. */
  identifiers(): readonly Peer[];
  /** The record that value `ordinal` of this field belongs to, counted from 0; valid while the transform runs over a batch. */
  record(ordinal: number): number;
  /** What the fields of one group have in common: made by the first that asks for this name. Names belong to the technique. */
  shared<T>(name: string, make: () => T): T;
  /** The bytes of a file that `files` names. */
  file(path: string): Buffer;
  /** Language tag of made-up values. */
  readonly locale: string;
}

/** A file that options name, relative to the policy. `path` leads to the name within the options. */
export interface FileReference {
  readonly file: string;
  readonly path: readonly (string | number)[];
}

/** A name in the options that must stand in another section of the policy. `path` leads to it within the options. */
export interface Reference {
  readonly section: 'domains' | 'hierarchies' | 'fields';
  readonly name: string;
  readonly path: readonly (string | number)[];
}

/** Something wrong with options that are each of the right type. `path` leads to it within the options. */
export interface OptionProblem {
  readonly path: readonly (string | number)[];
  readonly message: string;
  readonly hint?: string;
}

/** A transform bound to a field, all of whose values it sees before it replaces the first. */
export interface TableTransform {
  /** Called for batch after batch, in the order of the input, with the values that reach the transform and are to be written. */
  collect(input: Column): void;
  /** Done once, when all fields have collected. */
  finish(): Steps<void>;
  /** Writes exactly `input.count` values. What was not collected, but for values that are not to be written, is unreadable. */
  apply(input: Column, output: ColumnBuffer): void;
  /** Figures for the report, after `finish`. */
  figures?(): Record<string, number>;
}

/** Fields that one technique transforms together, each with at most one value in a record. */
export interface Group {
  readonly name: string;
  /** Options in which all of them agree. */
  readonly agrees: Readonly<Record<string, string | number | undefined>>;
}

export interface Example {
  readonly options?: unknown;
  readonly type?: FieldType;
  readonly input: string | number | boolean | null;
  /** Values of other fields of the record, by name. */
  readonly peers?: Readonly<Record<string, string | number | null>>;
  /** Left out where the output is random. */
  readonly output?: string | number | null;
  readonly note?: string;
}

export interface TransformDefinition<Schema extends z.ZodType = z.ZodType> {
  readonly name: string;
  /** One sentence. */
  readonly summary: string;
  readonly options: Schema;
  readonly examples: readonly Example[];
  readonly traits: Traits | ((options: z.output<Schema>) => Traits);
  /** `none`: the value stays as it is. `drop`: the field goes. `change`: `bind` says what takes its place. */
  readonly effect: 'none' | 'drop' | 'change';
  /** With these options every value stays as it is, although others change it. */
  leavesAsIs?(options: z.output<Schema>): boolean;
  /** Leaves some values to the next step (`NEXT`); what takes the place of the others is final, and no further step sees it. */
  selective?(options: z.output<Schema>): boolean;
  /** The same text gives the same result within a run, so that results may be remembered. */
  readonly deterministic: boolean | ((options: z.output<Schema>) => boolean);
  /** The byte form takes longer than looking a value up, so that its results are worth remembering. */
  readonly costly: boolean;
  /** May take an object or array as a whole. */
  readonly whole: boolean;
  /** The result is made up from lists, so that it may equal a source value by chance. */
  readonly invents: boolean;
  /** Draws fresh randomness: results differ from run to run unless the policy says `reproducible`. */
  readonly random: boolean | ((options: z.output<Schema>) => boolean);
  /** Names in other sections of the policy. */
  references?(options: z.output<Schema>): readonly Reference[];
  /** Files that `bind` reads. */
  files?(options: z.output<Schema>): readonly FileReference[];
  /**
   * Load what `bind` and `provenance` read: modules of a package, by the policy's language tag. Awaited before the plan is
   * made. Throws a Failure when there is nothing to load.
   */
  prepare?(options: z.output<Schema>, locale: string): Promise<void>;
  /** With these options the level of a hierarchy is left to a search. */
  searches?(options: z.output<Schema>): boolean;
  /** The hierarchy and level that these options generalize to; level undefined: a search chooses it. Undefined: they do not. */
  target?(options: z.output<Schema>, resources: Pick<Resources, 'hierarchy'>): Target | undefined;
  /** Problems that the schema cannot state. */
  check?(options: z.output<Schema>, type: FieldType | undefined): readonly OptionProblem[];
  /** What would make a value readable that is not: the beginning of a hint. Default: how numbers and dates are written. */
  expects?(options: z.output<Schema>): string | undefined;
  /** What the manifest says about the options: JSON values, no keys. Default: the options as they stand. */
  parameters?(options: z.output<Schema>): Record<string, unknown>;
  /** What people are told of what the manifest says about them: by name, `true` for a name alone. Default: all of it. */
  said?(parameters: Readonly<Record<string, unknown>>): Record<string, unknown>;
  /** What the manifest adds to them: which version of what `prepare` loaded the values are made from. */
  provenance?(options: z.output<Schema>, locale: string): Record<string, unknown>;
  /** Figures for the report, given how many values the field has. */
  figures?(options: z.output<Schema>, values: number): Record<string, number>;
  /** Type of the values that come out; default: `string`. */
  produces?(options: z.output<Schema>, type: FieldType | undefined): FieldType | undefined;
  /** The group of fields that this one is transformed together with. */
  group?(options: z.output<Schema>): Group | undefined;
  /**
   * Called once per plan; the closure once per value that is not null (nulls too under `nulls: transform`). Every transform has
   * either this or `bindTable`.
   */
  bind?(options: z.output<Schema>, resources: Resources): (cell: Cell) => Value;
  /** The same on bytes, a whole batch at once; equal to `bind` value for value. Writes exactly `input.count` values. */
  bindBytes?(options: z.output<Schema>, resources: Resources): (input: Column, output: ColumnBuffer) => void;
  /** For a transform that works on all values of its field at once: the input is then read once more. One such step a field. */
  bindTable?(options: z.output<Schema>, resources: Resources): TableTransform;
}

export interface Target {
  readonly hierarchy: Hierarchy;
  readonly level: number | undefined;
}

/** What a technique does with these options. */
export function traitsOf({ traits }: Pick<TransformDefinition, 'traits'>, options: unknown): Traits {
  return typeof traits === 'function' ? traits(options) : traits;
}

/** Type of the values that come to the step behind this one, given the type of those that come to this one. */
export function typeBehind(
  { selective, produces }: Pick<TransformDefinition, 'selective' | 'produces'>,
  options: unknown,
  type: FieldType | undefined,
): FieldType | undefined {
  if (selective?.(options)) return type;
  return produces === undefined ? 'string' : produces(options, type);
}
type Binding = 'bind' | 'bindTable';
type Default = 'effect' | 'deterministic' | 'costly' | 'whole' | 'invents' | 'random';
type Given<Schema extends z.ZodType, Bound extends Binding> = Omit<TransformDefinition<Schema>, Default | Bound> &
  Partial<Pick<TransformDefinition<Schema>, Default>> &
  Required<Pick<TransformDefinition<Schema>, Bound>>;

export function defineTransform<Schema extends z.ZodType>(
  definition: Given<Schema, 'bind'>,
): TransformDefinition<Schema> & Required<Pick<TransformDefinition<Schema>, 'bind'>> {
  return { ...defaults, ...definition };
}

/** A transform that works on all values of its field at once. */
export function defineTableTransform<Schema extends z.ZodType>(
  definition: Given<Schema, 'bindTable'>,
): TransformDefinition<Schema> & Required<Pick<TransformDefinition<Schema>, 'bindTable'>> {
  return { ...defaults, deterministic: false, ...definition };
}

const defaults = {
  effect: 'change' as const,
  deterministic: true,
  costly: false,
  whole: false,
  invents: false,
  random: false,
};
