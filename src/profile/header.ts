import { recognizes } from '../detect/definition.ts';
import { email } from '../detect/email.ts';

/** Is the first line of a table a record rather than a header? Names of columns are no dates, addresses, or numbers but years. */
export function looksLikeRecord(columns: readonly string[]): boolean {
  return columns.some(
    (column) =>
      (!/^(?:19|20)\d\d$/.test(column) && /^[+-]?[\d.,:/ -]*\d[\d.,:/ -]*$/.test(column)) ||
      recognizes(email, column, { countries: undefined }),
  );
}
