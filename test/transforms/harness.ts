import { expect } from 'vitest';
import { finished } from '../../src/base/steps.ts';
import { createAddressedRandom, deriveStreamKey } from '../../src/crypto/addressed-random.ts';
import { derivePrf, type Normalization } from '../../src/crypto/prf.ts';
import type { Hierarchy } from '../../src/hierarchies/definition.ts';
import { type Column, ColumnBuffer, Kind, textAt } from '../../src/table/column.ts';
import { Peer } from '../../src/table/peer.ts';
import {
  type FieldType,
  INVALID,
  NEXT,
  Numeral,
  type Resources,
  type TransformDefinition,
  type Value,
} from '../../src/transforms/definition.ts';

/** A value of a column: text, a JSON number (a `Numeral` keeps its digits as written), a boolean, or null. */
export type Input = string | number | Numeral | boolean | null;

/** What a transform made of a value; numbers as `Numeral`, by their digits. */
export type Result = string | Numeral | null | typeof INVALID | typeof NEXT;

/** Resources from fixed keys: the same in every test run. */
export function testResources(
  more: {
    readonly field?: string;
    readonly type?: FieldType;
    readonly licensee?: string;
    readonly normalize?: readonly Normalization[];
    readonly hierarchies?: Readonly<Record<string, Hierarchy>>;
    /** Values of other fields: value i stands beside input i. */
    readonly peers?: Readonly<Record<string, readonly Input[]>>;
    readonly files?: Readonly<Record<string, string>>;
    readonly locale?: string;
  } = {},
): Resources {
  const field = more.field ?? 'field';
  const shared = new Map<string, unknown>();
  return {
    field,
    type: more.type,
    prf: (technique, domain) => derivePrf(prfKey, technique, domain, more.licensee ?? '', more.normalize ?? []),
    random: (purpose, bytesPerValue) =>
      createAddressedRandom(deriveStreamKey(randomKey, field, purpose), bytesPerValue),
    hierarchy(name) {
      const found = more.hierarchies?.[name];
      if (found === undefined) throw new Error(`the test gives no hierarchy ${name}`);
      return found;
    },
    peer(name) {
      const values = more.peers?.[name];
      if (values === undefined) throw new Error(`the test gives no field ${name}`);
      return peerOf(name, values);
    },
    search() {},
    identifiers() {
      return Object.keys(more.peers ?? {}).map((field) => this.peer(field, true));
    },
    file(path) {
      const text = more.files?.[path];
      if (text === undefined) throw new Error(`the test gives no file ${path}`);
      return Buffer.from(text);
    },
    locale: more.locale ?? 'en',
    // Addresses of `columnOf`.
    record: (ordinal) => (ordinal - 1001) / 2,
    shared<T>(name: string, make: () => T): T {
      if (!shared.has(name)) shared.set(name, make());
      return shared.get(name) as T;
    },
  };
}

/** Another field whose value i stands beside input i of `columnOf`. */
function peerOf(field: string, values: readonly Input[]): Peer {
  const own = columnOf(values);
  const other = columnOf(values);
  const record = new Int32Array(2 * values.length + 1);
  for (let i = 0; i < values.length; i++) record[own.index[i]!] = i;
  const peer = new Peer(field);
  peer.enter({ ...own, record }, { ...other, record: Int32Array.from(values, (_, i) => i) }, values.length);
  return peer;
}

/**
 * Run the plain form, and the byte form if there is one, over a column of `inputs`; they must agree in kinds and bytes.
 * Options go through the definition's schema first, as they do in a policy. Returns what came out.
 */
export function checkForms(
  definition: TransformDefinition,
  options: unknown,
  inputs: readonly Input[],
  resources: Resources = testResources(),
): Result[] {
  if (definition.bindTable !== undefined) return runTable([{ definition, options, inputs, resources }])[0]!;
  const plain = runPlain(definition, options, inputs, resources);
  if (definition.bindBytes !== undefined) expect(runBytes(definition, options, inputs, resources)).toEqual(plain);
  return plain;
}

export function runPlain(
  definition: TransformDefinition,
  options: unknown,
  inputs: readonly Input[],
  resources: Resources = testResources(),
): Result[] {
  const transform = definition.bind!(definition.options.parse(options), resources);
  const column = columnOf(inputs);
  return inputs.map((_, i) =>
    resultOf(transform({ text: textAt(column, i), kind: kindAt(column, i), ordinal: column.base + column.index[i]! })),
  );
}

