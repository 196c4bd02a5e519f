import { type StepWords, techniqueParts } from '../../policy/technique-words.ts';
import { transforms } from '../../transforms/index.ts';
import { sortedJson } from '../statement.ts';
import type { LicensedTable } from '../tables.ts';
import { lines, table } from './document.ts';
import type { BundleFigures, LicensorFigures } from './figures.ts';
import { type Html, html, nameOf, type Part } from './html.ts';
import { count, counted, figure } from './numbers.ts';

/** What was done to each field: of the statement, with what report.json says of it. */
export function fieldsOf(
  stated: LicensedTable['transforms'],
  references: LicensedTable['references'],
  figures: BundleFigures['fields'],
): Html {
  const rows = stated.map((transform): Part[] => {
    const { field, role, technique, reversible, reproducible } = transform;
    // In the order in which a statement is written: what is made beside a bundle has the bytes of what is made from it.
    const parameters = JSON.parse(sortedJson(transform.parameters));
    const { steps, when, otherwise } = techniqueParts({ technique, parameters });
    const how = [
      ...[...steps, ...otherwise].flatMap(({ name, options }) => (options === '' ? [] : [`${name}: ${options}`])),
      ...(reversible ? ['reversible by whoever holds the key'] : []),
      ...(reproducible === true ? ['random, repeatable by whoever holds the key'] : []),
      ...figuresOf(figures.find(({ name }) => name === field)),
      ...references.filter((reference) => reference.field === field).map(referenceText),
    ];
    const names = (part: readonly StepWords[]) => inOrder(part.map(({ name }) => name));
    const done = when === undefined ? names(steps) : `${names(steps)} where ${when}, else ${names(otherwise)}`;
    return [nameOf(field), role, done, how.length === 0 ? '' : how.map((line) => html`<div>${line}</div>`)];
  });
  return html`${table(
    'Fields, in the order of the data',
    [{ title: 'Field' }, { title: 'Role' }, { title: 'What was done' }, { title: 'How' }],
    rows,
  )}
${techniquesOf(stated)}`;
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
  fields.map(({ name, role, technique, else: others = [], values, nulls, unreadable }) => [
    nameOf(name),
    role,
    [technique.slice(0, technique.length - others.length), others]
      .filter(({ length }) => length > 0)
      .map(inOrder)
      .join(', or else '),
    shown(values),
    shown(nulls),
    shown(unreadable),
  ]),
)}
${techniquesOf(fields)}`;
}

function inOrder(technique: readonly string[]): string {
  return technique.join(', then ');
}

/** What the techniques that were used do. */
function techniquesOf(fields: readonly { readonly technique: readonly string[] }[]): Html {
  const used = [...new Set(fields.flatMap(({ technique }) => technique))].sort();
  return lines(
    used.flatMap((name) => {
      const definition = transforms.get(name);
      return definition === undefined ? [] : [[name, definition.summary] as const];
    }),
  );
}

function figuresOf(field: BundleFigures['fields'][number] | undefined): string[] {
  if (field === undefined) return [];
  const { name, role, technique, ...figures } = field;
  return Object.entries(figures).flatMap(([key, value]) =>
    typeof value === 'number' ? [`${key.replace(/[A-Z]/g, (c) => ` ${c.toLowerCase()}`)}: ${figure(value)}`] : [],
  );
}

function referenceText({ table: other, to, onOrphan, orphans }: LicensedTable['references'][number]): string {
  const target = `refers to ${to} of table ${other}`;
  return orphans === 0
    ? `${target}, and every value is there`
    : `${target}; ${counted(orphans, 'record')} whose value is not there: ${orphanWords[onOrphan]}`;
}

const orphanWords = { drop: 'left out', fail: 'refused', report: 'kept' };
