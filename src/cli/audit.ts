import type { AuditEntry } from '../release/audit/log.ts';
import type { AuditReport } from '../release/audit/report.ts';
import { summaryOf } from '../release/audit/summary.ts';
import type { LogFindings } from '../release/audit/verify.ts';
import { escapeMarkdown } from '../release/markdown.ts';
import { printable } from '../release/names.ts';
import { diagnosticsJson } from './diagnostics.ts';
import { asciiJson } from './json.ts';

/** Entries for people, one to a line. */
export function renderEntries(entries: readonly AuditEntry[]): string {
  const rows = entries.map(({ seq, time, event }) => {
    const { what, license, detail } = summaryOf(event);
    return [String(seq), time, what, license ?? '-', detail];
  });
  return rows.length === 0 ? 'no entries\n' : columns(['entry', 'time', 'event', 'license', ''], rows);
}

/** What is known of the log, for people. Problems are not in it. */
export function renderFindings({
  entries,
  first,
  last,
  torn,
  recovered,
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

function reportTables({ uses, denials, due }: AuditReport): Table[] {
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
        'bytes',
        'last',
      ],
      rows: uses.map((use) => [
        use.title ?? '-',
        use.license,
        use.organization ?? '-',
        use.user ?? '-',
        use.purpose ?? '-',
        ...[use.verified, use.exports, use.complete, use.bytes].map(String),
        use.last,
      ]),
    },
    {
      title: 'Refusals',
      header: ['code', 'times', 'last'],
      rows: denials.map(({ code, count, last }) => [code, String(count), last]),
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
