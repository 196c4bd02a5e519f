import { table } from './document.ts';
import type { LicensorFigures } from './figures.ts';
import { type Html, html, nameOf } from './html.ts';
import { count } from './numbers.ts';

/** What the leak check found in the output, for the licensor: places, no values. */
export function leaksOf(findings: NonNullable<LicensorFigures['leakCheck']>['findings']): Html {
  return html`<p>Values of identifiers were found in the output. It was released because the policy says to (\`leak: report\`).</p>
${table(
  'Found in the output',
  [{ title: 'In field' }, { title: 'Whose' }, { title: 'Records', number: true }, { title: 'First row', number: true }],
  findings.map(({ table: other, identifier, field, records, firstRow }) => [
    field === null ? 'a key, or several fields' : nameOf(field),
    identifier === null
      ? `an identifier of another record${other === undefined ? '' : `, in table ${other}`}`
      : html`${nameOf(identifier)} of the same record`,
    count(records),
    firstRow === 0 ? 'around the records' : count(firstRow),
  ]),
)}`;
}