/** A field of a table, with the transform that works on all its values. */
export interface TableField {
  readonly definition: TransformDefinition;
  readonly options: unknown;
  readonly inputs: readonly Input[];
  readonly resources: Resources;
}

/** Run transforms that work on whole fields: all collect, all finish, and each is applied, twice as the engine may do. */
export function runTable(fields: readonly TableField[]): Result[][] {
  const bound = fields.map(({ definition, options, inputs, resources }) => {
    const column = columnOf(inputs);
    return { table: definition.bindTable!(definition.options.parse(options), resources), column };
  });
  for (const { table, column } of bound) for (const part of halvesOf(column)) table.collect(reaching(part));
  for (const { table } of bound) finished(table.finish());
  return bound.map(({ table, column }) => {
    const [first, second] = [1, 2].map(() => aligned(column, inHalves(reaching(column), table.apply)));
    expect(second).toEqual(first);
    return first!;
  });
}

/** Results at the places of their values; nulls stay. */
function aligned(column: Column, results: readonly Result[]): Result[] {
  let next = 0;
  return Array.from({ length: column.count }, (_, i) => (column.kind[i] === Kind.null ? null : results[next++]!));
}

/** Nulls do not reach a transform unless the policy says so. */
function reaching(column: Column): Column {
  const present = Array.from({ length: column.count }, (_, i) => i).filter((i) => column.kind[i] !== Kind.null);
  const only = (values: Int32Array) => Int32Array.from(present, (i) => values[i]!);
  return {
    bytes: column.bytes,
    start: only(column.start),
    end: only(column.end),
    kind: Uint8Array.from(present, (i) => column.kind[i]!),
    index: only(column.index),
    base: column.base,
    count: present.length,
  };
}

export function runBytes(
  definition: TransformDefinition,
  options: unknown,
  inputs: readonly Input[],
  resources: Resources = testResources(),
): Result[] {
  const transform = definition.bindBytes!(definition.options.parse(options), resources);
  return inHalves(columnOf(inputs), transform);
}

/** Two batches into one buffer, as the engine reuses it; the second starts where the first ends. */
function inHalves(column: Column, transform: (input: Column, output: ColumnBuffer) => void): Result[] {
  const output = new ColumnBuffer(1, 16);
  const results: Result[] = [];
  for (const part of halvesOf(column)) {
    output.reset(part);
    transform(part, output);
    expect(output.count).toBe(part.count);
    for (let i = 0; i < output.count; i++) results.push(resultAt(output, i));
  }
  return results;
}

function halvesOf(column: Column): Column[] {
  const half = column.count >> 1;
  return [slice(column, 0, half), slice(column, half, column.count)];
}

/** A column of these values, with foreign bytes between them and addresses that leave gaps. */
export function columnOf(inputs: readonly Input[]): Column {
  const column = new ColumnBuffer(Math.max(1, inputs.length));
  column.base = 1000;
  for (const [i, input] of inputs.entries()) {
    column.index[i] = 2 * i + 1;
    if (input === null) column.null();
    else if (input instanceof Numeral) column.text(Kind.number, input.digits);
    else if (typeof input === 'string') column.text(Kind.text, input);
    else column.text(typeof input === 'number' ? Kind.number : Kind.boolean, String(input));
    column.reserve(3);
    column.length += column.bytes.write('9,"', column.length, 'latin1');
  }
  return column;
}

const prfKey = Buffer.from('a key of thirty-two bytes: tests');
const randomKey = Buffer.from('another of thirty-two: the noise');

function slice(column: Column, from: number, to: number): Column {
  return {
    bytes: column.bytes,
    start: column.start.subarray(from, to),
    end: column.end.subarray(from, to),
    kind: column.kind.subarray(from, to),
    count: to - from,
    base: column.base,
    index: column.index.subarray(from, to),
  };
}

function kindAt(column: Column, i: number): Kind {
  return column.kind[i] as Kind;
}

function resultOf(value: Value): Result {
  return typeof value === 'number' ? new Numeral(String(value)) : value;
}

function resultAt(column: Column, i: number): Result {
  switch (kindAt(column, i)) {
    case Kind.text:
      return textAt(column, i);
    case Kind.number:
      return new Numeral(textAt(column, i));
    case Kind.null:
      return null;
    case Kind.invalid:
      return INVALID;
    case Kind.next:
      return NEXT;
    default:
      throw new Error('a transform writes text, numbers, nulls and invalid values only');
  }
}
