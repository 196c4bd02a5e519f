import type { AuditReport } from '../release/audit/report.ts';
import { escapeMarkdown } from '../release/markdown.ts';
import { cellTable } from './cell-table.ts';
import { stackedRows } from './stacked-rows.ts';

/** A report as plain text, no wider than `width` columns where its words allow it. */
export function renderReport(report: AuditReport, width = Number.POSITIVE_INFINITY): string {
  return reportTables(report)
    .map((table) => `${[table.title, ...(table.rows.length === 0 ? ['none'] : linesOf(table, width))].join('\n')}\n`)
    .join('\n');
}

/** The same as Markdown. */
export function reportMarkdown(report: AuditReport): string {
  return reportTables(report)
    .map(({ title, header, rows }) => {
      const lines = [header, header.map(() => '---'), ...rows.map((row) => row.map((cell) => escapeMarkdown(cell)))];
      return `## ${title}\n\n${rows.length === 0 ? 'None.' : lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n`;
    })
    .join('\n');
}

/** Columns that a cell keeps in a table that is cut: a time is shown whole with what stands behind it, licenses and titles may be cut. */
const narrowest = 40;

function linesOf({ header, rows }: Table, width: number): string[] {
  const cells = rows.map((row) => row.map((text) => ({ text })));
  return cellTable(header, cells, width, narrowest) ?? stackedRows(header, rows, width);
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
