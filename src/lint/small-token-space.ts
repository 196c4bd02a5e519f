import { thousands } from '../base/thousands.ts';
import { defineLint } from './definition.ts';
import { transformPath } from './released.ts';

/** Values that are assumed where there is no data. */
const assumed = 1_000_000;
/** Probability that two values get one token from which on it is told. */
const likely = 1e-3;

export const smallTokenSpace = defineLint({
  name: 'small-token-space',
  summary: 'Tokens are so short that two values may get the same one.',
  why: 'Records of two people then become those of one. By the birthday bound n values get different tokens of b bits but for a probability of n²/2^(b+1).',
  severity: 'warning',
  examples: {
    found:
      'fields: { id: { role: identifier, transform: { tokenize: { random: true, alphabet: digits, length: 6 } } }, a: { role: insensitive, transform: keep } }',
    not: 'fields: { id: { role: identifier, transform: { tokenize: { random: true } } }, a: { role: insensitive, transform: keep } }',
  },
  check({ policy, data }) {
    return policy.fields.flatMap((rule) => {
      const seen = data?.fields.filter((field) => field.rule === rule).map(({ distinct }) => distinct);
      const values = seen === undefined || seen.length === 0 ? assumed : Math.max(...seen);
      return rule.steps.flatMap(({ definition, options }) => {
        const { tokenBits: bits, collisionBound: bound } = definition.figures?.(options, values) ?? {};
        if (bits === undefined || bound === undefined || bound < likely) return [];
        const of = seen === undefined ? 'a million values' : `${thousands(values)} distinct values`;
        const chance = bound >= 1 ? 'almost surely' : `with a probability of up to ${Number(bound.toPrecision(2))}`;
        const message = `tokens of ${Math.floor(bits)} bits: of ${of} two get the same one ${chance}`;
        return [{ path: transformPath(rule), message, hint: 'leave `length` out: tokens then hold 128 bits' }];
      });
    });
  },
});
