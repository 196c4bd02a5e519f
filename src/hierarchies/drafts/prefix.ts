import { charactersOf } from '../../base/characters.ts';
import { prefix } from '../prefix.ts';
import { columnsOf } from './columns.ts';
import type { DraftDefinition } from './definition.ts';

export const prefixDraft: DraftDefinition = {
  name: 'prefix',
  summary: 'Codes by their first characters.',
  usual: 3,
  fits: (value) => value !== '',
  // Characters with a digit among them, and none that words are divided by: `E11.9`, `02138`, `SW1A`.
  suggests: (value) => /^(?=.*\d)[\p{L}\d.-]{2,12}$/u.test(value),
  columns(values, levels) {
    const longest = Math.max(...values.map(({ text }) => charactersOf(text).length), 2);
    return columnsOf(
      prefix.build({ prefix: lengths(longest, levels) }, () => Buffer.alloc(0)),
      values,
    );
  },
};

/** At most `levels` lengths from `longest` - 1 down to 1, evenly. */
function lengths(longest: number, levels: number): number[] {
  const most = longest - 1;
  const count = Math.min(levels, most);
  const spread = Array.from({ length: count }, (_, i) =>
    count === 1 ? Math.ceil(most / 2) : Math.round(most - ((most - 1) * i) / (count - 1)),
  );
  return [...new Set(spread)];
}
