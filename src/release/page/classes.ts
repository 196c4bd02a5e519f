import { percent } from '../../base/percent.ts';
import { barChart, type Series } from './chart.ts';
import type { ClassSizeFigures, RiskFigures } from './figures.ts';
import { type Html, html } from './html.ts';
import { count, counted, figure } from './numbers.ts';

/** Before suppression, of the licensor alone, and as written. */
export interface Sides<T> {
  readonly before?: T | null | undefined;
  readonly after: T | null;
}

/** How many individuals are in classes of which size. */
export function classesOf(id: string, { before, after }: Sides<ClassSizeFigures>): Html {
  if (after === null) return html`<p>No quasi-identifier is released, so there are no classes.</p>`;
  const all = [before, after].flatMap((sizes) => sizes?.histogram ?? []);
  const bins = [...new Map(all.map(({ from, to }) => [from, { from, to }])).values()].sort((a, b) => a.from - b.from);
  const series = (name: string, tone: Series['tone'], { histogram, classes, mean }: ClassSizeFigures): Series => {
    const all = Math.round(classes * mean);
    const found = bins.map(({ from }) => histogram.find((bin) => bin.from === from));
    return {
      name,
      tone,
      values: found.map((bin) => (isShown(bin?.individuals) ? bin!.individuals! / all : null)),
      texts: found.map((bin) =>
        isShown(bin?.individuals) ? `${count(bin!.individuals!)} (${percent(bin!.individuals! / all)})` : '',
      ),
    };
  };
  const chart = barChart({
    id: `${id}-chart`,
    title: 'Individuals by the size of their class',
    axis: 'Records or individuals that look alike; number and share of individuals',
    labels: bins.map(({ from, to }) => (from === to ? count(from) : `${count(from)}–${count(to)}`)),
    series: [...(before ? [series('before suppression', 'before', before)] : []), series('released', 'after', after)],
  });
  return html`<p>Individuals whose quasi-identifiers are equal are in one class. There are ${counted(after.classes, 'class').replace(/classs$/, 'classes')}: the smallest has ${count(after.smallest)}, the mean is ${figure(after.mean)}, the largest has ${count(after.largest)}.${before ? html` Before suppression there were ${count(before.classes)}, the smallest of ${count(before.smallest)}.` : ''}</p>
${before?.histogram.some(({ individuals }) => individuals === null) ? fewHidden : ''}<div class="charts">${chart}</div>`;
}

/** Risk of re-identification against thresholds. */
export function riskOf(id: string, { before, after }: Sides<RiskFigures>): Html {
  if (after === null) return html`<p>Nobody can be singled out by quasi-identifiers, as none is released.</p>`;
  const thresholds = Object.keys(after.prosecutor.shareAbove).sort((a, b) => Number(a) - Number(b));
  const series = (name: string, tone: Series['tone'], { prosecutor }: RiskFigures): Series => ({
    name,
    tone,
    values: thresholds.map((threshold) => shareAbove(prosecutor, threshold)),
    texts: thresholds.map((threshold) => {
      const above = shareAbove(prosecutor, threshold);
      return above === null ? '' : percent(above);
    }),
  });
  const chart = barChart({
    id: `${id}-chart`,
    title: 'Individuals above a threshold of risk',
    axis: 'Share of individuals whose risk is above it',
    labels: thresholds.map((threshold) => `above ${threshold}`),
    series: [...(before ? [series('before suppression', 'before', before)] : []), series('released', 'after', after)],
  });
  const { highest, average } = after.prosecutor;
  return html`<p>Who knows that somebody is in the data, and knows their quasi-identifiers, finds the right record with a probability of at most ${percent(highest)}, on average ${percent(average)} (prosecutor risk: 1 divided by the size of the class).${before ? html` Before suppression: at most ${percent(before.prosecutor.highest)}, on average ${percent(before.prosecutor.average)}.` : ''}</p>
${before && Object.values(before.prosecutor.shareAbove).includes(null) ? fewHidden : ''}<div class="charts">${chart}</div>`;
}

function shareAbove({ shareAbove: of }: RiskFigures['prosecutor'], threshold: string): number | null {
  return of[threshold] === undefined ? 0 : of[threshold];
}

function isShown(individuals: number | null | undefined): boolean {
  return individuals !== null && individuals !== undefined;
}

const fewHidden = html`<p>Counts of a few individuals before suppression are not shown.</p>`;
