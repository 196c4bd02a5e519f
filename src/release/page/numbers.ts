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

/** A share in [0, 1], never as nothing where it is above 0, nor as all where it is below 1. */
export function percent(share: number): string {
  if (share > 0 && share < 0.00005) return 'below 0.01 %';
  if (share < 1 && share > 0.99995) return 'above 99.99 %';
  const digits = share < 0.01 || (share > 0.99 && share < 1) ? 2 : 1;
  return `${(share * 100).toFixed(digits).replace(/^(0|100)\.0+$/, '$1')} %`;
}

/** `k = 11, sensitive = diagnosis`, by name. */
export function named(values: Readonly<Record<string, number | string>>): string {
  const names = Object.keys(values).sort();
  if (names.length === 0) return 'nothing';
  return names
    .map((name) => `${name} = ${typeof values[name] === 'number' ? figure(values[name]) : values[name]}`)
    .join(', ');
}
