/** Numbers for people. */

export function count(n: number): string {
  return n.toLocaleString('en');
}

/** `3,000 records`. */
export function counted(n: number, noun: string): string {
  return `${count(n)} ${noun}${n === 1 ? '' : 's'}`;
}

/** Four digits. */
export function figure(n: number): string {
  if (n !== 0 && Math.abs(n) < 1e-4) return n.toPrecision(3);
  return Number.isInteger(n) ? count(n) : n.toLocaleString('en', { maximumSignificantDigits: 4 });
}

/** `k = 11, sensitive = diagnosis`, by name. */
export function named(values: Readonly<Record<string, number | string>>): string {
  const names = Object.keys(values).sort();
  if (names.length === 0) return 'nothing';
  return names
    .map((name) => `${name} = ${typeof values[name] === 'number' ? figure(values[name]) : values[name]}`)
    .join(', ');
}
