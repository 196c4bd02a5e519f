import { percent } from '../../base/percent.ts';
import { type Distribution, type FieldDistribution, smallestCell } from '../../risk/distributions.ts';
import type { Utility } from '../../risk/utility.ts';
import { barChart } from './chart.ts';
import { table } from './document.ts';
import { type Html, html, nameOf } from './html.ts';
import { count, figure } from './numbers.ts';

/** Fields whose distributions are drawn; figures of the others stand in the table. */
const mostCharts = 60;
/** Pairs of fields whose correlations are shown: those that changed most. */
const mostPairs = 10;

/** What is kept of the source's values, in figures. */
export function keptOf({ fields, correlations }: Utility): Html {
  if (fields.length === 0) return html`<p>No field but identifiers is released.</p>`;
  const pairs = [...correlations].sort((a, b) => b.change - a.change).slice(0, mostPairs);
  return html`<p>Entropy kept: that of the released values, divided by that of the source's; more than 100 % where one value is written in several ways. Distance: the share of records that would have to change their value, 100 % where values are written in another form. Earth mover: how far the numbers moved on average, in their own unit.</p>
${table(
  'Released fields and their source',
  [
    { title: 'Field' },
    { title: 'Entropy kept', number: true },
    { title: 'Distance', number: true },
    { title: 'Earth mover', number: true },
  ],
  fields.map(({ field, entropyKept, distance, earthMover }) => [
    nameOf(field),
    entropyKept === null ? '' : percent(entropyKept),
    distance === null ? '' : percent(distance),
    earthMover === null ? '' : figure(earthMover),
  ]),
)}
${
  pairs.length === 0
    ? ''
    : table(
        pairs.length < correlations.length
          ? `Correlations: the ${pairs.length} of ${count(correlations.length)} that changed most`
          : 'Correlations',
        [
          { title: 'Fields' },
          { title: 'Source', number: true },
          { title: 'Released', number: true },
          { title: 'Change', number: true },
        ],
        pairs.map(({ fields: [f, g], source, release, change }) => [
          html`${nameOf(f)} and ${nameOf(g)}`,
          source.toFixed(3),
          release.toFixed(3),
          change.toFixed(3),
        ]),
      )
}`;
}

/** Distributions before and after, drawn. */
export function distributionsOf(id: string, distributions: readonly FieldDistribution[]): Html {
  const drawn = distributions.filter(({ source, release }) => source.cells.length + release.cells.length > 0);
  const without = distributions.filter((distribution) => !drawn.includes(distribution));
  return html`<p>Shares of records by value. A value of fewer than ${smallestCell} records is not shown, nor are any beyond the most frequent; their records are the hidden ones.</p>
<div class="charts">${drawn.slice(0, mostCharts).map((distribution, i) => chartsOf(`${id}-${i + 1}`, distribution))}</div>
${drawn.length > mostCharts ? html`<p>${count(drawn.length - mostCharts)} more fields are not drawn.</p>` : ''}
${without.length === 0 ? '' : html`<p>Fields in which no value is shared by ${smallestCell} records: ${without.map(({ field }, i) => html`${i > 0 ? ', ' : ''}${nameOf(field)}`)}.</p>`}`;
}

/** One chart of both sides, or one of each, beside each other. */
function chartsOf(id: string, { field, comparable, source, release }: FieldDistribution): Html {
  const sides = [
    { name: 'source', tone: 'before', side: source },
    { name: 'released', tone: 'after', side: release },
  ] as const;
  const axis = (shown: readonly (typeof sides)[number][]) =>
    shown.every(({ side }) => side.hidden === 0)
      ? 'Share of records'
      : `Share of records. ${shown.map(({ name, side }) => `Hidden in the ${name === 'source' ? 'source' : 'release'}: ${hiddenOf(side)}`).join('. ')}`;
  if (comparable) {
    const labels = mergedLabels(source, release);
    const series = sides.map(({ name, tone, side }) => ({ name, tone, ...bars(side, labels) }));
    return barChart({ id, title: field, axis: axis(sides), labels, series });
  }
  const charts = sides.map((one) => {
    const { name, tone, side } = one;
    if (side.cells.length === 0)
      return html`<figure><figcaption>${field}, ${name}</figcaption><p class="axis">No value is shared by ${smallestCell} records.</p></figure>`;
    const labels = side.cells.map(({ label }) => label);
    return barChart({
      id: `${id}-${name}`,
      title: `${field}, ${name}`,
      axis: axis([one]),
      labels,
      series: [{ name, tone, ...bars(side, labels) }],
    });
  });
  return html`<div class="pair charts">${charts}</div>`;
}

/** A share of fewer records would be a small cell itself. */
function hiddenOf(side: Distribution): string {
  if (side.hidden === 0) return 'none';
  return side.hidden < smallestCell ? `fewer than ${smallestCell} records` : percent(shareOf(side.hidden, side));
}

/** The cells of both sides, in their order. */
function mergedLabels(source: Distribution, release: Distribution): string[] {
  const labels = source.cells.map(({ label }) => label);
  release.cells.forEach(({ label }, i) => {
    if (labels.includes(label)) return;
    const previous = i === 0 ? -1 : labels.indexOf(release.cells[i - 1]!.label);
    labels.splice(previous + 1, 0, label);
  });
  return labels;
}

function bars(side: Distribution, labels: readonly string[]) {
  const found = labels.map((label) => side.cells.find((cell) => cell.label === label));
  return {
    values: found.map((cell) => (cell === undefined ? null : shareOf(cell.records, side))),
    texts: found.map((cell): string => (cell === undefined ? '' : percent(shareOf(cell.records, side)))),
  };
}

function shareOf(records: number, side: Distribution): number {
  return side.records === 0 ? 0 : records / side.records;
}
