/** Longest list that is written out. */
const longest = 12;

/** `a`, `a and b`, `a, b and c`; of a long list its beginning, and how long it is. */
export function listed(parts: readonly string[], last: 'and' | 'or'): string {
  if (parts.length > longest) return `${parts.slice(0, longest).join(', ')} … (${parts.length} in all)`;
  const before = parts.slice(0, -1).join(', ');
  return before === '' ? parts.join('') : `${before} ${last} ${parts.at(-1)}`;
}

/** A text, number or boolean as it stands; a text of no characters in quotes, so that it is seen. */
export function plain(value: unknown): string {
  return value === '' ? '""' : String(value);
}
