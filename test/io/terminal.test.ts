import { expect, it } from 'vitest';
import { usesColor } from '../../src/io/terminal.ts';

// https://no-color.org: any value that is not empty; https://force-color.org.
it.each([
  [{}, true, true],
  [{}, false, false],
  [{ TERM: 'dumb' }, true, false],
  [{ NO_COLOR: '1' }, true, false],
  [{ NO_COLOR: '' }, true, true],
  [{ FORCE_COLOR: '1' }, false, true],
  [{ FORCE_COLOR: '0' }, true, false],
  [{ NO_COLOR: '1', FORCE_COLOR: '1' }, true, false],
])('colours with %j, on a terminal: %s', (env, isTTY, expected) => {
  expect(usesColor(env, isTTY)).toBe(expected);
});
