import { describe, expect, it } from 'vitest';
import { resourceNames, slug, writeDatapackage } from '../../src/release/datapackage.ts';

const resource = {
  name: 'patients.csv',
  path: 'data/patients.csv',
  format: 'csv',
  mediatype: 'text/csv',
  encoding: 'utf-8',
  bytes: 41,
  sha256: 'a'.repeat(64),
  fields: [{ name: 'age', type: 'string' }],
};

describe('writeDatapackage', () => {
  it('describes files as Data Package v2 does', () => {
    const text = writeDatapackage({
      name: 'cohort',
      title: 'Cohort',
      resources: [resource, { ...resource, fields: [] }],
    });
    const described = {
      name: 'patients.csv',
      path: 'data/patients.csv',
      format: 'csv',
      mediatype: 'text/csv',
      encoding: 'utf-8',
      bytes: 41,
      hash: `sha256:${'a'.repeat(64)}`,
    };
    expect(JSON.parse(text)).toEqual({
      $schema: 'https://datapackage.org/profiles/2.0/datapackage.json',
      name: 'cohort',
      title: 'Cohort',
      resources: [{ ...described, type: 'table', schema: { fields: [{ name: 'age', type: 'string' }] } }, described],
    });
    expect(text.endsWith('}\n')).toBe(true);
  });

  it('takes no more of a file than it describes', () => {
    const file = { ...resource, chunks: 'secret', records: 3 };
    expect(writeDatapackage({ name: 'a', title: 'A', resources: [file] })).not.toMatch(/secret|records/);
  });
});

it('names resources as the specification wants them, each differently', () => {
  const names = resourceNames(['data/Patients 1.csv', 'data/patients-1.csv', 'data/a/Ü.csv', 'data/患者', 'data/医者']);
  expect(names).toEqual(['patients-1.csv', 'patients-1.csv-2', 'a-.csv', 'data', 'data-2']);
  for (const name of names) expect(name).toMatch(/^[a-z0-9._-]+$/);
  expect(slug('...')).toBe('data');
});
