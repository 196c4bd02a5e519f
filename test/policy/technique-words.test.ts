import { expect, it } from 'vitest';
import { techniqueWords } from '../../src/policy/technique-words.ts';

it.each([
  [['drop'], {}, 'drop'],
  [
    ['fake'],
    { fake: { as: 'internet.email', domain: 'patient', unique: false } },
    'fake (as internet.email, domain patient)',
  ],
  [['mask'], { mask: { 'keep-first': 0, 'keep-last': 2, with: '*' } }, 'mask (keep-last 2, with *)'],
  [['tokenize'], { tokenize: { random: true, length: 12 } }, 'tokenize (random, length 12)'],
  [['generalize'], { generalize: { intervals: [0, 20, 40] } }, 'generalize (intervals 0, 20 and 40)'],
  [['generalize'], { generalize: { hierarchy: 'age', level: [1, 5] } }, 'generalize (hierarchy age, levels 1 to 5)'],
  [['generalize'], { generalize: { hierarchy: 'age', level: 0 } }, 'generalize (hierarchy age, level 0)'],
  [['generalize'], { generalize: { hierarchy: 'age', weight: 2 } }, 'generalize (hierarchy age, any level, weight 2)'],
  [['generalize'], { generalize: { prefix: 0 } }, 'generalize (prefix 0)'],
  [
    ['generalize'],
    {
      generalize: {
        groups: [
          { label: 'north', values: ['SE', 'NO'] },
          { label: 'south', values: ['IT'] },
        ],
      },
    },
    'generalize (groups (label north, values SE and NO) and (label south, values IT))',
  ],
  [
    ['top-bottom-code'],
    { 'top-bottom-code': { bottom: 0, top: 90, labels: { top: '90+' } } },
    'top-bottom-code (bottom 0, top 90, labels (top 90+))',
  ],
  [
    ['noise', 'round'],
    { noise: { scale: 1, clamp: { min: 0, max: 9 }, decimals: 0 }, round: { to: 10 } },
    'noise (scale 1, clamp (min 0, max 9), decimals 0), then round (to 10)',
  ],
  [['redact'], { redact: { with: '' } }, 'redact (with "")'],
  [['redact'], { redact: { with: null } }, 'redact'],
  [['redact-text'], { 'redact-text': { find: ['ip', 'url'], own: [] } }, 'redact-text (find ip and url, own none)'],
  [
    ['fake'],
    { fake: { as: 'internet.email', unique: true, tokenBits: 65 } },
    'fake (as internet.email, unique, token bits 65)',
  ],
  [['pram'], { pram: { matrix: { A: { A: 1 } } } }, 'pram (matrix (A (A 1)))'],
  [['shuffled'], { shuffled: { within: 'file' } }, 'shuffled (within file)'],
  [['round', 'round'], { round: { to: 1 }, 'round (again)': { to: 5 } }, 'round (to 1), then round (to 5)'],
  [
    ['replace'],
    { replace: { from: Array.from({ length: 20 }, (_, i) => i) } },
    'replace (from 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 … (20 in all))',
  ],
])('%j', (technique, parameters, words) => {
  expect(techniqueWords({ technique, parameters })).toBe(words);
});

it.each([
  [{ field: 'age', less: 18 }, 'age is less than 18'],
  [{ field: 'age', greater: -1, less: 1 }, 'age is greater than -1 and is less than 1'],
  [{ field: 'ward', equals: 0 }, 'ward is 0'],
  [{ field: 'ward', equals: '' }, 'ward is ""'],
  [{ field: 'ward', in: ['a', 'b', 'c'] }, 'ward is a, b or c'],
  [{ field: 'ward', 'is-null': false }, 'ward is not null'],
  [{ field: 'ward', matches: 'a.*' }, 'ward matches a.*'],
  [{ not: { field: 'ward', 'is-null': true } }, 'not (ward is null)'],
  [
    {
      all: [
        { field: 'a', less: 1 },
        { any: [{ field: 'b', equals: false }, { not: { field: 'c', in: [1, 2] } }, { field: 'd', in: [1, 2] }] },
      ],
    },
    'a is less than 1 and (b is false or not (c is 1 or 2) or (d is 1 or 2))',
  ],
  [{ field: 'a', above: 1 }, '{"field":"a","above":1}'],
])('where %j', (when, words) => {
  const parameters = { mask: { 'keep-last': 2 }, when, else: [{ round: { to: 10 } }, { redact: {} }] };
  expect(techniqueWords({ technique: ['mask', 'round', 'redact'], parameters })).toBe(
    `mask (keep-last 2) where ${words}, else round (to 10), then redact`,
  );
});
