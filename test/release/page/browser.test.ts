import { beforeAll, describe, expect, it } from 'vitest';
import { bundlePage } from '../../../src/release/page/bundle-page.ts';
import { licensorPage } from '../../../src/release/page/licensor-page.ts';
import { chromium, type Rendered, rendered } from './browser.ts';
import { bundleOf, licensorOf, type PageShape } from './pages.ts';

const long = Array.from({ length: 60 }, (_, f) => `a_rather_long_name_of_a_field_without_a_space_${f}`);
const shapes: [string, PageShape][] = [
  ['two fields', {}],
  ['several tables', { tables: ['patients', 'visits'] }],
  ['sixty long names', { fields: long }],
  [
    'wide names',
    { title: 'W'.repeat(80), fields: ['患者の名前'.repeat(8), 'WWWWWWWWWWWWWWWWWWWW', 'a'.repeat(300), 'שם המטופל'] },
  ],
];

if (chromium === undefined) console.log('skipped: no Chromium is here to look at pages; CHROMIUM names one');

describe.skipIf(chromium === undefined).each([390, 1280])('pages in a window of %i pixels, by Chromium', (width) => {
  const pages = shapes.flatMap(([name, shape]): [string, string][] => {
    const { license, report } = bundleOf(shape);
    const licensor = licensorOf(shape);
    return [
      [`of a bundle with ${name}`, bundlePage(license, report)],
      [`for the licensor with ${name}`, licensorPage(licensor.report, licensor.comparisons, undefined)],
    ];
  });
  let found: Rendered[];
  beforeAll(() => {
    const look = () =>
      rendered(
        pages.map(([, page]) => page),
        width,
      );
    found = look();
    // Started for the first time on a busy machine, the browser may measure before its fonts are there.
    if (found.some(({ beyond, cut, console }) => beyond.length + cut.length + console.length > 0)) found = look();
  });

  it.each(pages.map(([name], i) => [name, i] as const))('%s fits, is readable, and loads nothing', (_, i) => {
    const { scrollWidth, beyond, cut, smallestText, console } = found[i]!;
    expect({ beyond, cut, console }).toEqual({ beyond: [], cut: [], console: [] });
    expect(scrollWidth).toBeLessThanOrEqual(width);
    expect(smallestText).toBeGreaterThanOrEqual(12);
  });

  it('are measured: what is too wide, cut off, small or not allowed would be found', () => {
    const svg = '<svg width="50" height="20" viewBox="0 0 50 20"><text x="40" y="12">cut off</text></svg>';
    const policy = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`;
    const bad = `${policy}<body><p style="width:2000px;font-size:5px">wide</p>${svg}<img src="http://127.0.0.1:9/a.png"></body>`;
    const [{ scrollWidth, beyond, cut, smallestText, console }] = rendered([bad], width) as [Rendered];
    expect(scrollWidth).toBeGreaterThan(width);
    expect([beyond.length > 0, cut.length, smallestText, console.length > 0]).toEqual([true, 1, 5, true]);
  });
});
