import { fail } from '../base/diagnostic.ts';

export const comparisons = ['<=', '>=', '<', '>', '==', '!='] as const;
export type Comparison = (typeof comparisons)[number];

/** A condition under which the answer is no: `k < 5`. */
export interface Threshold {
  /** As it was given. */
  readonly text: string;
  readonly measure: string;
  readonly comparison: Comparison;
  readonly value: number;
}

/** Reads `measure comparison number`: `k < 5`, `l(diagnosis) < 3`, `risk.highest > 0.09`. Throws USAGE. */
export function parseThreshold(text: string): Threshold {
  const match = form.exec(text);
  if (match === null) {
    throw fail('USAGE', 'a threshold is not `measure comparison number`', {
      hint: `for example \`k < 5\` or \`risk.highest > 0.09\`; comparisons: ${comparisons.join(' ')}`,
    });
  }
  const [, measure = '', comparison, value] = match;
  return { text: text.trim(), measure, comparison: comparison as Comparison, value: Number(value) };
}

/** Does the condition hold, so that the answer is no? A measure that could not be taken proves nothing: then it does, too. */
export function isBeyond({ comparison, value }: Threshold, measured: number | null): boolean {
  return measured === null || Number.isNaN(measured) || compare[comparison](measured, value);
}

// The name may hold anything in parentheses: a column can be called `a < b`.
const form = /^\s*([a-z][\w.-]*(?:\(.*\))?)\s*(<=|>=|==|!=|<|>)\s*(-?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*$/i;

const compare: Record<Comparison, (measured: number, value: number) => boolean> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
};
