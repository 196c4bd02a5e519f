import type { DiffedRelease, DiffOutcome } from '../app/diff.ts';
import type { Difference } from '../release/diff.ts';
import { printable } from '../release/names.ts';
import { asciiJson } from './json.ts';
import { hanging } from './wrap.ts';

const marks = { added: '+', removed: '-', changed: '~' } as const;

/** How two releases differ, for people: no wider than `width` columns, as far as words can be broken. */
export function renderDifferences(
  { before, after, differences }: DiffOutcome,
  width = Number.POSITIVE_INFINITY,
): string {
  const lines = [...hanging('--- ', head(before), width), ...hanging('+++ ', head(after), width)];
  const longest = Math.max(0, ...differences.map((difference) => nameOf(difference).length));
  let section = '';
  for (const difference of differences) {
    if (difference.section !== section) lines.push(difference.section);
    section = difference.section;
    const name = `  ${marks[difference.change]} ${nameOf(difference).padEnd(longest)}  `;
    lines.push(...hanging(name, valuesOf(difference), width).map((line) => line.trimEnd()));
  }
  const count = differences.length;
  lines.push(count === 0 ? 'no differences' : `${count} ${count === 1 ? 'difference' : 'differences'}`);
  return `${lines.join('\n')}\n`;
}

/** The same, for programs. */
export function differencesJson(outcome: DiffOutcome): string {
  return asciiJson({ same: outcome.differences.length === 0, ...outcome });
}

function head({ bundle, license, issued }: DiffedRelease): string {
  return `${printable(bundle, 1000)}: ${license}, issued ${issued}`;
}

/** Names of fields and files may hold dots: a space follows them. */
function nameOf({ path: [first = '', ...rest] }: Difference): string {
  return printable([first, rest.join('.')].join(' ').trimEnd(), 200);
}

function valuesOf({ before, after }: Difference): string {
  if (after === undefined) return shown(before);
  return before === undefined ? shown(after) : `${shown(before)} -> ${shown(after)}`;
}

function shown(value: unknown): string {
  return printable(typeof value === 'string' ? value : JSON.stringify(value), 400);
}
