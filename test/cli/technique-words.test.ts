import { expect, it } from 'vitest';
import { techniqueWords } from '../../src/cli/technique-words.ts';

it.each([
  [['drop'], {}, 'drop'],
  [
    ['fake'],
    { fake: { as: 'internet.email', domain: 'patient', unique: false } },
    'fake (as internet.email, domain patient)',
  ],
  [['mask'], { mask: { 'keep-first': 0, 'keep-last': 2, with: '*' } }, 'mask (keep-last 2, with *)'],
  [['tokenize'], { tokenize: { random: true, length: 12 } }, 'tokenize (random, length 12)'],
  [['generalize'], { generalize: { intervals: [0, 20, 40] } }, 'generalize (intervals 0 20 40)'],
  [
    ['noise', 'round'],
    { noise: { scale: 1, clamp: { min: 1 } }, round: { to: 10 } },
    'noise (scale 1, clamp min 1), then round (to 10)',
  ],
  [['round', 'round'], { round: { to: 1 }, 'round (again)': { to: 5 } }, 'round (to 1), then round (to 5)'],
  [['mask'], { when: { field: 'age', below: 18 } }, 'mask, when field age, below 18'],
  [
    ['replace'],
    { replace: { from: Array.from({ length: 20 }, (_, i) => i) } },
    'replace (from 0 1 2 3 4 5 6 7 8 9 10 11 … (20))',
  ],
])('%j', (technique, parameters, words) => {
  expect(techniqueWords({ technique, parameters })).toBe(words);
});
