import { recognizes } from '../detect/definition.ts';
import { email } from '../detect/email.ts';

/** Is the first line of a table a record rather than a header? Names of columns are no numbers, dates, addresses or blanks. */
export function looksLikeRecord(columns: readonly string[]): boolean {
  const values = columns.filter(
    (column) => /^[+-]?[\d.,:/ -]*\d[\d.,:/ -]*$/.test(column) || recognizes(email, column, { countries: undefined }),
  );
  return values.length > 0;
}
