import type { Diagnostic } from '../base/diagnostic.ts';
import type { AuditEntry } from '../release/audit/log.ts';
import { summaryOf } from '../release/audit/summary.ts';
import type { LogFindings } from '../release/audit/verify.ts';
import { printable } from '../release/names.ts';
import { diagnosticsJson } from './diagnostics.ts';
import { asciiJson } from './json.ts';
import { escaped, padded } from './printable.ts';
import { paragraph, wrap } from './wrap.ts';

/** Entries for people, in pieces of the text as they are read: one to a line, or a few lines each where `width` columns are too few. */
export function* renderEntries(entries: Iterable<AuditEntry>, width = Number.POSITIVE_INFINITY): Generator<string> {
  const linesOf = width >= detailAt + narrowestDetail ? entryLine : entryLines;
  let any = false;
  for (const group of groupsOf(entries)) {
    const lines = group.flatMap(({ seq, time, event }) => {
      const { what, license, detail } = summaryOf(event);
      return linesOf([String(seq), time, what, license ?? '-', detail], width);
    });
    if (!any) lines.unshift(...linesOf(['entry', 'time', 'event', 'license', ''], width));
    any = true;
    yield `${lines.join('\n')}\n`;
  }
  if (!any) yield 'no entries\n';
}

/** The same for programs: one JSON value, in pieces. `problems` is asked when all entries were read. */
export function* entriesJson(entries: Iterable<AuditEntry>, problems: () => readonly Diagnostic[]): Generator<string> {
  let before = '{\n  "entries": [';
  let after = '],';
  for (const group of groupsOf(entries)) {
    yield before + group.map((entry) => `\n${indented(asciiJson(entry), 4)}`).join(',');
    before = ',';
    after = '\n  ],';
  }
  const diagnostics = indented(asciiJson(diagnosticsJson(problems())), 2).trimStart();
  yield `${before === ',' ? '' : before}${after}\n  "diagnostics": ${diagnostics}\n}\n`;
}

/** Entries that are written at once. */
const groupSize = 200;

function* groupsOf<T>(values: Iterable<T>): Generator<T[]> {
  let group: T[] = [];
  for (const value of values) {
    group.push(value);
    if (group.length < groupSize) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}

/** As wide as usual cells are, as the first is written before the last is read: a number, a time, `export deny DELEGATION`, a license. */
const entryWidths = [6, 20, 22, 49];
/** Columns in front of the detail, and those that it needs to be read. */
const detailAt = entryWidths.reduce((sum, columns) => sum + columns + 2, 0);
const narrowestDetail = 40;

type EntryCells = readonly [entry: string, time: string, what: string, license: string, detail: string];

/** In columns; a detail that does not fit goes on under its beginning. */
function entryLine([...cells]: EntryCells, width: number): string[] {
  const detail = escaped(cells.pop()!);
  const head = cells.map((cell, i) => `${padded(escaped(cell), entryWidths[i]!)}  `).join('');
  return wrap(detail, width, ' '.repeat(detailAt), head).map((line) => line.trimEnd());
}

/** License and detail in lines of their own, under the time. */
function entryLines([entry, time, what, license, detail]: EntryCells, width: number): string[] {
  const head = [entry, time, what].map((cell, i) => padded(escaped(cell), entryWidths[i]!)).join('  ');
  const below = [license, detail].filter((cell) => cell !== '' && cell !== '-');
  return [head.trimEnd(), ...below.flatMap((cell) => wrap(escaped(cell), width, ' '.repeat(entryWidths[0]! + 2)))];
}

function indented(json: string, spaces: number): string {
  return json.trimEnd().replace(/^/gm, ' '.repeat(spaces));
}

/** What is known of the log, for people: no wider than `width` columns, as far as words can be broken. Problems are not in it. */
export function renderFindings(
  { entries, first, last, torn, recovered, unended, anchored, checkpoints, problems }: LogFindings,
  width = Number.POSITIVE_INFINITY,
): string {
  const lines = [`${entries} ${entries === 1 ? 'entry' : 'entries'}${first === null ? '' : `, ${first} to ${last}`}`];
  for (const { name, size, signed, holds } of checkpoints) {
    const signature = signed ? 'signature verified' : 'signature not checked: give its key with --key';
    if (holds) lines.push(`checkpoint of ${size} entries holds, ${signature}: ${printable(name, 1000)}`);
  }
  for (const { seq } of recovered) lines.push(`entry ${seq} was cut off, and the log went on after it`);
  for (const { seq } of torn)
    lines.push(`entry ${seq}, the last, is cut off; whatever is logged next goes on after it`);
  for (const seq of unended.slice(0, unendedShown))
    lines.push(`the export of entry ${seq}: started, end unknown: it still runs, or was killed`);
  if (unended.length > unendedShown)
    lines.push(`and ${unended.length - unendedShown} more exports: started, end unknown`);
  if (anchored < entries) {
    lines.push(
      anchored === 0
        ? 'no verified checkpoint: nobody would notice entries removed from the end'
        : `${ranged(anchored, entries - 1)} after the last verified checkpoint: nobody would notice if removed`,
    );
  }
  lines.push(problems.length === 0 ? 'the log is as it was written' : 'the log is not as it was written');
  return `${lines.flatMap((line) => paragraph(line, width)).join('\n')}\n`;
}

const unendedShown = 10;

/** The same for programs, with the problems. */
export function findingsJson({ root, problems, ...found }: LogFindings): string {
  const diagnostics = diagnosticsJson(problems);
  return asciiJson({ ok: problems.length === 0, ...found, root: root.toString('hex'), diagnostics });
}

function ranged(from: number, to: number): string {
  return from === to ? `entry ${from} stands` : `entries ${from} to ${to} stand`;
}
