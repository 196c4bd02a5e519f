import { expect, test } from 'vitest';
import { refusals } from '../fixtures.ts';

test.each([
  ['P-17', []],
  ['P-18', []],
  ['p-17', ['projects TERMS']],
  ['P-1', ['projects TERMS']],
  [undefined, ['projects TERMS']],
])('used in project %s: %j', (project, expected) => {
  expect(refusals({ projects: ['P-17', 'P-18'] }, { project })).toEqual(expected);
});
