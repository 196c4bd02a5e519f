import { thousands } from '../../base/thousands.ts';
import { type Finding, type Severity, severities } from '../../lint/definition.ts';
import type { StandardReport } from '../../standards/definition.ts';
import { renderDiagnostics } from '../diagnostics.ts';
import { escaped } from '../printable.ts';
import type { RenderReport } from './definition.ts';

/** For people: errors first, then warnings and notes, then each standard line by line. */
export const human: RenderReport = (outcome, { color, columns }) => {
  const { findings, standards, data, policy } = outcome;
  const groups = severities.map((severity) => findings.filter((finding) => finding.severity === severity));
  const shown = groups
    .filter((group) => group.length > 0)
    .map((group) =>
      renderDiagnostics(
        shortened(group).map(({ rule, ...rest }) => ({ ...rest, code: rule })),
        { color },
      ),
    );
  const reports = standards.map((report) => renderStandard(report, color, columns));
  const counts = severities.map((severity, i) => counted(groups[i]!.length, severity)).join(', ');
  const read = data.map(({ file, records }) => `, ${escaped(file)} (${counted(records, 'record')})`).join('');
  return [...shown, ...reports, `${escaped(policy)}${read}: ${counts}\n`].join('\n');
};

/** Of warnings and notes that repeat each other but for their place, these are shown with line and hint; the others in one line each. */
const shownInFull = 2;

function shortened(group: readonly Finding[]): Finding[] {
  const times = new Map<string, number>();
  return group.map((finding) => {
    const { excerpt, hint, ...short } = finding;
    if (finding.severity === 'error' || hint === undefined) return finding;
    const alike = JSON.stringify([finding.rule, hint]);
    const seen = times.get(alike) ?? 0;
    times.set(alike, seen + 1);
    return seen < shownInFull ? finding : short;
  });
}

const marks = { pass: 'pass', fail: 'FAIL', 'not-checkable': '?' } as const;
const colors = { pass: '32', fail: '1;31', 'not-checkable': '33' } as const;

function renderStandard({ name, source, table, lines }: StandardReport, color: boolean, columns: number): string {
  const width = Math.max(...lines.map(({ id }) => id.length));
  const rendered = lines.map(({ id, title, status, why, place }) => {
    const mark = marks[status].padEnd(4);
    const where = place?.line === undefined ? '' : ` (line ${place.line})`;
    const text = wrapped(escaped(`${title}: ${why}${where}`), columns - width - 10);
    const head = `  ${color ? `\x1b[${colors[status]}m${mark}\x1b[0m` : mark}  ${id.padEnd(width)}  `;
    return `${head}${text.join(`\n${' '.repeat(width + 10)}`)}\n`;
  });
  const count = (status: keyof typeof marks) => lines.filter((line) => line.status === status).length;
  const sum = `${count('pass')} pass, ${count('fail')} fail, ${count('not-checkable')} not checkable here`;
  return `${name}${table === undefined ? '' : ` (${escaped(table)})`}: ${sum}\n  ${source}\n${rendered.join('')}`;
}

/** Words on lines of so many characters; a longer word has a line of its own. */
function wrapped(text: string, width: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1)!;
    if (line === '') lines[lines.length - 1] = word;
    else if (line.length + 1 + word.length <= Math.max(20, width)) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}

function counted(n: number, one: Severity | 'record'): string {
  return `${thousands(n)} ${n === 1 ? one : `${one}s`}`;
}
