import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bundlePage } from '../../../src/release/page/bundle-page.ts';
import { licensorPage } from '../../../src/release/page/licensor-page.ts';
import { bundleOf, licensorOf, type PageShape, parsed, unbalanced } from './pages.ts';

function bundle(shape?: PageShape): string {
  const { license, report } = bundleOf(shape);
  return bundlePage(license, report);
}

function licensor(shape?: PageShape): string {
  const { report, comparisons } = licensorOf(shape);
  return licensorPage(report, comparisons, { ...bundleOf(shape).license, id: 'urn:anon:license:1' });
}

const hostile = [
  '</script><script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '</title></style><svg onload=alert(1)>',
  '\u202egnp.exe\u001b[2J',
  'שם המטופל',
  'a'.repeat(300),
  '患者の名前患者の名前患者の名前',
  '<!--',
  '',
];
const shapes: [string, PageShape][] = [
  ['one table', {}],
  ['several tables', { tables: ['patients', 'visits'] }],
  ['no models', { models: false }],
  ['no classes', { classes: false, models: false }],
  ['sixty fields', { fields: Array.from({ length: 60 }, (_, f) => `a_field_with_a_long_name_${f}`) }],
  ['hostile names', { title: hostile[0]!, fields: hostile, tables: [hostile[1]!, hostile[2]!] }],
];

describe.each([
  ['the page of a bundle', bundle],
  ['the page for the licensor', licensor],
] as const)('%s', (_, write) => {
  it.each(shapes)('of %s is well-formed, and the same each time', (name, shape) => {
    const page = write(shape);
    expect(written.get(name)).toBe(page);
    expect(unbalanced(page)).toEqual([]);
    const document = parsed(page);
    const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const references = [...document.querySelectorAll('a[href]')].map((a) => a.getAttribute('href')!);
    expect(references.filter((to) => !to.startsWith('#') || !ids.includes(to.slice(1)))).toEqual([]);
  });

  const written = new Map(shapes.map(([name, shape]) => [name, write(shape)]));

  it.each(shapes)('of %s loads and runs nothing', (name) => {
    const document = parsed(written.get(name)!);
    expect(
      document.querySelectorAll('script, iframe, object, embed, form, link, img, base, foreignObject'),
    ).toHaveLength(0);
    const attributes = [...document.querySelectorAll('*')].flatMap((element) => [...element.attributes]);
    expect(attributes.filter(({ name }) => /^on|^src|^xlink|^style$/i.test(name)).map(({ name }) => name)).toEqual([]);
    const policy = document.querySelector('meta[http-equiv="Content-Security-Policy"]')!.getAttribute('content');
    expect(policy).toContain("default-src 'none'");
    expect(document.querySelector('style')!.textContent).not.toMatch(/url\(|@import/);
  });

  it.each(shapes)('of %s tells what its pictures and tables are', (name) => {
    const document = parsed(written.get(name)!);
    for (const svg of document.querySelectorAll('svg')) {
      expect(svg.getAttribute('role')).toBe('img');
      expect(svg.querySelector(`#${svg.getAttribute('aria-labelledby')}`)!.tagName).toMatch(/^title$/i);
      expect(svg.querySelector(`#${svg.getAttribute('aria-describedby')}`)!.textContent).toMatch(/:/);
    }
    for (const table of document.querySelectorAll('table')) {
      expect(table.querySelector('caption')!.textContent).not.toBe('');
      expect(table.querySelectorAll('thead th[scope=col]').length).toBeGreaterThan(1);
      expect(table.querySelectorAll('tbody tr').length).toBe(table.querySelectorAll('tbody th[scope=row]').length);
    }
    const levels = [...document.querySelectorAll('h1, h2, h3')].map(({ tagName }) => Number(tagName[1]));
    expect(levels[0]).toBe(1);
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    expect(levels.every((level, i) => i === 0 || level - levels[i - 1]! <= 1)).toBe(true);
  });

  it('has the same elements whatever fields are called: names are text', () => {
    const elements = (page: string) => [...parsed(page).querySelectorAll('*')].map(({ tagName }) => tagName).join(' ');
    const plain = elements(write({ fields: ['a'], title: 'a', tables: ['t'] }));
    const word = fc.constantFrom(...hostile, '<b>', '</td>', "'", '`', '&lt;', ']]>', '{', '\n', 'x');
    const text = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(''));
    fc.assert(
      fc.property(text, text, text, (field, title, table) => {
        expect(elements(write({ fields: [field], title, tables: [table] }))).toBe(plain);
      }),
      { numRuns: 20 },
    );
  });
});

