import { z } from 'zod';
import {
  type DiscreteNoise,
  discreteLaplace,
  maxNoiseScale,
  noiseBytes,
  roundedNormal,
} from '../crypto/discrete-noise.ts';
import { type Column, type ColumnBuffer, Kind, textAt } from '../table/column.ts';
import { type Decimal, readDecimal, readSmallDecimal, withPoint, writeUnits } from '../table/decimal.ts';
import { defineTransform, type FieldType, INVALID, Numeral, type OptionProblem, type Resources } from './definition.ts';

const options = z.strictObject({
  distribution: z.enum(['laplace', 'normal']).describe('Shape of the noise; its mean is zero.'),
  scale: z.number().positive().describe('Laplace: b, a standard deviation of √2 × b. Normal: the standard deviation.'),
  clamp: z
    .strictObject({
      min: z.number().optional().describe('Smallest result.'),
      max: z.number().optional().describe('Largest result.'),
    })
    .optional()
    .describe('Results beyond a bound become the bound.'),
  decimals: z
    .int()
    .min(0)
    .max(15)
    .optional()
    .describe(
      'Decimals of the result; default: as many as the value has, and for a smaller `scale` than one step of them, as that needs.',
    ),
});
type Options = z.output<typeof options>;

/**
 * Noise addition as statistical disclosure control knows it (Hundepool et al., "Statistical Disclosure Control",
 * 2012). It claims no differential privacy: nothing bounds a value's sensitivity or accounts for a budget.
 *
 * The noise is drawn on the decimal grid of the result, as a whole number of its steps (0.01 for two decimals). Noise
 * drawn as a double and rounded with the sum would leave traces of the value in the last bits (Mironov, "On
 * significance of the least significant bits for differential privacy", CCS 2012).
 */
export const noise = defineTransform({
  name: 'noise',
  summary: 'Add random noise to numbers, on their own decimal grid. Claims no differential privacy.',
  options,
  examples: [
    { options: { distribution: 'laplace', scale: 2 }, type: 'integer', input: '72', note: 'an integer near 72' },
    {
      options: { distribution: 'normal', scale: 0.5 },
      type: 'number',
      input: '1.10',
      note: 'two decimals, like the value',
    },
    { options: { distribution: 'laplace', scale: 5, clamp: { min: 0 } }, input: 3, note: 'never below 0' },
  ],
  traits: {
    kinds: ['number'],
    reversible: 'no',
    keeps: { format: 'yes', order: 'partly', uniqueness: 'no', distribution: 'partly' },
  },
  deterministic: false,
  random: true,
  produces: (_, type) => type,
  check: (options, type) => [...typeProblems(options, type), ...rangeProblems(options, type)],
  bind(options, resources) {
    const add = exactNoise(options, resources);
    return (cell) => {
      if (!isNumeric(cell.kind)) return INVALID;
      const sum = add(cell.text, cell.ordinal);
      if (sum === null) return INVALID;
      return cell.kind === Kind.number ? new Numeral(sum) : sum;
    };
  },
  bindBytes(options, resources) {
    const addSmall = smallNoise(options, resources);
    const add = exactNoise(options, resources);
    return (input, output) => {
      for (let i = 0; i < input.count; i++) {
        if (addSmall(input, i, output)) continue;
        const kind = input.kind[i] as Kind;
        const sum = isNumeric(kind) ? add(textAt(input, i), input.base + input.index[i]!) : null;
        if (sum === null) output.invalid();
        else output.text(kind, sum);
      }
    };
  },
});

/** What the noise on the multiples of 10^-`decimals` is made of. Whole numbers below count such steps. */
interface Grid {
  readonly decimals: number;
  /** Noise in units of `coarse` steps. */
  readonly draw: DiscreteNoise;
  /** Odd; 1 unless the scale is more than 2^32 steps. */
  readonly coarse: bigint;
  readonly low: bigint | undefined;
  readonly high: bigint | undefined;
  /** The bounds as doubles; undefined where sums of up to 15 digits do not fit doubles. */
  readonly small: { readonly low: number; readonly high: number } | undefined;
}

