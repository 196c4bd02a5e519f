import { z } from 'zod';
import { type Column, type ColumnBuffer, Kind, textAt } from '../table/column.ts';
import { type Decimal, readDecimal, readSmallDecimal, withPoint } from '../table/decimal.ts';
import { defineTransform, INVALID, Numeral } from './definition.ts';

/** Exact on the decimal digits: 1.005 to 0.01 is 1.01, whatever the nearest double says. */
export const round = defineTransform({
  name: 'round',
  summary: 'Round numbers to the nearest multiple of a step; halves go away from zero.',
  options: z.strictObject({
    to: z.number().positive().describe('The step: `1000`, `5`, `0.01`. Results have as many decimals as it has.'),
  }),
  examples: [
    { options: { to: 1000 }, input: '1234.5', output: '1000' },
    { options: { to: 1000 }, input: 1500, output: 2000 },
    { options: { to: 0.01 }, input: '1.005', output: '1.01' },
    { options: { to: 0.5 }, input: '7', output: '7.0' },
    { options: { to: 5 }, input: '-12.5', output: '-15' },
    { options: { to: 1 }, input: '-0.4', output: '0', note: 'zero has no sign' },
  ],
  traits: {
    kinds: ['number'],
    reversible: 'no',
    keeps: { format: 'yes', order: 'yes', uniqueness: 'no', distribution: 'partly' },
  },
  check({ to }, type) {
    const step = stepOf(to);
    // 10^decimals is one: any integer is a multiple of a step that one is a multiple of.
    if (type !== 'integer' || 10n ** BigInt(step.decimals) % step.units !== 0n) return [];
    return [{ path: ['to'], message: 'every integer is a multiple of this step', hint: 'take a step above 1' }];
  },
  produces: (options) => (Number.isInteger(options.to) ? 'integer' : 'number'),
  bind(options) {
    const step = stepOf(options.to);
    return (cell) => {
      const rounded = roundText(cell.text, step);
      if (rounded === null) return INVALID;
      return cell.kind === Kind.number ? new Numeral(rounded) : rounded;
    };
  },
  bindBytes(options) {
    const step = stepOf(options.to);
    return (input, output) => {
      for (let i = 0; i < input.count; i++) if (!roundSmall(input, i, step, output)) roundLarge(input, i, step, output);
    };
  },
});

/** The step is `units` / 10^`decimals`. */
interface Step {
  readonly units: bigint;
  readonly decimals: number;
  /** `units` for arithmetic in doubles, Infinity where that would not be exact. */
  readonly smallUnits: number;
}

/** By the shortest decimal that names the number: what the policy says, not what the double holds. */
function stepOf(to: number): Step {
  const { digits, exponent } = readDecimal(String(to))!;
  const decimals = Math.max(0, -exponent);
  const units = BigInt(digits) * 10n ** BigInt(Math.max(0, exponent));
  return {
    units,
    decimals,
    smallUnits: decimals < powersOfTen.length && units < exactLimit ? Number(units) : Infinity,
  };
}

function roundText(text: string, step: Step): string | null {
  const value = readDecimal(text);
  if (value === null) return null;
  const units = roundedUnits(value, step);
  return (value.negative && units > 0n ? '-' : '') + withPoint(units.toString(), step.decimals);
}

/** |value| to the nearest multiple of the step, in units of 10^-decimals; halves up, which is away from zero. */
function roundedUnits(value: Decimal, step: Step): bigint {
  const shift = value.exponent + step.decimals;
  const numerator = BigInt(value.digits) * (shift > 0 ? 10n ** BigInt(shift) : 1n);
  const denominator = step.units * (shift < 0 ? 10n ** BigInt(-shift) : 1n);
  return ((2n * numerator + denominator) / (2n * denominator)) * step.units;
}

function roundLarge(input: Column, i: number, step: Step, output: ColumnBuffer): void {
  const rounded = roundText(textAt(input, i), step);
  if (rounded === null) output.invalid();
  else output.text(input.kind[i] === Kind.number ? Kind.number : Kind.text, rounded);
}

/**
 * `roundText` in doubles; false where a number on the way might reach 2^52. Below it all are exact, twice the remainder too.
 * So is the quotient: n / d of integers n < 2^52 that is no integer is further from one than 1 / d > 2^-52 × n / d, more than
 * rounding to a double can bridge.
 */
function roundSmall(input: Column, i: number, step: Step, output: ColumnBuffer): boolean {
  if (!readSmallDecimal(input.bytes, input.start[i]!, input.end[i]!, small)) return false;
  const shift = step.decimals - small.decimals;
  const numerator = shift > 0 ? small.mantissa * powersOfTen[shift]! : small.mantissa;
  const denominator = shift < 0 ? step.smallUnits * powersOfTen[-shift]! : step.smallUnits;
  if (numerator >= exactLimit || denominator >= exactLimit) return false;
  let multiple = Math.floor(numerator / denominator);
  if (2 * (numerator - multiple * denominator) >= denominator) multiple++;
  const kind = input.kind[i] === Kind.number ? Kind.number : Kind.text;
  writeUnits(multiple * step.smallUnits, step.decimals, small.negative, kind, output);
  return true;
}

/** Writes ± `units` / 10^`decimals`, last digit first, at the end of the room that the longest one takes. */
function writeUnits(units: number, decimals: number, negative: boolean, kind: Kind, output: ColumnBuffer): void {
  output.reserve(longest);
  const target = output.bytes;
  let at = output.length + longest;
  output.length = at;
  let written = 0;
  let left = units;
  // Two loops, because division of 32-bit integers is several times as fast.
  for (; left > 0x7fffffff; written++) {
    if (written === decimals && decimals > 0) target[--at] = point;
    const tens = Math.floor(left / 10);
    target[--at] = zero + left - tens * 10;
    left = tens;
  }
  for (let rest = left | 0; rest > 0 || written <= decimals; written++) {
    if (written === decimals && decimals > 0) target[--at] = point;
    const tens = (rest / 10) | 0;
    target[--at] = zero + rest - tens * 10;
    rest = tens;
  }
  if (negative && units > 0) target[--at] = minus;
  output.close(kind, at);
}

const small = { negative: false, mantissa: 0, decimals: 0 };
const powersOfTen = Array.from({ length: 16 }, (_, n) => 10 ** n);
const exactLimit = 2 ** 52;
/** A sign, 16 digits and a point. */
const longest = 18;
const zero = 0x30;
const point = 0x2e;
const minus = 0x2d;
