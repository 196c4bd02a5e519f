import type { Diagnostic } from '../base/diagnostic.ts';
import { didYouMean } from '../base/suggest.ts';
import { listed, type Problem, read } from './issues.ts';
import type { PathInPolicy } from './policy.ts';
import type { PolicySchema, Sections } from './schema.ts';
import type { Part, Source } from './source.ts';

/** Sections that hold entries by name. */
const entrySections = ['keys', 'domains', 'hierarchies', 'fields'] as const;
type EntrySection = (typeof entrySections)[number];

/** The entries of each section in the order of the file. */
export type Entries = { readonly [S in EntrySection]: ReadonlyMap<string, Sections[S][string]> };

/** What could be read of a policy; of what holds a problem, the parts that hold none. */
export interface Parts {
  readonly sections: { readonly [S in Exclude<keyof Sections, EntrySection>]?: Partial<Sections[S]> };
  readonly entries: { readonly [S in EntrySection]: ReadonlyMap<string, Partial<Sections[S][string]>> };
  readonly problems: readonly Diagnostic[];
}

/** Read each section, and each entry of a section, by itself: a problem in one hides none in another. */
export function readSections(schema: PolicySchema, source: Source): Parts {
  const { shape } = schema;
  const entrySchemas = {
    keys: shape.keys.unwrap(),
    domains: shape.domains.unwrap(),
    hierarchies: shape.hierarchies.unwrap(),
    fields: shape.fields,
  };
  const problems: Diagnostic[] = [];
  const report = (path: PathInPolicy, message: string, hint?: string, part?: Part) =>
    problems.push(source.problem('POLICY-SHAPE', path, message, hint, part));
  const sections: Record<string, unknown> = {};
  const entries: Record<EntrySection, Map<string, object>> = {
    keys: new Map(),
    domains: new Map(),
    hierarchies: new Map(),
    fields: new Map(),
  };
  // Each value has been read by the schema of its place.
  const parts = { sections, entries, problems } as unknown as Parts;
  const { data } = source;
  if (!isMap(data)) {
    report([], 'a policy is a map of sections', 'begin with `policy: anon/v1`');
    return parts;
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
  for (const section of names) {
    if (!Object.hasOwn(data, section) && shape[section as keyof typeof shape].safeParse(undefined).error) {
      report([], `the policy has no \`${section}\``, `add \`${section}: ${beginnings[section] ?? '…'}\``);
    } else if (isEntrySection(section) && isMap(data[section])) {
      readEntries(section, data[section]);
    } else {
      const result = read(shape[section as keyof typeof shape], data[section], [section]);
      sections[section] = result.value ?? result.parts;
      for (const problem of result.problems) tell(problem);
    }
  }
  return parts;

  function readEntries(section: EntrySection, values: Record<string, unknown>): void {
    const { keyType, valueType } = entrySchemas[section];
    const found = source.keysAt([section]);
    if (section === 'fields' && found.length === 0) {
      report([section], '`fields` names no field', 'name every field of the data', 'key');
    }
    for (const name of found) {
      const named = keyType.safeParse(name).success;
      if (!named) {
        const message = section === 'keys' ? 'this cannot be the name of a key' : `\`${name}\` cannot be a name`;
        report([section, name], message, nameRule, 'key');
      }
      const result = read(valueType, values[name], [section, name]);
      entries[section].set(name, named ? (result.value ?? result.parts) : {});
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

const beginnings: Record<string, string> = {
  policy: 'anon/v1',
  version: '"1"',
  fields: '{ NAME: { role: …, transform: … } }',
};
const nameRule = 'a name has up to 64 letters, digits, `_`, `.` and `-`, and begins with a letter';
const keyRule = 'a key is given by a reference, never by itself';
const keyHint = 'write `{ file: PATH }` or `{ env: NAME }`; a key that stood in this file counts as disclosed';

function isEntrySection(section: string): section is EntrySection {
  return (entrySections as readonly string[]).includes(section);
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
