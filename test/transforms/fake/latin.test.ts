import { expect, test } from 'vitest';
import type { Node } from '../../../src/transforms/fake/grammar.ts';
import { latin } from '../../../src/transforms/fake/latin.ts';

const english = ['Ada', 'X Æ A-12', 'Alan'];
const of = (...names: string[]) => (latin({ of: names }, english) as { of: Node[] }).of;

test('names lose their accents', () => {
  expect(of('Müller', 'Jørgensen', 'Michałowski', 'François', "O'Conner", 'Nguyễn Văn')).toEqual([
    'muller',
    'jorgensen',
    'michalowski',
    'francois',
    'oconner',
    'nguyenvan',
  ]);
});

test('a name in another script, or a long one, is the English one at its place, as far as that has letters only', () => {
  expect(of('Иван', 'Ольга', '翔', 'Zoë', '海', 'Tomasz-Przemysław')).toEqual([
    'ada',
    'alan',
    'ada',
    'zoe',
    'ada',
    'alan',
  ]);
  expect(latin('Иван', english)).toBe('ada');
});

test('there are as many choices as before, with the same weights', () => {
  const surname: Node = { of: ['Díaz', 'Ruiz'] };
  const node: Node = { of: [surname, { seq: [surname, ' de ', surname, '·'], order: [2, 1, 0] }], weights: [5, 1] };
  const plain = { of: ['diaz', 'ruiz'] };
  expect(latin(node, english)).toEqual({
    of: [plain, { seq: [plain, 'de', plain, ''], order: [2, 1, 0] }],
    weights: [5, 1],
  });
});
