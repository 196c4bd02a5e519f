import type { DraftDefinition } from './definition.ts';

/** What is to be replaced by a label. */
const blank = '?';

export const groupsDraft: DraftDefinition = {
  name: 'groups',
  summary: `A row for each value with \`${blank}\` for its labels, to be filled in.`,
  usual: 1,
  fits: () => true,
  suggests: () => true,
  columns: (values, levels) => Array.from({ length: levels }, () => values.map(() => blank)),
};
