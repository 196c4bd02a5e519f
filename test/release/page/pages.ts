import { parseHTML } from 'linkedom';
import type { PageLicense } from '../../../src/release/page/license.ts';
import type { TableComparison } from '../../../src/release/page/licensor-page.ts';
import { keyOf, parts, seed } from '../sample.ts';

/** What some values of a page are for a test. */
export interface PageShape {
  readonly title?: string;
  readonly fields?: readonly string[];
  readonly tables?: readonly string[];
  readonly models?: boolean;
  readonly classes?: boolean;
}

const sizes = {
  classes: 3,
  smallest: 11,
  mean: 20,
  largest: 160,
  histogram: [
    { from: 8, to: 15, classes: 2, individuals: 24 },
    { from: 128, to: 255, classes: 1, individuals: 160 },
  ],
};
const risk = {
  prosecutor: { highest: 1 / 11, average: 0.05, shareAbove: { '0.05': 0.4, '0.09': 0.1, '0.2': 0, '0.33': 0 } },
};
const model = { name: 'k-anonymity', required: { k: 11 }, measured: { k: 11 } };

function technique(f: number): string[] {
  return f % 3 === 0 ? ['mask'] : f % 3 === 1 ? ['noise', 'round'] : ['keep'];
}

/** A license and the value of report.json. */
export function bundleOf(shape: PageShape = {}): { license: PageLicense; report: unknown } {
  const { title = 'Admissions', fields = ['age', 'zip'], tables, models = true, classes = true } = shape;
  const transforms = fields.map((field, f) => ({
    field,
    role: 'sensitive' as const,
    technique: technique(f),
    reversible: false,
    parameters: { mask: { 'keep-last': 2 } },
  }));
  const privacy = { ...parts.statement.privacy!, quasiIdentifiers: [...fields], models: models ? [model] : [] };
  const { source, ...lineage } = parts.statement.lineage;
  const figures = {
    records: { written: 184, suppressed: 16 },
    quasiIdentifiers: fields.map((name) => ({ name, distinct: 3 })),
    classes: classes ? sizes : null,
    risk: classes ? risk : null,
    models: models ? [model] : [],
    fields: fields.map((name, f) => ({ name, role: 'sensitive', technique: technique(f), tokenBits: 130 })),
    leakCheck: { mode: 'fail', findings: 0 },
  };
  const of = tables?.map((name) => ({
    name,
    files: [`data/${name}.csv`],
    privacy,
    transforms,
    source: source!,
    leftOut: 3,
    references: [],
  }));
  const { privacy: _, transforms: __, ...statement } = parts.statement;
  const issuer = { ...statement.issuer, key: keyOf(seed).keyId };
  const names = tables ?? ['patients'];
  const files = names.map((name) => ({ name: `data/${name}.csv`, bytes: 4100, records: 184 }));
  return {
    license: {
      ...statement,
      title,
      issuer,
      files,
      ...(of === undefined ? { privacy, transforms, lineage: { ...lineage, source } } : { tables: of, lineage }),
    },
    report: {
      report: 'anon/v1',
      ...(tables === undefined ? figures : { tables: tables.map((name) => ({ name, ...figures })) }),
    },
  };
}

/** The value of the licensor's report, and a comparison for each of its tables. */
export function licensorOf(shape: PageShape = {}): { report: unknown; comparisons: TableComparison[] } {
  const { fields = ['age', 'zip'], tables } = shape;
  const figures = {
    records: { source: 200, written: 184, suppressed: 16 },
    classes: { beforeSuppression: sizes, written: sizes },
    risk: { beforeSuppression: risk, written: risk },
    models: [model],
    fields: fields.map((name, f) => ({ name, role: 'sensitive', technique: technique(f), values: 200, nulls: 0 })),
    leakCheck: { findings: [], valuesSearched: 4, recordsSearched: 3 },
  };
  const side = { records: 200, cells: fields.map((label) => ({ label, records: 20 })), hidden: 4 };
  return {
    report: {
      report: 'anon/licensor/v1',
      policy: { name: 'admissions', version: '1', sha256: 'ab' },
      ...(tables === undefined ? figures : { tables: tables.map((name) => ({ name, ...figures })) }),
    },
    comparisons: (tables ?? ['one']).map(() => ({
      utility: {
        fields: fields.map((field) => ({ field, entropyKept: 0.9, distance: 0.1, earthMover: null })),
        correlations: [],
      },
      distributions: fields.map((field, f) => ({ field, comparable: f % 2 === 0, source: side, release: side })),
    })),
  };
}

export function parsed(page: string) {
  return parseHTML(page).document;
}

/** Open and closing tags of the text that do not match; void elements of HTML need none. */
export function unbalanced(page: string): string[] {
  const open: string[] = [];
  const wrong: string[] = [];
  const text = page.replace(/<style>[^<]*<\/style>/g, '').replace(/^<!DOCTYPE html>/, '');
  for (const [, closing, name, selfClosing] of text.matchAll(/<(\/?)([a-z][a-z0-9]*)(?:\s[^<>]*?)?(\/?)>/g)) {
    if (selfClosing === '/' || name === 'meta') continue;
    if (closing === '') open.push(name!);
    else if (open.pop() !== name) wrong.push(name!);
  }
  return [...wrong, ...open];
}
