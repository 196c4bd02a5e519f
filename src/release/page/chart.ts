import { axisY, barX, plot, text } from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { visible } from '../markdown.ts';
import { type Html, html, markup } from './html.ts';

export interface Series {
  readonly name: string;
  /** `before`: of the source; `after`: of the release. */
  readonly tone: 'before' | 'after';
  /** Shares in [0, 1], one for each label; null: there is no bar. */
  readonly values: readonly (number | null)[];
  /** What stands beside each bar. */
  readonly texts: readonly string[];
}

export interface BarChart {
  /** Unique on the page. */
  readonly id: string;
  readonly title: string;
  /** What the bars stand for. */
  readonly axis: string;
  readonly labels: readonly string[];
  readonly series: readonly Series[];
}

/** Of a phone's screen without its margins, so that text is nowhere smaller than it is drawn. */
const width = 340;
const fontSize = 12;
const widestLabel = 130;

/** Horizontal bars, one or two for each label, as a figure with its data in words. */
export function barChart(chart: BarChart): Html {
  const { id, title, axis, labels, series } = chart;
  const names = labels.map((label) => shortened(visible(label)));
  const rows = labels.map((_, row) => row);
  const thickness = series.length > 1 ? 34 : 24;
  const highest = Math.max(0, ...series.flatMap(({ values }) => values.map((value) => value ?? 0))) || 1;
  const svg = plot({
    document,
    className: 'chart',
    width,
    height: rows.length * thickness + 8,
    marginTop: 4,
    marginBottom: 4,
    marginLeft: widest(names) + 10,
    marginRight: widest(series.flatMap(({ texts }) => texts)) + 8,
    style: { fontSize: `${fontSize}px` },
    x: { domain: [0, highest], axis: null },
    y: { domain: rows, axis: null, padding: 0.2, type: 'band' },
    marks: [
      axisY({ tickSize: 0, tickFormat: (row: number) => names[row]! }),
      ...series.flatMap((one, s) => {
        const half = (thickness * 0.8) / series.length;
        const insets = { insetTop: s * half, insetBottom: (series.length - 1 - s) * half };
        const shown = rows.filter((row) => one.values[row] !== null);
        const value = (row: number) => one.values[row]!;
        return [
          barX(shown, { x1: 0, x2: value, y: (row: number) => row, fill: `var(--${one.tone})`, ...insets }),
          text(shown, {
            x: value,
            y: (row: number) => row,
            text: (row: number) => one.texts[row]!,
            textAnchor: 'start',
            dx: 4,
            dy: (s - (series.length - 1) / 2) * half,
          }),
        ];
      }),
    ],
  });
  return html`<figure>
<figcaption id="${id}-caption">${title}${series.length > 1 ? legend(series) : ''}</figcaption>
${described(svg.outerHTML, chart)}
<p class="axis">${axis}</p>
</figure>`;
}

const { document } = parseHTML('<html><body></body></html>');

/** The picture as one image with a title and its data in words, instead of a heap of paths and texts. */
function described(svg: string, { id, title, labels, series }: BarChart): Html {
  const said = labels.map((label, row) => {
    const texts = series.flatMap(({ name, values, texts }) => {
      if (values[row] === null) return [];
      return [series.length > 1 ? `${name} ${texts[row]}` : texts[row]!];
    });
    return `${label}: ${texts.join(', ')}`;
  });
  const [, body] = svg.match(/^<svg[^>]*>(?:<style>[^<]*<\/style>)?(.*)<\/svg>$/s)!;
  const [, height] = svg.match(/^<svg[^>]* height="(\d+)"/)!;
  const inside = markup(body!.replace(/ aria-(?:label|hidden)="[^"]*"/g, ''));
  return html`<svg class="chart" role="img" aria-labelledby="${id}-title" aria-describedby="${id}-desc" viewBox="0 0 ${width} ${Number(height)}" width="${width}" height="${Number(height)}" font-size="${fontSize}" fill="currentColor" text-anchor="middle"><title id="${id}-title">${title}</title><desc id="${id}-desc">${said.join('; ')}</desc>${inside}</svg>`;
}

function legend(series: readonly Series[]): Html {
  return html` <span class="legend">${series.map(({ name, tone }) => html`<span><i class="${tone}"></i>${name}</span> `)}</span>`;
}

function shortened(label: string): string {
  if (widthOf(label) <= widestLabel) return label;
  const characters = [...label];
  while (widthOf(characters.join('')) > widestLabel - 12) characters.pop();
  return `${characters.join('')}…`;
}

function widest(texts: readonly string[]): number {
  return Math.max(8, ...texts.map(widthOf));
}

/** In pixels, in a common font at this size, generously. */
function widthOf(text: string): number {
  return [...text].reduce(
    (sum, c) => sum + (c >= '\u1100' ? 13 : /[\w .,:;()[\]%–-]/.test(c) && !/[A-Zmw%]/.test(c) ? 7.5 : 11.5),
    0,
  );
}
