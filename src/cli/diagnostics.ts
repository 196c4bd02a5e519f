import type { Diagnostic, Place } from '../base/diagnostic.ts';
import type { Severity } from '../lint/definition.ts';
import { columnsOf, escaped } from './printable.ts';

/** A problem to show: a diagnostic, or a finding of a check under the name of its rule. */
export interface Shown extends Omit<Diagnostic, 'code' | 'severity'> {
  readonly code: string;
  readonly severity?: Severity;
}

/** Widest part of a source line that is shown. */
const excerptColumns = 120;

/**
 * Diagnostics for people, one after another, each ending in a line feed. What came from files is shown with its control and
 * direction characters escaped, so that it cannot act on the terminal or pose as something else.
 */
export function renderDiagnostics(diagnostics: readonly Shown[], { color }: { readonly color: boolean }): string {
  const paint = color ? styled : plain;
  return diagnostics.map((diagnostic) => rendered(diagnostic, paint)).join('');
}

/** A diagnostic for machines; what is not known is null. */
export interface JsonDiagnostic {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
  readonly row: number | null;
  readonly field: string | null;
  readonly hint: string | null;
}

export function diagnosticsJson(diagnostics: readonly Shown[]): JsonDiagnostic[] {
  return diagnostics.map(({ code, severity = 'error', message, place = {}, hint = null }) => {
    const { file = null, line = null, column = null, row = null, field = null } = place;
    return { code, severity, message, file, line, column, row, field, hint };
  });
}

type Style = 'bold' | 'red' | 'yellow' | 'cyan';
type Paint = (text: string, style: Style) => string;

const plain: Paint = (text) => text;
const codes: Record<Style, string> = { bold: '1', red: '1;31', yellow: '1;33', cyan: '36' };
const styled: Paint = (text, style) => `\x1b[${codes[style]}m${text}\x1b[0m`;

const alarms = { error: 'red', warning: 'yellow', note: 'cyan' } as const;

function rendered({ code, severity = 'error', message, place, hint, excerpt }: Shown, paint: Paint): string {
  const alarm = alarms[severity];
  const where = place ? placeText(place) : '';
  const lines = [
    `${where === '' ? '' : `${paint(escaped(where), 'bold')}: `}${paint(`${severity}[${code}]`, alarm)}: ${escaped(message)}`,
  ];
  if (excerpt && place?.line !== undefined) {
    const { shown, before, width } = cut(excerpt.text, (place.column ?? 1) - 1, excerpt.width);
    const gutter = `  ${place.line} | `;
    lines.push(`${paint(gutter, 'cyan')}${shown}`);
    lines.push(
      `${paint(`${' '.repeat(gutter.length - 2)}| `, 'cyan')}${' '.repeat(before)}${paint('^'.repeat(width), alarm)}`,
    );
  }
  if (hint !== undefined) lines.push(`  ${paint('hint', 'cyan')}: ${escaped(hint)}`);
  return `${lines.join('\n')}\n`;
}

/** `policy.yaml:14:7`, `patients.csv: row 12, field email`, or what of it is known. */
export function placeText({ file, line, column, row, field }: Place): string {
  const text = [
    file,
    ...(line === undefined ? [] : [line]),
    ...(line === undefined || column === undefined ? [] : [column]),
  ]
    .filter((part) => part !== undefined)
    .join(':');
  const data = [
    ...(row === undefined ? [] : [row === 0 ? 'header' : `row ${row}`]),
    ...(field === undefined ? [] : [`field ${field}`]),
  ].join(', ');
  return [text, data].filter((part) => part !== '').join(': ');
}

/** The part of a line around [at, at + width), escaped, with the place of the underline in columns of the terminal. */
function cut(line: string, at: number, width: number): { shown: string; before: number; width: number } {
  const begin = line.length <= excerptColumns ? 0 : Math.max(0, Math.min(at - 40, line.length - excerptColumns));
  const end = Math.min(line.length, begin + excerptColumns);
  const head = `${begin > 0 ? '…' : ''}${escaped(line.slice(begin, at))}`;
  const marked = escaped(line.slice(at, Math.min(end, at + width)));
  const tail = `${escaped(line.slice(Math.min(end, at + width), end))}${end < line.length ? '…' : ''}`;
  return { shown: head + marked + tail, before: columnsOf(head), width: Math.max(1, columnsOf(marked)) };
}
