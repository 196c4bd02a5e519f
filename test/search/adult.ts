import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { finished } from '../../src/base/steps.ts';
import { file } from '../../src/hierarchies/file.ts';
import { searchField } from '../../src/search/field.ts';
import type { SearchTable } from '../../src/search/space.ts';
import { tableOf } from './tables.ts';

/** Names of the nine quasi-identifiers, in the order of the figures that are known. */
export const adultFields = [
  'sex',
  'age',
  'race',
  'marital-status',
  'education',
  'native-country',
  'workclass',
  'occupation',
  'salary-class',
] as const;

/** The 30,162 records of Adult without missing values, with the hierarchies that ARX ships. */
export function adult(): SearchTable {
  const rows: Record<string, string>[] = parse(gunzipSync(vector('adult.csv.gz')), { delimiter: ';', columns: true });
  const codes = adultFields.map(() => new Map<string, number>());
  const tuples = rows.map((row) => [
    1,
    ...adultFields.map((name, d) => {
      const known = codes[d]!;
      const code = known.get(row[name]!) ?? known.size;
      known.set(row[name]!, code);
      return code;
    }),
  ]);
  const fields = adultFields.map((name, d) => {
    const hierarchy = file.build(file.options.parse({ file: name }), () => vector(`${name}.csv`));
    return finished(searchField(hierarchy, [...codes[d]!.keys()], name));
  });
  return tableOf(fields, tuples);
}

function vector(name: string): Buffer {
  return readFileSync(new URL(`../vectors/adult/${name}`, import.meta.url));
}
