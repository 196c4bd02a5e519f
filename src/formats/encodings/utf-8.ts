import type { Encoding } from './definition.ts';

/** RFC 3629. The engine works on it, and checks it while it scans. */
export const utf8: Encoding = {
  name: 'utf-8',
  summary: 'UTF-8.',
  codecFor: () => undefined,
};
