import type { Diagnostic } from '../base/diagnostic.ts';
import type { AuditEntry } from '../release/audit/log.ts';
import type { AuditReport } from '../release/audit/report.ts';
import { summaryOf } from '../release/audit/summary.ts';
import type { LogFindings } from '../release/audit/verify.ts';
import { escapeMarkdown } from '../release/markdown.ts';
import { printable } from '../release/names.ts';
import { diagnosticsJson } from './diagnostics.ts';
import { asciiJson } from './json.ts';

/** Entries for people, one to a line, in pieces of the text as they are read. */
export function* renderEntries(entries: Iterable<AuditEntry>): Generator<string> {
  let any = false;
  for (const group of groupsOf(entries)) {
    const lines = group.map(({ seq, time, event }) => {
      const { what, license, detail } = summaryOf(event);
      return entryLine([String(seq), time, what, license ?? '-', detail].map((cell) => printable(cell, 1000)));
    });
    if (!any) yield entryLine(['entry', 'time', 'event', 'license', '']);
    any = true;
    yield lines.join('');
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
const entryWidths = [6, 20, 22, 49, 0];

function entryLine(cells: readonly string[]): string {
  return `${cells
    .map((cell, i) => cell.padEnd(entryWidths[i]!))
    .join('  ')
    .trimEnd()}\n`;
}

function indented(json: string, spaces: number): string {
  return json.trimEnd().replace(/^/gm, ' '.repeat(spaces));
}

/** What is known of the log, for people. Problems are not in it. */
export function renderFindings({
  entries,
  first,
  last,
  torn,
  recovered,
  unended,
  anchored,
  checkpoints,
  problems,
}: LogFindings): string {
  const lines = [`${entries} entries${first === null ? '' : `, ${first} to ${last}`}`];
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
  return `${lines.join('\n')}\n`;
}

const unendedShown = 10;

/** The same for programs, with the problems. */
export function findingsJson({ root, problems, ...found }: LogFindings): string {
  const diagnostics = diagnosticsJson(problems);
  return asciiJson({ ok: problems.length === 0, ...found, root: root.toString('hex'), diagnostics });
}

/** A report as plain text, or as Markdown. */
export function renderReport(report: AuditReport, format: 'text' | 'markdown'): string {
  const sections = reportTables(report);
  if (format === 'text') {
    return sections
      .map(({ title, header, rows }) => `${title}\n${rows.length === 0 ? 'none\n' : columns(header, rows)}`)
      .join('\n');
  }
  return sections
    .map(({ title, header, rows }) => {
      const lines = [header, header.map(() => '---'), ...rows.map((row) => row.map((cell) => escapeMarkdown(cell)))];
      return `## ${title}\n\n${rows.length === 0 ? 'None.' : lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n`;
    })
    .join('\n');
}

interface Table {
  readonly title: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

function reportTables({ uses, denials, licenses, due }: AuditReport): Table[] {
  return [
    {
      title: 'Uses',
      header: [
        'dataset',
        'license',
        'organization',
        'user',
        'purpose',
        'verified',
        'exports',
        'complete',
        'end unknown',
        'bytes',
        'last',
      ],
      rows: uses.map((use) => [
        use.title ?? '-',
        use.license,
        use.organization ?? '-',
        use.user ?? '-',
        use.purpose ?? '-',
        ...[use.verified, use.exports, use.complete, use.unended, use.bytes].map(String),
        use.last,
      ]),
    },
    {
      title: 'Refusals',
      header: ['code', 'times', 'last'],
      rows: denials.map(({ code, count, last }) => [code, String(count), last]),
    },
    {
      title: 'Licenses',
      header: ['dataset', 'license', 'issued', 'to', 'in place of', 'approved by'],
      rows: licenses.map(({ title, license, issued, licensee, replaces, approvers }) => [
        ...[title, license, issued, licensee, replaces].map((cell) => cell ?? '-'),
        approvers.join(', ') || '-',
      ]),
    },
    {
      title: 'Due',
      header: ['dataset', 'license', 'ends', 'delete by'],
      rows: due.map(({ title, license, notAfter, expired, exported, deleteBy, overdue }) => [
        title ?? '-',
        license,
        notAfter === null ? '-' : `${notAfter}${expired ? ' (over)' : ''}`,
        deleteBy === null ? '-' : `${deleteBy}${overdue ? ' (overdue)' : exported ? '' : ' (not exported here)'}`,
      ]),
    },
  ];
}

function ranged(from: number, to: number): string {
  return from === to ? `entry ${from} stands` : `entries ${from} to ${to} stand`;
}

/** Rows in columns, all to the left; what came from outside is escaped. */
function columns(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [header, ...rows.map((row) => row.map((cell) => printable(cell, 1000)))];
  const widths = header.map((_, i) => all.reduce((width, row) => Math.max(width, row[i]!.length), 0));
  return all
    .map(
      (row) =>
        `${row
          .map((cell, i) => cell.padEnd(widths[i]!))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}
