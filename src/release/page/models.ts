import { percent } from '../../base/percent.ts';
import { facts, table } from './document.ts';
import type { BundleFigures, GeneralizationFigures, RecordFigures } from './figures.ts';
import { type Html, html, nameOf, type Part } from './html.ts';
import { count, figure, named } from './numbers.ts';

/** What happened to the records, and how far the result protects. */
export function summaryOf({
  records,
  smallest,
  highest,
  findings,
}: {
  readonly records: RecordFigures;
  /** Of the classes; undefined where there are none. */
  readonly smallest: number | undefined;
  readonly highest: number | undefined;
  /** Of the leak check; undefined where nothing was searched for. */
  readonly findings: number | undefined;
}): Html {
  const { source, sampled, leftOut, written, suppressed } = records;
  return facts([
    ...optional('Records in the source', source, count),
    ...optional('In the sample', sampled, count),
    ...optional('Left out before measuring', leftOut, count),
    ['Records released', count(written)],
    [
      'Records suppressed',
      suppressed === 0 ? '0' : `${count(suppressed)} (${percent(suppressed / (written + suppressed))})`,
    ],
    ...optional('Smallest class', smallest, count),
    ...optional('Highest risk', highest, percent),
    ...optional('Findings of the leak check', findings, count),
  ]);
}

function optional(name: string, value: number | undefined, shown: (n: number) => string): [string, string][] {
  return value === undefined ? [] : [[name, shown(value)]];
}

export function modelsOf(models: BundleFigures['models']): Html {
  if (models.length === 0) return html`<p>No privacy model was required.</p>`;
  return html`<p>The release holds what is required here: of an output that does not, nothing is written.</p>
${table(
  'Privacy models',
  [{ title: 'Model' }, { title: 'Required' }, { title: 'Measured' }],
  models.map(({ name, required, measured }) => [nameOf(name), named(required), named(measured)]),
)}`;
}

/** Levels that a search chose, one for a field or class by class, and what they lose. */
export function generalizationOf(found: GeneralizationFigures | undefined): Part {
  if (found === undefined) return '';
  const { recoding, fields, measure, score, bound, proven, budgetSpent } = found;
  const spent =
    budgetSpent === true ? ' The work budget was spent before all was tried: a larger one may lose less.' : '';
  const least = proven ? 'No other levels lose less.' : `No other levels lose less than ${figure(bound)}.`;
  const said =
    recoding === 'local'
      ? html`<p>Levels were chosen class by class, so that one value may be written at several: information loss ${figure(score)} (${measure}). That no other choice loses less is not claimed.${spent}</p>`
      : html`<p>Levels were searched for the least information loss at which the models hold: ${figure(score)} (${measure}). ${least}</p>`;
  return html`${said}
${table(
  'Levels of generalization',
  [{ title: 'Field' }, { title: 'Level', number: true }, { title: 'Of', number: true }],
  fields.map((field) => [
    nameOf(field.name),
    'level' in field ? count(field.level) : range(field.levels),
    count(field.height),
  ]),
)}`;
}

function range([lowest, highest]: readonly [number, number]): string {
  return lowest === highest ? count(lowest) : `${count(lowest)}–${count(highest)}`;
}
