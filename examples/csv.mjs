/** A CSV file of `rows`: a header, and for each column what its function takes from a row and its number. */
export function csvOf(columns, rows) {
  const lines = rows.map((row, n) => Object.values(columns).map((value) => csvField(String(value(row, n)))));
  return [Object.keys(columns), ...lines].map((line) => `${line.join(',')}\n`).join('');
}

/** RFC 4180 §2, with line feeds. */
function csvField(text) {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
