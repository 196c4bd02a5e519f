import type { MeasureOutcome } from '../app/measure.ts';
import type { Diagnostic } from '../base/diagnostic.ts';
import { percent } from '../base/percent.ts';
import { thousands } from '../base/thousands.ts';
import { printable } from '../release/names.ts';
import type { AttackerRisk } from '../risk/attacker.ts';
import type { Measurement } from '../risk/measures.ts';
import { asciiJson } from './json.ts';
import { textTable } from './text-table.ts';

/** Combinations shown to people; `--json` has them all. */
const shownCombinations = 10;

/** Measures for people: no line is wider than `width` columns where that can be. */
export function renderMeasurement({ measurement }: MeasureOutcome, width: number): string {
  const sections = [
    classesOf(measurement),
    table('sensitive', ['field', 'l', 'entropy l', 't'], sensitiveRows(measurement), width),
    modelsOf(measurement),
    table('risk', riskHeader, riskRows(measurement), width),
    uniquenessOf(measurement),
    table(
      combinationsTitle(measurement),
      ['fields', 'distinction', 'separation', 'uniques'],
      combinationRows(measurement),
      width,
    ),
    table(lossTitle(measurement), ['field', 'loss'], lossRows(measurement), width),
    table('kept of the source', ['field', 'entropy', 'distance', 'earth mover'], utilityRows(measurement), width),
    table('correlations', ['fields', 'source', 'here', 'change'], correlationRows(measurement), width),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .flatMap((lines, i) => (i > 0 ? ['', ...lines] : lines))
    .join('\n')}\n`;
}

/** The same, for programs. */
export function measurementJson({ measurement, thresholds }: MeasureOutcome): string {
  return asciiJson({ measure: 'anon/v1', ...measurement, thresholds });
}

/** A diagnostic for each threshold that was passed. */
export function failedThresholds({ thresholds }: MeasureOutcome, file: string): readonly Diagnostic[] {
  return thresholds.flatMap(({ condition, measured, failed }) =>
    failed
      ? [
          {
            code: 'MEASURE' as const,
            message: `\`${condition}\` holds: measured ${measured === null ? 'nothing, as it has no value here' : figure(measured)}`,
            place: { file },
          },
        ]
      : [],
  );
}

function classesOf({ records, unit, individuals, classes, uniques }: Measurement): string[] {
  const suppressed = records.suppressed === 0 ? '' : `, ${count(records.suppressed)} suppressed`;
  const people = unit === null ? '' : `, ${count(individuals)} individuals`;
  return [
    `records        ${count(records.total)}${suppressed}${people}`,
    `classes        ${count(classes.classes)}: smallest ${count(classes.smallest)} (k), mean ${figure(classes.mean)}, largest ${count(classes.largest)}`,
    `sample uniques ${count(uniques.individuals)} (${percent(uniques.share)})`,
    ...textTable(
      ['class size', 'classes', 'individuals'],
      classes.histogram.map(({ from, to, classes: inside, individuals: people }) => [
        from === to ? count(from) : `${count(from)} to ${count(to)}`,
        count(inside),
        count(people),
      ]),
    ).map((line) => `  ${line}`),
  ];
}

function sensitiveRows({ sensitive }: Measurement): string[][] {
  return sensitive.map(({ field, distinct, entropy, closeness }) => [
    field,
    count(distinct),
    figure(entropy),
    figure(closeness),
  ]);
}

function modelsOf({ models }: Measurement): string[] {
  if (models.length === 0) return [];
  const said = (values: Readonly<Record<string, number | string>>) =>
    Object.entries(values)
      .map(
        ([name, value]) => `${printable(name, 80)}=${typeof value === 'number' ? figure(value) : printable(value, 80)}`,
      )
      .join(' ');
  return [
    'models',
    ...models.map(
      ({ name, required, measured, holds }) =>
        `  ${holds ? 'ok  ' : 'FAIL'} ${printable(name, 80)}: required ${said(required)}, measured ${said(measured)}`,
    ),
  ];
}

const riskHeader = ['attacker', 'highest', 'average', '> 0.05', '> 0.09', '> 0.2', '> 0.33'];