/** Null where the scale is beyond 2^96 steps, or no step lies between the bounds. */
function gridOf(options: Options, decimals: number): Grid | null {
  const scale = options.scale * 10 ** decimals;
  if (!(scale <= maxScale)) return null;
  const coarse = scale <= maxNoiseScale ? 1n : BigInt(Math.ceil(scale / maxNoiseScale)) | 1n;
  const low = stepsOf(options.clamp?.min, decimals, 'up');
  const high = stepsOf(options.clamp?.max, decimals, 'down');
  if (low !== undefined && high !== undefined && low > high) return null;
  const fits = [low, high].every((bound) => bound === undefined || (bound < exactLimit && bound > -exactLimit));
  return {
    decimals,
    draw: distributions[options.distribution](scale / Number(coarse)),
    coarse,
    low,
    high,
    small:
      coarse === 1n && fits
        ? { low: low === undefined ? -Infinity : Number(low), high: high === undefined ? Infinity : Number(high) }
        : undefined,
  };
}

const distributions: Record<Options['distribution'], (scale: number) => DiscreteNoise> = {
  laplace: discreteLaplace,
  normal: roundedNormal,
};

/**
 * Decimals of the result for a value of so many: `7` on its own grid would all but always stay `7` where the scale is 0.2, and its
 * neighbour `7.5` not. An integer has no more; `rangeProblems` sees to its scale.
 */
function decimalsOf(options: Options, type: FieldType | undefined): (ofValue: number) => number {
  if (options.decimals !== undefined) return () => options.decimals!;
  const least = type === 'integer' ? 0 : Math.min(15, Math.max(0, Math.ceil(-Math.log10(options.scale))));
  return (ofValue) => Math.max(ofValue, least);
}

/** Grids by their decimals, made when first asked for. */
function gridsOf(options: Options): (decimals: number) => Grid | null {
  const grids: (Grid | null | undefined)[] = [];
  return (decimals) => {
    const known = grids[decimals];
    if (known !== undefined) return known;
    const grid = gridOf(options, decimals);
    grids[decimals] = grid;
    return grid;
  };
}

/**
 * The plain form, exact at any length: value plus noise as text, or null for what is no number or too fine for the
 * scale.
 */
function exactNoise(options: Options, resources: Resources): (text: string, ordinal: number) => string | null {
  const random = resources.random('noise', noiseBytes);
  const remainders = resources.random('noise-remainder', noiseBytes);
  const grids = gridsOf(options);
  const decimals = decimalsOf(options, resources.type);
  return (text, ordinal) => {
    const value = text.length > maxTextLength ? null : readDecimal(text);
    if (value === null) return null;
    const grid = grids(decimals(-value.exponent));
    if (grid === null) return null;
    const at = random.at(ordinal);
    let steps = BigInt(grid.draw(random.bytes, at));
    if (grid.coarse > 1n) {
      const remainderAt = remainders.at(ordinal);
      steps = steps * grid.coarse + centred(grid.coarse, remainders.bytes, remainderAt);
    }
    const sum = within(grid, scaled(value, grid.decimals, 'nearest') + steps);
    const digits = withPoint(String(sum < 0n ? -sum : sum), grid.decimals);
    return sum < 0n ? `-${digits}` : digits;
  };
}

/**
 * Uniform among the `odd` whole numbers about zero. Noise on a grid `odd` times as coarse plus this is noise on the
 * fine grid: with a scale of 2^31 coarse steps and more, neighbouring coarse steps are equally likely but for a
 * factor of exp(±2^-31).
 */
function centred(odd: bigint, bytes: Buffer, at: number): bigint {
  const bits = (bytes.readBigUInt64BE(at) << 64n) | bytes.readBigUInt64BE(at + 8);
  return ((bits * odd) >> 128n) - odd / 2n;
}

function within({ low, high }: Grid, steps: bigint): bigint {
  if (low !== undefined && steps < low) return low;
  return high !== undefined && steps > high ? high : steps;
}

function stepsOf(bound: number | undefined, decimals: number, rounding: Rounding): bigint | undefined {
  return bound === undefined ? undefined : scaled(readDecimal(String(bound))!, decimals, rounding);
}

type Rounding = 'nearest' | 'up' | 'down';

