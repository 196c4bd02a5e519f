/** `1,234,567` of a whole number. `toLocaleString` does the same, but its first call takes as long as all of `--help`. */
export function thousands(n: number | bigint): string {
  return String(n).replace(/\B(?=(?:\d{3})+$)/g, ',');
}
