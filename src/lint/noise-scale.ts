import type { z } from 'zod';
import { noise } from '../transforms/noise.ts';
import { defineLint, type LintResult } from './definition.ts';
import type { FieldProfile } from './profile.ts';
import { stepsNamed, transformPath } from './released.ts';

type Options = z.output<typeof noise.options>;

/** Share of a field's standard deviation below which noise is said to have no effect, and above which to leave nothing. */
const [least, most] = [0.01, 10];
/** Share of values that noise leaves as they are from which on it is said to have no effect. */
const unchanged = 0.9;

export const noiseScale = defineLint({
  name: 'noise-scale',
  summary: 'Noise is too small to hide anything, or so large that nothing is left.',
  why: 'Noise on a grid coarser than its scale is mostly zero; noise of a hundredth of the spread hides no value, and ten times the spread leaves no figure to use.',
  severity: 'warning',
  examples: {
    found:
      'fields: { visits: { role: sensitive, type: integer, transform: { noise: { distribution: laplace, scale: 0.3 } } } }',
    not: 'fields: { visits: { role: sensitive, type: integer, transform: { noise: { distribution: laplace, scale: 2 } } } }',
  },
  check: ({ policy, data }) =>
    policy.fields.flatMap((rule) =>
      stepsNamed(rule, noise).flatMap(({ options }): LintResult[] => {
        const given = options as Options;
        const path = transformPath(rule);
        const decimals = given.decimals ?? (rule.type === 'integer' ? 0 : undefined);
        const zero = decimals === undefined ? 0 : shareOfZero(given, 10 ** -decimals);
        const drawn = `${given.distribution} noise of scale ${given.scale}`;
        if (zero >= unchanged) {
          const message = `${drawn} leaves ${(zero * 100).toFixed(1)} % of the values as they are`;
          return [{ path, message, hint: 'a greater `scale`, or more `decimals`' }];
        }
        const fields = data?.fields.filter((field) => field.rule === rule) ?? [];
        return fields.flatMap((field) => comparedWith(field, given, drawn).map((found) => ({ path, ...found })));
      }),
    ),
});

/** Probability that noise is zero on a grid of this step. */
function shareOfZero({ distribution, scale }: Options, step: number): number {
  // Discrete Laplace (Inusah, Kozubowski, 2006): P(0) = (1 - p) / (1 + p) with p = exp(-step / b), which is tanh(step / 2b).
  if (distribution === 'laplace') return Math.tanh(step / (2 * scale));
  // A normal draw rounded to the grid is zero within half a step: erf(x), by Abramowitz and Stegun 7.1.26, to 1.5e-7.
  const x = step / 2 / scale / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const series = [1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592].reduce((sum, a) => sum * t + a, 0);
  return 1 - series * t * Math.exp(-x * x);
}

function comparedWith({ numbers }: FieldProfile, { distribution, scale }: Options, drawn: string) {
  const deviation = distribution === 'laplace' ? Math.SQRT2 * scale : scale;
  const ratio = deviation / numbers.deviation;
  if (!(numbers.deviation > 0) || (ratio >= least && ratio <= most)) return [];
  const times = Number(ratio.toPrecision(2));
  const message = `${drawn} has ${times} times the standard deviation of the values`;
  const hint = ratio < least ? 'a greater `scale` hides more' : 'a smaller `scale` leaves more';
  return [{ message, hint }];
}
