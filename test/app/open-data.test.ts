import { describe, expect, it } from 'vitest';
import { requireHeader } from '../../src/app/open-data.ts';
import { csv } from '../../src/formats/csv.ts';
import { parsePolicy } from '../../src/policy/parse.ts';

const fields = {
  exact: 'name: { role: identifier, transform: { mask: {} } }',
  globs: '"*_name": { role: identifier, transform: drop }\n  "*_x": { role: insensitive, transform: keep }',
};

/** What is said of a first line that holds these names. */
function said(selectors: string, unlisted: string, columns: readonly string[]): string {
  const text = `policy: anon/v1\nname: t\nversion: "1"\ndefaults: { unlisted: ${unlisted} }\nfields:\n  ${selectors}\n`;
  const policy = parsePolicy(Buffer.from(text), { file: 'policy.yaml', directory: '/policies' });
  try {
    requireHeader(policy, columns, 'x.csv', { format: csv, options: { maxRecordBytes: 1 << 20 } });
    return 'nothing';
  } catch (error) {
    return (error as Error).message;
  }
}

describe('requireHeader', () => {
  const record = ['Ada Lovelace', 'ada@example.com'];

  it.each([
    ['names that are not there', fields.exact],
    ['globs that match nothing', fields.globs],
  ])('shows no value of a record that stands where the header belongs: %s', (_, selectors) => {
    const message = said(selectors, 'reject', record);
    expect(message).toBe('none of the 2 columns has a name that the policy knows');
  });

  it('leaves it to the plan to say which columns are missing or in excess, once one is known', () => {
    expect(said(fields.exact, 'reject', ['name', 'more'])).toBe('nothing');
    expect(said(fields.globs, 'reject', ['first_name', 'more'])).toBe('nothing');
  });

  it('accepts a table in which globs find nothing, where the policy says what becomes of other columns', () => {
    expect(said(fields.globs, 'redact', record)).toBe('nothing');
  });
});
