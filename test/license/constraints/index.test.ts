import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { constraints, members, options } from '../../../src/license/constraints/index.ts';

const folder = new URL('../../../src/license/constraints/', import.meta.url);

test('every module of the folder is registered under its name', () => {
  const modules = readdirSync(folder).filter((name) => name !== 'index.ts');
  expect(modules.map((name) => name.replace(/\.ts$/, '')).sort()).toEqual([...constraints.names].sort());
});

test('no two constraints claim the same member or option', () => {
  const names = (of: 'members' | 'options') => constraints.all.flatMap((constraint) => Object.keys(constraint[of]));
  expect(names('members').sort()).toEqual(Object.keys(members).sort());
  expect(names('options').sort()).toEqual(Object.keys(options).sort());
});