describe('the page of a bundle', () => {
  it('says what was done, how private it is, what is allowed, and how to verify', () => {
    const text = parsed(bundle()).body.textContent!.replace(/\s+/g, ' ');
    expect(text).toContain('184');
    expect(text).toContain('16 (8.0 %)');
    expect(text).toContain('mask: keep-last 2');
    expect(text).toContain('noise, then round');
    expect(text).toContain('k = 11');
    expect(text).toContain('8–15');
    expect(text).toContain('above 0.05');
    expect(text).toContain('AcademicResearch');
    expect(text).toContain(bundleOf().license.issuer.key);
    expect(text).toContain('anon verify BUNDLE --trust KEY.pem');
  });

  it('says what there is none of', () => {
    const text = parsed(bundle({ models: false, classes: false })).body.textContent!;
    expect(text).toContain('No privacy model was required');
    expect(text).toContain('No quasi-identifier is released');
    expect(parsed(bundle({ classes: false })).querySelectorAll('svg')).toHaveLength(0);
  });

  it('shows levels that were chosen class by class, as a range', () => {
    const { license, report } = bundleOf();
    const fields = [
      { name: 'age', height: 3, levels: [0, 2] },
      { name: 'zip', height: 2, levels: [1, 1] },
    ];
    const found = { recoding: 'local', fields, measure: 'loss', score: 0.05558, bound: 0, proven: false, evaluated: 1 };
    const page = parsed(bundlePage(license, { ...(report as object), generalization: found }));
    const table = [...page.querySelectorAll('table')].find((one) =>
      one.textContent!.includes('Levels of generalization'),
    )!;
    const rows = [...table.querySelectorAll('tbody tr')].map((row) =>
      [...row.children].map((cell) => cell.textContent),
    );
    expect(rows).toEqual([
      ['age', '0–2', '3'],
      ['zip', '1', '2'],
    ]);
    const text = page.body.textContent!;
    expect(text).toContain('class by class');
    expect(text).not.toContain('No other levels lose less');
    expect(text).not.toContain('budget');
    const spent = bundlePage(license, { ...(report as object), generalization: { ...found, budgetSpent: true } });
    expect(parsed(spent).body.textContent).toContain('The work budget was spent');
  });

  it('is not made of figures that are none', () => {
    const { license } = bundleOf();
    expect(() => bundlePage(license, { records: 3 })).toThrow(/does not hold the figures/);
    expect(() => bundlePage(license, { ...(bundleOf().report as object), report: 'anon/v2' })).toThrow(/figures/);
  });
});

describe('the page for the licensor', () => {
  it('says whom it is for, and compares', () => {
    const document = parsed(licensor());
    const text = document.body.textContent!;
    expect(text).toContain('For the licensor alone');
    expect(text).toContain('Records in the source');
    expect(text).toContain('before suppression');
    expect(text).toContain('fewer than 11 records');
    expect([...document.querySelectorAll('figcaption')].map((caption) => caption.textContent)).toEqual([
      'Individuals by the size of their class before suppression released ',
      'Individuals above a threshold of risk before suppression released ',
      'age source released ',
      'zip, source',
      'zip, released',
    ]);
  });

  it('tells what a condition does, and where the leak check found something', () => {
    const { report, comparisons } = licensorOf();
    const { fields, leakCheck, ...figures } = report as { fields: object[]; leakCheck: object };
    const findings = [
      { identifier: 'email', field: 'note', records: 3, firstRow: 7 },
      { table: 'visits', identifier: null, field: null, records: 1, firstRow: 0 },
    ];
    const phone = { name: 'phone', role: 'identifier', technique: ['mask', 'round', 'redact'], else: ['redact'] };
    const page = { ...figures, fields: [...fields, phone], leakCheck: { ...leakCheck, findings } };
    const document = parsed(licensorPage(page, comparisons, undefined));
    const rows = (id: string) =>
      [...document.querySelectorAll(`#${id} tbody tr`)].map((row) =>
        [...row.children].map((cell) => cell.textContent).join(' | '),
      );
    expect(rows('fields').at(-1)).toContain('phone | identifier | mask, then round, or else redact');
    expect(rows('leaks')).toEqual([
      'note | email of the same record | 3 | 7',
      'a key, or several fields | an identifier of another record, in table visits | 1 | around the records',
    ]);
  });

  it('does without a license where data alone is written', () => {
    const { report, comparisons } = licensorOf();
    const document = parsed(licensorPage(report, comparisons, undefined));
    expect(document.querySelector('h1')!.textContent).toBe('admissions: report for the licensor');
    expect(document.querySelector('#license')).toBeNull();
  });
});
