/** Below it the recurrence is used, above it the asymptotic series: its first term left out is then below 1e-16. */
const asymptotic = 16;

/**
 * ln Γ(x) for x > 0, to about 1e-14 relative. Abramowitz and Stegun, Handbook of Mathematical Functions, 1964, 6.1.41 (Stirling's
 * series), with 6.1.15 (recurrence) for small x.
 */
export function logGamma(x: number): number {
  let shift = 0;
  let at = x;
  for (; at < asymptotic; at++) shift += Math.log(at);
  return (at - 0.5) * Math.log(at) - at + 0.5 * Math.log(2 * Math.PI) + stirling(at) - shift;
}

/** ln Γ(x + a) / Γ(x) for |a| ≤ 1: their difference would lose what is small beside ln Γ(x), a hundred thousandth at x = 1e9. */
export function logGammaRatio(x: number, a: number): number {
  if (x + a < asymptotic) return logGamma(x + a) - logGamma(x);
  return (x + a - 0.5) * Math.log1p(a / x) + a * Math.log(x) - a + stirling(x + a) - stirling(x);
}

/** ψ(x) = d/dx ln Γ(x) for x > 0. Abramowitz and Stegun 6.3.18 and 6.3.5. */
export function digamma(x: number): number {
  let shift = 0;
  let at = x;
  for (; at < asymptotic; at++) shift += 1 / at;
  const z = 1 / (at * at);
  const series = z * (1 / 12 - z * (1 / 120 - z * (1 / 252 - z * (1 / 240 - z / 132))));
  return Math.log(at) - 0.5 / at - series - shift;
}

/** What Stirling's formula leaves out. */
function stirling(x: number): number {
  const z = 1 / (x * x);
  return (1 / 12 - z * (1 / 360 - z * (1 / 1260 - z * (1 / 1680 - z / 1188)))) / x;
}