/** value × 10^decimals as a whole number; `nearest` takes halves away from zero. */
function scaled(value: Decimal, decimals: number, rounding: Rounding): bigint {
  const shift = value.exponent + decimals;
  const units = BigInt(value.digits || '0');
  const signed = value.negative ? -units : units;
  if (shift >= 0) return signed * 10n ** BigInt(shift);
  const step = 10n ** BigInt(-shift);
  if (rounding === 'nearest') return (signed + (value.negative ? -step : step) / 2n) / step;
  const truncated = signed / step;
  if (truncated * step === signed) return truncated;
  if (rounding === 'up') return value.negative ? truncated : truncated + 1n;
  return value.negative ? truncated - 1n : truncated;
}

/** The same in doubles and bytes; false, with nothing written, for a value or grid that is not small enough. */
function smallNoise(
  options: Options,
  resources: Resources,
): (input: Column, i: number, output: ColumnBuffer) => boolean {
  const random = resources.random('noise', noiseBytes);
  const grids = gridsOf(options);
  const decimalsFor = decimalsOf(options, resources.type);
  const value = { negative: false, mantissa: 0, decimals: 0 };
  return (input, i, output) => {
    const kind = input.kind[i] as Kind;
    if (!isNumeric(kind) || !readSmallDecimal(input.bytes, input.start[i]!, input.end[i]!, value)) return false;
    const decimals = decimalsFor(value.decimals);
    const grid = grids(decimals);
    if (grid?.small === undefined) return false;
    const magnitude = scaledSmall(value.mantissa, decimals - value.decimals);
    if (magnitude > maxMantissa) return false;
    const at = random.at(input.base + input.index[i]!);
    const sum = (value.negative ? -magnitude : magnitude) + grid.draw(random.bytes, at);
    writeUnits(output, kind, Math.min(Math.max(sum, grid.small.low), grid.small.high), decimals);
    return true;
  };
}

/**
 * mantissa × 10^shift, halves up. Exact for a mantissa below 10^15: (mantissa + half) / 10^-shift lies at least
 * 10^shift from the next whole number unless it is one, and that is more than the rounding of a quotient below 10^(15
 * + shift).
 */
function scaledSmall(mantissa: number, shift: number): number {
  if (shift === 0) return mantissa;
  if (shift > 0) return mantissa * 10 ** shift;
  const step = 10 ** -shift;
  return Math.floor((mantissa + step / 2) / step);
}

function isNumeric(kind: Kind): boolean {
  return kind === Kind.text || kind === Kind.number;
}

function typeProblems({ decimals = 0 }: Options, type: FieldType | undefined): OptionProblem[] {
  if (type === 'boolean' || type === 'date' || type === 'datetime') {
    return [{ path: [], message: `noise is added to numbers, and the field is of type ${type}` }];
  }
  if (type === 'integer' && decimals > 0) {
    return [
      {
        path: ['decimals'],
        message: 'an integer has no decimals',
        hint: 'leave `decimals` out, or write `type: number`',
      },
    ];
  }
  return [];
}

function rangeProblems(options: Options, type: FieldType | undefined): OptionProblem[] {
  const { min = -Infinity, max = Infinity } = options.clamp ?? {};
  if (min > max) return [{ path: ['clamp'], message: '`min` is greater than `max`' }];
  const decimals = options.decimals ?? (type === 'integer' ? 0 : undefined);
  if (!(options.scale * 10 ** (decimals ?? 0) <= maxScale))
    return [{ path: ['scale'], message: 'the scale is too large' }];
  if (decimals !== undefined && options.scale * 10 ** decimals < minScale) {
    const message = `noise of this scale leaves nearly every number of ${decimals} decimals as it is`;
    return [{ path: ['scale'], message, hint: 'take a larger scale, or more `decimals`' }];
  }
  if (decimals === undefined || gridOf(options, decimals) !== null) return [];
  return [{ path: ['clamp'], message: `no number of ${decimals} decimals lies between \`min\` and \`max\`` }];
}

/** In steps: with less, more than 95 of 100 values would stay as they are, by either distribution. */
const minScale = 0.25;
/** In steps: so many that 128 random bits still place the remainder of `centred` evenly. */
const maxScale = 2 ** 96;
/** No double has more digits, and no exponent that `readDecimal` reads makes more of them. */
const maxTextLength = 400;
/** Noise stays below 2^38, so that sums with 15 digits stay below 2^53. */
const maxMantissa = 10 ** 15;
const exactLimit = 2n ** 53n;