function riskRows({ risk, populationTable }: Measurement): string[][] {
  const row = (name: string, { highest, average, shareAbove }: AttackerRisk) => [
    name,
    percent(highest),
    percent(average),
    ...Object.values(shareAbove).map(percent),
  ];
  return [
    row('prosecutor', risk.prosecutor),
    ...(populationTable === null ? [] : [row('journalist', risk.journalist)]),
    ['marketer', '', percent(risk.marketer.average), '', '', '', ''],
  ];
}

function uniquenessOf({ populationTable, populationUniqueness: found }: Measurement): string[] {
  const lines: string[] = [];
  if (populationTable !== null) {
    const { individuals, k, outside, presence } = populationTable;
    lines.push(
      `population     ${count(individuals)} individuals: smallest class of the data has ${count(k)} there (k-map)`,
    );
    if (presence !== null)
      lines.push(
        `  of a class there ${percent(presence.min)} to ${percent(presence.max)} are in the data (delta-presence)`,
      );
    if (outside > 0)
      lines.push(`  ${count(outside)} individuals of the data are not in it: it is not the whole population`);
  }
  if (found === null) return lines;
  const { population, samplingFraction, zayatz, pitman, snb, model, uniques, share } = found;
  const shown = (value: number | null) => (value === null ? 'no estimate' : figure(value));
  return [
    ...lines,
    `population uniques ${figure(uniques)} of ${count(Math.round(population))} (${percent(share)}), by ${model}; sampling fraction ${figure(samplingFraction)}`,
    `  zayatz ${shown(zayatz)}, pitman ${shown(pitman)}, snb ${shown(snb)}`,
  ];
}

function combinationsTitle({ combinations }: Measurement): string {
  const { length } = combinations;
  return length > shownCombinations
    ? `combinations, the ${shownCombinations} of ${count(length)} that tell most apart`
    : 'combinations';
}

function combinationRows({ combinations }: Measurement): string[][] {
  return combinations
    .slice(0, shownCombinations)
    .map(({ fields, distinction, separation, uniques }) => [
      fields.join(' + '),
      percent(distinction),
      percent(separation),
      count(uniques),
    ]);
}

function lossTitle({ loss }: Measurement): string {
  if (loss?.geometric == null || loss.arithmetic == null) return 'information loss';
  return `information loss ${figure(loss.geometric)} (geometric mean), ${figure(loss.arithmetic)} (arithmetic)`;
}

function lossRows({ loss }: Measurement): string[][] {
  return (loss?.fields ?? []).map(({ field, loss: one }) => [field, one === null ? 'say --source' : figure(one)]);
}

function utilityRows({ utility }: Measurement): string[][] {
  return (utility?.fields ?? []).map(({ field, entropyKept, distance, earthMover }) => [
    field,
    entropyKept === null ? '' : percent(entropyKept),
    distance === null ? '' : figure(distance),
    earthMover === null ? '' : figure(earthMover),
  ]);
}

function correlationRows({ utility }: Measurement): string[][] {
  return (utility?.correlations ?? []).map(({ fields, source, release, change }) => [
    fields.join(' + '),
    figure(source),
    figure(release),
    figure(change),
  ]);
}

function table(
  title: string,
  header: readonly string[],
  rows: readonly (readonly string[])[],
  width: number,
): string[] {
  if (rows.length === 0) return [];
  const shown = rows.map((row) => row.map((cell) => printable(cell, 200)));
  return [title, ...textTable(header, shown, width - 2).map((line) => `  ${line}`)];
}

function count(n: number): string {
  return thousands(n);
}

/** Four digits; more where these would make a whole number of what is just beside one: an l of 2.99996 is not 3. */
function figure(n: number): string {
  if (Number.isInteger(n)) return count(n);
  let digits = 4;
  while (Math.abs(n) < 100 && digits < 12 && Number.isInteger(Number(n.toPrecision(digits)))) digits++;
  return Number(n.toPrecision(digits)).toLocaleString('en', { maximumSignificantDigits: digits });
}
