/** A share in [0, 1], never as nothing where it is above 0, nor as all where it is below 1. */
export function percent(share: number): string {
  if (share > 0 && share < 0.00005) return '< 0.01 %';
  const text = (share * 100).toFixed(share < 0.01 ? 2 : 1);
  return share < 1 && text === '100.0' ? '> 99.9 %' : `${text} %`;
}
