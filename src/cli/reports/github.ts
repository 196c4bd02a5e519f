import type { Diagnostic, Place } from '../../base/diagnostic.ts';
import { placeText } from '../diagnostics.ts';
import { escaped } from '../printable.ts';
import { lineText, type RenderReport } from './definition.ts';

const commands = { error: 'error', warning: 'warning', note: 'notice' } as const;

/** Workflow commands that GitHub's runner turns into annotations. Lines of a standard that are passed make none. */
export const github: RenderReport = ({ policy, findings, standards }) =>
  [
    ...findings.map(({ rule, severity, message, hint, place }) => {
      const { row, field } = place ?? {};
      const at = placeText({ ...(row === undefined ? {} : { row }), ...(field === undefined ? {} : { field }) });
      const text = `${at === '' ? '' : `${at}: `}${message}${hint === undefined ? '' : `\nhint: ${hint}`}`;
      return annotation(commands[severity], rule, place, text);
    }),
    ...standards.flatMap(({ name, lines }) =>
      lines.flatMap((line) => {
        if (line.status === 'pass') return [];
        const command = line.status === 'fail' ? commands.error : commands.note;
        return [annotation(command, `${name} ${line.id}`, line.place ?? { file: policy }, lineText(name, line))];
      }),
    ),
  ].join('');

/** The same of diagnostics, such as those of a run: of those that stand in a line of a file. */
export function annotations(diagnostics: readonly Diagnostic[]): string {
  return diagnostics
    .filter(({ place }) => place?.file !== undefined && place.line !== undefined)
    .map(({ code, severity = 'error', message, hint, place }) =>
      annotation(commands[severity], code, place, `${message}${hint === undefined ? '' : `\nhint: ${hint}`}`),
    )
    .join('');
}

function annotation(command: string, title: string, place: Place | undefined, text: string): string {
  const properties = Object.entries({ file: place?.file, line: place?.line, col: place?.column, title })
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${escapedProperty(String(value))}`]))
    .join(',');
  return `::${command} ${properties}::${escapedData(text)}\n`;
}

// The escapes of actions/toolkit, packages/core/src/command.ts.
function escapedData(text: string): string {
  const shown = text.split('\n').map(escaped).join('\n');
  return shown.replaceAll('%', '%25').replaceAll('\n', '%0A');
}

function escapedProperty(text: string): string {
  return escapedData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
