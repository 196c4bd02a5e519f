import { expect, test } from 'vitest';
import { registry } from '../../src/base/registry.ts';

test('a registry keeps its order, and refuses a second definition of a name', () => {
  const fruits = registry('fruit', [{ name: 'pear' }, { name: 'apple' }]);
  expect(fruits.names).toEqual(['pear', 'apple']);
  expect(fruits.get('apple')).toBe(fruits.all[1]);
  expect(fruits.get('toString')).toBeUndefined();
  expect(() => registry('fruit', [{ name: 'fig' }, { name: 'fig' }])).toThrow('two fruits are named fig');
});
