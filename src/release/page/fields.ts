import { transforms } from '../../transforms/index.ts';
import { sortedJson } from '../statement.ts';
import type { LicensedTable } from '../tables.ts';
import { table } from './document.ts';
import type { BundleFigures, LicensorFigures } from './figures.ts';
import { type Html, html, nameOf, type Part } from './html.ts';
import { count, figure } from './numbers.ts';

/** What was done to each field: of the statement, with what report.json says of it. */
export function fieldsOf(
  stated: LicensedTable['transforms'],
  references: LicensedTable['references'],
  figures: BundleFigures['fields'],
): Html {
  const rows = stated.map((transform): Part[] => {
    const { field, role, technique, parameters, reversible, reproducible } = transform;
    const notes = [
      ...(reversible ? ['reversible by whoever holds the key'] : []),
      ...(reproducible === true ? ['random, repeatable by whoever holds the key'] : []),
      ...figuresOf(figures.find(({ name }) => name === field)),
      ...references.filter((reference) => reference.field === field).map(referenceText),
    ];
    return [
      nameOf(field),
      role,
      techniques(technique),
      notes.length === 0
        ? parametersOf(parameters)
        : html`${parametersOf(parameters)}${notes.map((note) => html`<div>${note}</div>`)}`,
    ];
  });
  return html`${table(
    'Fields, in the order of the data',
    [{ title: 'Field' }, { title: 'Role' }, { title: 'What was done' }, { title: 'How' }],
    rows,
  )}`;
}

/** The same of the licensor's report, which counts values. */
export function countedFieldsOf(fields: LicensorFigures['fields']): Html {
  const shown = (n: number | undefined) => (n === undefined ? '' : count(n));
  return html`<p>Fields that are kept as they stand, or dropped, are not counted.</p>
${table(
  'Fields, in the order of the data',
  [
    { title: 'Field' },
    { title: 'Role' },
    { title: 'What was done' },
    { title: 'Values', number: true },
    { title: 'Nulls', number: true },
    { title: 'Unreadable', number: true },
  ],
  fields.map(({ name, role, technique, values, nulls, unreadable }) => [
    nameOf(name),
    role,
    techniques(technique),
    shown(values),
    shown(nulls),
    shown(unreadable),
  ]),
)}`;
}

function techniques(names: readonly string[]): Html {
  const steps = names.map((name) => {
    const summary = transforms.get(name)?.summary;
    return summary === undefined ? html`<div>${name}</div>` : html`<div>${name} <small>${summary}</small></div>`;
  });
  return html`${steps}`;
}

function parametersOf(parameters: Readonly<Record<string, unknown>>): Part {
  const names = Object.keys(parameters).sort();
  return names.map((name) => html`<div><small>${name}: <code>${sortedJson(parameters[name])}</code></small></div>`);
}

function figuresOf(field: BundleFigures['fields'][number] | undefined): string[] {
  if (field === undefined) return [];
  const { name, role, technique, ...figures } = field;
  return Object.entries(figures).flatMap(([figureName, value]) =>
    typeof value === 'number' ? [`${figureName}: ${figure(value)}`] : [],
  );
}

function referenceText({ table: other, to, onOrphan, orphans }: LicensedTable['references'][number]): string {
  const target = `refers to ${to} of table ${other}`;
  return orphans === 0
    ? `${target}, and every value is there`
    : `${target}; ${count(orphans)} records whose value is not there: ${orphanWords[onOrphan]}`;
}

const orphanWords = { drop: 'left out', fail: 'refused', report: 'kept' };
