import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { failures } from '../../src/base/failures.ts';
import { policyJsonSchema } from '../../src/policy/schema.ts';
import { tableNames, tables, withTables } from './tables.ts';

/** `npm run docs` writes what this test compares. */
const update = process.env.UPDATE_DOCS === '1';

const documents = ['README.md', 'policies/README.md'];
const schemaFile = 'policies/policy.schema.json';
const read = (file: string) => readFileSync(file, 'utf8');

function holds(file: string, text: string): void {
  if (update) writeFileSync(file, text);
  expect(read(file), `${file}: \`npm run docs\` brings it up to date`).toBe(text);
}

describe('the reference', () => {
  it.each(documents)('tables of %s are what the definitions say', (file) => {
    expect(tableNames(read(file)).length).toBeGreaterThan(3);
    holds(file, withTables(read(file)));
  });

  it('shows every table', () => {
    const shown = new Set(documents.flatMap((file) => tableNames(read(file))));
    expect(Object.keys(tables).filter((name) => !shown.has(name))).toEqual([]);
  });

  it('describes every option', () => {
    const rows = Object.values(tables).flatMap((make) => make().trimEnd().split('\n').slice(2));
    expect(rows.filter((row) => / \| {2}\|$/.test(row))).toEqual([]);
  });

  it('says which failures are only reserved', () => {
    const source = readdirSync('src', { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.endsWith('failures.ts'))
      .map((name) => read(`src/${name}`))
      .join('');
    const reserved = Object.keys(failures).filter((code) => !source.includes(`'${code}'`));
    const said = read('README.md').match(/^Reserved, .*$/m)?.[0] ?? '';
    expect([...said.matchAll(/`(.*?)`/g)].map(([, code]) => code)).toEqual(reserved);
  });

  it('has the schema of policies, for editors', () => {
    holds(schemaFile, `${JSON.stringify(policyJsonSchema(), null, 2)}\n`);
  });
});
