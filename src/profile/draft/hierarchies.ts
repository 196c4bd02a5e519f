import type { DraftedTable } from './index.ts';
import type { HierarchyName } from './proposal.ts';

/** The hierarchies that a draft names, as lines of YAML. Their bounds are the same for all data. */
export function hierarchyText(tables: readonly DraftedTable[], year: number): readonly string[] {
  const named = new Set(tables.flatMap(({ fields }) => fields.flatMap(({ proposal }) => proposal.hierarchy ?? [])));
  return (Object.keys(forms) as HierarchyName[])
    .filter((name) => named.has(name))
    .map((name) => `  ${name}: ${forms[name](year)}`);
}

/** Intervals of 5, 10, 20 and 40 years; from 90 on all ages are one (45 CFR 164.514(b)(2)(i)(C)). */
const ages = 'intervals: [0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90], then: [2, 2, 2]';

const forms: Readonly<Record<HierarchyName, (year: number) => string>> = {
  ages: () => `{ ${ages} }`,
  births: (year) => `{ age: { as-of: ${year}-12-31, ${ages} } }`,
  'birth-years': (year) => `{ intervals: [${decades(year).join(', ')}], then: [2, 2, 2] }`,
  days: () => '{ date: [month, quarter, year, decade] }',
  zip: () => '{ zip3: census-2020 }',
  postcode: () => '{ prefix: [3, 2, 1] }',
};

/** Steps of five years, back to those who are 90. */
function decades(year: number): number[] {
  const last = year - (year % 5);
  return Array.from({ length: 19 }, (_, i) => last - 5 * (18 - i));
}
