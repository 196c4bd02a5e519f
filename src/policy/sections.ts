import type { Diagnostic } from '../base/diagnostic.ts';
import { didYouMean } from '../base/suggest.ts';
import { listed, type Problem, read } from './issues.ts';
import type { PathInPolicy } from './policy.ts';
import type { PolicySchema, Sections } from './schema.ts';
import type { Part, Source } from './source.ts';

/** Sections that hold entries by name. */
const entrySections = ['keys', 'domains', 'hierarchies', 'fields'] as const;
type EntrySection = (typeof entrySections)[number];
/** Sections that each of several tables has of its own. */
export const tableSections: readonly string[] = ['input', 'fields', 'sample', 'privacy'];

/** The entries of each section in the order of the file. */
export type Entries = { readonly [S in EntrySection]: ReadonlyMap<string, NonNullable<Sections[S]>[string]> };

/** What could be read of a policy; of what holds a problem, the parts that hold none. */
export interface Parts {
  readonly sections: { readonly [S in Exclude<keyof Sections, EntrySection | 'tables'>]?: Partial<Sections[S]> };
  readonly entries: {
    readonly [S in EntrySection]: ReadonlyMap<string, Partial<NonNullable<Sections[S]>[string]>>;
  };
}

export interface ReadPolicy {
  /** The policy, without what stands under `tables`. */
  readonly parts: Parts;
  /** What each table has of its own, by name; none where the policy is about one table only. */
  readonly tables: ReadonlyMap<string, Parts>;
  readonly problems: readonly Diagnostic[];
}

/** Read each section, and each entry of a section, by itself: a problem in one hides none in another. */
export function readSections(schema: PolicySchema, source: Source): ReadPolicy {
  const { shape } = schema;
  const entrySchemas = {
    keys: shape.keys.unwrap(),
    domains: shape.domains.unwrap(),
    hierarchies: shape.hierarchies.unwrap(),
    fields: shape.fields.unwrap(),
  };
  const problems: Diagnostic[] = [];
  const report = (path: PathInPolicy, message: string, hint?: string, part?: Part) =>
    problems.push(source.problem('POLICY-SHAPE', path, message, hint, part));
  const tables = new Map<string, Parts>();
  const { data } = source;
  if (!isMap(data)) {
    report([], 'a policy is a map of sections', 'begin with `policy: anon/v1`');
    return { parts: emptyParts(), tables, problems };
  }

  const names = Object.keys(shape);
  for (const name of source.keysAt([]).filter((candidate) => !names.includes(candidate))) {
    report(
      [name],
      `unknown section \`${name}\``,
      didYouMean(name, names) ?? `the sections are ${listed(names)}`,
      'key',
    );
  }
  const severalTables = Object.hasOwn(data, 'tables');
  const ownSections = names.filter((name) => name !== 'tables' && !(severalTables && tableSections.includes(name)));
  const parts = readParts(ownSections, [], data, 'the policy');
  if (severalTables) {
    for (const name of source.keysAt([]).filter((candidate) => tableSections.includes(candidate))) {
      report([name], `\`${name}\` stands beside \`tables\``, 'write it under the table that it is about', 'key');
    }
    if (isMap(data.tables)) readTables(data.tables);
    else for (const problem of read(shape.tables, data.tables, ['tables']).problems) tell(problem);
  }
  return { parts, tables, problems };

  function readTables(values: Record<string, unknown>): void {
    const { keyType } = shape.tables.unwrap();
    const found = source.keysAt(['tables']);
    if (found.length === 0) report(['tables'], '`tables` names no table', 'give each table its `fields`', 'key');
    for (const name of found) {
      const path = ['tables', name];
      const value = values[name];
      if (!keyType.safeParse(name).success) report(path, `\`${name}\` cannot name a table`, tableNameRule, 'key');
      if (!isMap(value)) {
        report(path, `table \`${name}\` must be a map`, `its options are ${listed(tableSections)}`);
        continue;
      }
      for (const option of source.keysAt(path).filter((candidate) => !tableSections.includes(candidate))) {
        const hint = didYouMean(option, tableSections) ?? `a table has ${listed(tableSections)}; all else is shared`;
        report([...path, option], `unknown option \`${option}\` of table \`${name}\``, hint, 'key');
      }
      tables.set(name, readParts(tableSections, path, value, `table \`${name}\``));
    }
  }

  /** The sections `names` of the map `values`, which stands at `base`. */
  function readParts(names: readonly string[], base: PathInPolicy, values: Record<string, unknown>, owner: string) {
    const parts = emptyParts();
    for (const name of names) {
      const section = name as keyof typeof shape;
      const isThere = Object.hasOwn(values, section);
      if (!isThere && (section === 'fields' || shape[section].safeParse(undefined).error)) {
        report(base, `${owner} has no \`${section}\``, `add \`${section}: ${beginnings[section] ?? '…'}\``, 'key');
      } else if (isEntrySection(section) && isMap(values[section])) {
        readEntries(section, [...base, section], values[section], parts.entries[section]);
      } else {
        const result = read(section === 'fields' ? entrySchemas.fields : shape[section], values[section], [
          ...base,
          section,
        ]);
        parts.sections[section] = result.value ?? result.parts;
        for (const problem of result.problems) tell(problem);
      }
    }
    // Each value has been read by the schema of its place.
    return parts as unknown as Parts;
  }

  function readEntries(
    section: EntrySection,
    path: PathInPolicy,
    values: Record<string, unknown>,
    entries: Map<string, object>,
  ): void {
    const { keyType, valueType } = entrySchemas[section];
    const found = source.keysAt(path);
    if (section === 'fields' && found.length === 0) {
      report(path, '`fields` names no field', 'name every field of the data', 'key');
    }
    for (const name of found) {
      const named = keyType.safeParse(name).success;
      if (!named) {
        const message = section === 'keys' ? 'this cannot be the name of a key' : `\`${name}\` cannot be a name`;
        report([...path, name], message, nameRule, 'key');
      }
      const result = read(valueType, values[name], [...path, name]);
      entries.set(name, named ? (result.value ?? result.parts) : {});
      if (section === 'keys' && result.value === undefined) report([section, name], keyRule, keyHint);
      else for (const problem of result.problems) tell(problem);
    }
  }

  function tell({ path, message, hint, part }: Problem): void {
    const [section, option] = path;
    // Whatever is wrong with a reference to a key, the key itself may stand there: nothing of it is repeated.
    if (section === 'keys')
      report([section], 'keys are listed by name', 'write `keys: { NAME: { file: PATH } }`', 'key');
    else if (section === 'output' && option === 'sign') report([section, option], keyRule, keyHint);
    else report(path, message, hint, part);
  }
}

function emptyParts() {
  const sections: Record<string, unknown> = {};
  const entries: Record<EntrySection, Map<string, object>> = {
    keys: new Map(),
    domains: new Map(),
    hierarchies: new Map(),
    fields: new Map(),
  };
  return { sections, entries };
}

const beginnings: Record<string, string> = {
  policy: 'anon/v1',
  version: '"1"',
  fields: '{ NAME: { role: …, transform: … } }',
};
const nameRule = 'a name has up to 64 letters, digits, `_`, `.` and `-`, and begins with a letter';
const tableNameRule = 'a table has up to 64 letters, digits, `_` and `-` in its name, and begins with a letter';
const keyRule = 'a key is given by a reference, never by itself';
const keyHint = 'write `{ file: PATH }` or `{ env: NAME }`; a key that stood in this file counts as disclosed';

function isEntrySection(section: string): section is EntrySection {
  return (entrySections as readonly string[]).includes(section);
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
