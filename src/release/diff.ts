import type { JsonValue } from '../base/strict-json.ts';
import type { StatedRelease } from './integrity.ts';
import { sortedJson } from './statement.ts';
import { type LicensedTable, tablesOf } from './tables.ts';

/** Something in which one release is not like the other. */
export interface Difference {
  /** `terms`, `fields`, `privacy`, … */
  readonly section: string;
  /** The way to it within its section: `["phone", "parameters", "mask", "keep-last"]`. */
  readonly path: readonly string[];
  readonly change: 'added' | 'removed' | 'changed';
  /** Absent where it was added. */
  readonly before?: JsonValue;
  /** Absent where it was removed. */
  readonly after?: JsonValue;
}

/**
 * All differences of two releases, by section, those of a section in the order of their names. The id of the license and the time of
 * issue, which no two releases share, are not among them.
 */
export function diffReleases(before: StatedRelease, after: StatedRelease): readonly Difference[] {
  const [old, now] = [sectionsOf(before), sectionsOf(after)];
  return [...old].flatMap(([section, facts]) =>
    differences(facts, now.get(section)).map((difference) => ({ section, ...difference })),
  );
}

/** A JSON value, facts by name, or a list whose order says nothing. */
type Facts = JsonValue | ReadonlyMap<string, Facts> | ReadonlySet<string> | undefined;

function sectionsOf({ statement, schema }: StatedRelease): ReadonlyMap<string, Facts> {
  const { predicate, subject } = statement;
  const { title, notBefore, notAfter, issuer, approvals, status, terms, lineage, tool } = predicate;
  const tables = tablesOf(predicate);
  const digests = new Map(subject.map(({ name, digest }) => [name, digest.sha256]));
  return new Map<string, Facts>([
    ['license', named({ title, notBefore, notAfter, approvals, status })],
    ['issuer', named(issuer)],
    ['terms', unordered(terms)],
    ['tables', new Map(tables.flatMap((table) => (table.name === undefined ? [] : [[table.name, tableFacts(table)]])))],
    ['fields', ofEach(tables, ({ transforms }) => keyed(transforms, ({ field, ...rest }) => [field, named(rest)]))],
    [
      'schema',
      new Map([...schema].map(([file, fields]) => [file, keyed(fields, ({ name, type }) => [name, type])] as const)),
    ],
    ['privacy', ofEach(tables, ({ privacy }) => privacyOf(privacy))],
    [
      'files',
      keyed(predicate.files, ({ name, bytes, records }) => [
        name,
        named({ bytes, records, sha256: digests.get(name) }),
      ]),
    ],
    ['policy', named(lineage.policy)],
    ['source', ofEach(tables, ({ source }) => named(source))],
    ['parents', keyed(lineage.parents, ({ id, sha256 }) => [id, sha256])],
    ['tool', named(tool)],
  ]);
}

/** What is stated of the only table, or of each by its name. */
function ofEach(tables: readonly LicensedTable[], factsOf: (table: LicensedTable) => Facts): Facts {
  const [first] = tables;
  if (first!.name === undefined) return factsOf(first!);
  return new Map(tables.map((table) => [table.name!, factsOf(table)]));
}

function tableFacts({ files, leftOut, references }: LicensedTable): Facts {
  return new Map<string, Facts>([
    ['files', new Set(files)],
    ['leftOut', leftOut],
    ['references', keyed(references, ({ field, ...rest }) => [field, named(rest)])],
  ]);
}

function privacyOf({
  unit,
  quasiIdentifiers,
  models,
  sampled,
  suppressed,
  risk,
  generalization,
}: LicensedTable['privacy']): Facts {
  return new Map<string, Facts>([
    ['unit', unit],
    ['quasiIdentifiers', new Set(quasiIdentifiers)],
    ['models', keyed(models, ({ name, required, measured }) => [name, named({ required, measured })])],
    ['sampled', sampled && named(sampled)],
    ['suppressed', named(suppressed)],
    ['risk', risk === null ? null : named(risk)],
    [
      'generalization',
      generalization === null
        ? null
        : keyed(generalization, ({ field, level, levels }) => [field, level ?? levels!.join(' to ')]),
    ],
  ]);
}

function named(values: object): ReadonlyMap<string, Facts> {
  return new Map(Object.entries(values));
}

/** Facts by their keys; a key that comes again is numbered. */
function keyed<T>(
  values: readonly T[],
  fact: (value: T) => readonly [key: string, facts: Facts],
): ReadonlyMap<string, Facts> {
  const map = new Map<string, Facts>();
  for (const value of values) {
    const [key, facts] = fact(value);
    let free = key;
    for (let n = 2; map.has(free); n++) free = `${key} (${n})`;
    map.set(free, facts);
  }
  return map;
}

/** Lists within it are in no order. */
function unordered(value: unknown): Facts {
  if (Array.isArray(value)) return new Set(value.map((item) => (typeof item === 'string' ? item : sortedJson(item))));
  if (typeof value !== 'object' || value === null) return value as JsonValue;
  return new Map(Object.entries(value).map(([name, member]) => [name, unordered(member)]));
}

function differences(before: Facts, after: Facts, path: readonly string[] = []): Omit<Difference, 'section'>[] {
  if (before instanceof Set && after instanceof Set) {
    return [
      ...[...before]
        .filter((item) => !after.has(item))
        .map((item) => ({ path, change: 'removed' as const, before: item })),
      ...[...after]
        .filter((item) => !before.has(item))
        .map((item) => ({ path, change: 'added' as const, after: item })),
    ];
  }
  const [old, now] = [mapOf(before), mapOf(after)];
  if (old !== undefined && now !== undefined) {
    const names = [...new Set([...old.keys(), ...now.keys()])].sort();
    return names.flatMap((name) => differences(old.get(name), now.get(name), [...path, name]));
  }
  const [was, is] = [jsonOf(before), jsonOf(after)];
  if (was === undefined) return is === undefined ? [] : [{ path, change: 'added', after: is }];
  if (is === undefined) return [{ path, change: 'removed', before: was }];
  const same = old === undefined && now === undefined && sortedJson(was) === sortedJson(is);
  return same ? [] : [{ path, change: 'changed', before: was, after: is }];
}

function mapOf(facts: Facts): ReadonlyMap<string, Facts> | undefined {
  if (facts instanceof Map) return facts;
  if (typeof facts !== 'object' || facts === null || Array.isArray(facts) || facts instanceof Set) return undefined;
  return named(facts);
}

function jsonOf(facts: Facts): JsonValue | undefined {
  if (facts instanceof Set) return [...facts];
  if (!(facts instanceof Map)) return facts as JsonValue | undefined;
  // Names of fields are whatever the data holds, `__proto__` too.
  const members = [...facts].flatMap(([name, inner]) => (inner === undefined ? [] : [[name, jsonOf(inner)] as const]));
  return Object.fromEntries(members) as JsonValue;
}
