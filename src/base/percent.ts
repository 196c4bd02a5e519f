/** A share in [0, 1] for people, never as nothing where it is above 0, nor as all where it is below 1. */
export function percent(share: number): string {
  if (share > 0 && share < 0.00005) return '< 0.01 %';
  if (share < 1 && share > 0.99995) return '> 99.99 %';
  const digits = share < 0.01 || (share > 0.99 && share < 1) ? 2 : 1;
  return `${(share * 100).toFixed(digits).replace(/^(0|100)\.0+$/, '$1')} %`;
}
