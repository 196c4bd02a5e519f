import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, describe, expect, it } from 'vitest';
import { apply } from '../../src/app/apply.ts';
import { Failure } from '../../src/base/diagnostic.ts';
import type { Terminal } from '../../src/io/terminal.ts';
import { transforms } from '../../src/transforms/index.ts';

const terminal: Terminal = {
  env: {},
  color: false,
  now: () => 0,
  out: async () => {},
  send: async () => true,
  err: () => {},
  askSecret: async () => null,
};

/** Stand in the values, and never in what is said about them. */
const canaries = /CANARY|75319/;
const digits = '7531902468'.repeat(4);
const texts = [
  'CANARY',
  ' CANARY ',
  '😀CANARY👩‍👩‍👧🇨🇭',
  'CANARY e\u0301\u0323 \u200d\u202e',
  'CANARY "quoted", and;\r\nanother\tline',
  '=CANARY()',
  '{"CANARY":[',
  digits,
  `-${digits}.${digits}`,
  '75319e400',
  '-75319E-400',
  '0x75319',
  'NaN',
  '-Infinity',
  '٧٥٣١٩',
  '75319-13-45',
  '275319-01-01',
  '-0001-02-29',
  '2024-02-30T25:61:61+99:99',
];
/** As JSON has them beside texts. */
const values = [digits, `-${digits}.${digits}`, '75319e400', '-7.5319E-400', '-0', 'true', 'null', '""'];
/** Which what looks at characters would take minutes for, if it took time by the square of the length. */
const long = 'CANARY 75319 😀e\u0301 '.repeat(3000);

/** The options of the examples of all transforms, each once. */
const cases = transforms.all.flatMap((definition) => {
  const seen = new Set<string>();
  return definition.examples.flatMap(({ options = {}, type }) => {
    const said = JSON.stringify(options);
    if (definition.effect !== 'change' || seen.has(said + type)) return [];
    seen.add(said + type);
    const references = definition.references?.(definition.options.parse(options)) ?? [];
    const whole = definition.bindTable !== undefined;
    return [{ name: definition.name, said, type, references, whole, first: seen.size === 1 }];
  });
});

const root = mkdtempSync(join(tmpdir(), 'anon-odd-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
writeFileSync(join(root, 'k.key'), Buffer.alloc(32, 7), { mode: 0o600 });

type Format = 'csv' | 'ndjson';

function policyOf({ name, said, type, references }: (typeof cases)[number], format: Format, invalid: string): string {
  const named = (section: string) => references.filter((reference) => reference.section === section);
  const selector = (field: string) => JSON.stringify(format === 'csv' ? field : `$.${field}`);
  const transform = named('fields').reduce(
    (text, { name: field }) => text.replace(JSON.stringify(field), selector(field)),
    `{ ${name}: ${said} }`,
  );
  const domains = named('domains').map((domain) => `${domain.name}: { key: k, scope: global }`);
  return `policy: anon/v1
name: odd
version: "1"
keys: { k: { file: ./k.key } }
domains: { ${domains.join(', ')} }
defaults: { invalid: ${invalid} }
fields:
  ${selector('id')}: { role: insensitive, transform: keep }
  ${selector('v')}: { role: sensitive,${type === undefined ? '' : ` type: ${type},`} transform: ${transform} }
${named('fields')
  .map((field) => `  ${selector(field.name)}: { role: insensitive, transform: keep }\n`)
  .join('')}`;
}

/** Records with these values, as JSON, in `v`; in CSV without what only JSON has. */
function dataOf({ references }: (typeof cases)[number], format: Format, json: readonly string[]): string {
  const peers = references.filter(({ section }) => section === 'fields').map(({ name }) => name);
  if (format === 'ndjson') {
    const more = peers.map((peer) => `,"${peer}":"a"`).join('');
    return json.map((value, n) => `{"id":${n},"v":${value}${more}}\n`).join('');
  }
  const cell = (value: string) => `"${String(JSON.parse(value)).replaceAll('"', '""')}"`;
  return [['id', 'v', ...peers], ...json.map((value, n) => [n, cell(value), ...peers.map(() => 'a')])]
    .map((row) => `${row.join(',')}\n`)
    .join('');
}

/** Run it; how many records were written, or the failure that it ended with. Whatever else is thrown is a defect. */
async function run(one: (typeof cases)[number], format: Format, invalid: string, json: readonly string[]) {
  const input = join(root, `x.${format}`);
  writeFileSync(join(root, 'p.yaml'), policyOf(one, format, invalid));
  writeFileSync(input, dataOf(one, format, json));
  const request = {
    policy: join(root, 'p.yaml'),
    input,
    format: undefined,
    target: { kind: 'data' as const, path: join(root, 'out') },
    replace: true,
    key: undefined,
    passphraseFile: undefined,
    report: undefined,
    allowExec: false,
    allowUnlisted: false,
  };
  try {
    const { warnings } = await apply(request, terminal);
    expect(JSON.stringify(warnings)).not.toMatch(canaries);
    const written = readFileSync(join(root, 'out', `x.${format}`), 'utf8');
    const records: unknown[] = format === 'csv' ? parse(written, { columns: true }) : written.trim().split('\n');
    if (format === 'ndjson') for (const line of records) JSON.parse(String(line));
    return records.length;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    expect(JSON.stringify(error.diagnostics)).not.toMatch(canaries);
    return error.code;
  }
}

describe('odd values', () => {
  const all = [...texts.map((text) => JSON.stringify(text)), ...values];

  it.each(cases.map((one) => [`${one.name} ${one.said}`, one] as const))(
    'pass through %s, or are put away or refused, unseen',
    async (_, one) => {
      for (const format of one.first ? (['csv', 'ndjson'] as const) : (['ndjson'] as const)) {
        const data = format === 'csv' ? all.filter((value) => value !== 'null') : all;
        const put = await run(one, format, 'redact', data);
        // What looks at a whole field may find too little of it that can be read.
        if (one.whole) expect([data.length, 'DATA-VALUE'], format).toContain(put);
        else expect(put, format).toBe(data.length);
      }
      for (const part of [all, [JSON.stringify(long)]]) {
        expect([part.length, 'DATA-VALUE']).toContain(await run(one, 'ndjson', 'reject', part));
      }
    },
  );
});
