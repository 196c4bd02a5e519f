import type { Answer } from '../release/answer.ts';
import { printable } from '../release/names.ts';

const marks = { pass: 'ok  ', fail: 'FAIL', 'not-run': '-   ' } as const;

/** The answer of verify, for people. */
export function renderAnswer({ decision, code, license, checks, terms }: Answer): string {
  const width = Math.max(...checks.map(({ name }) => name.length));
  const lines = checks.map(({ name, status, code: failed, detail }) => {
    const why = failed === undefined ? detail : `${failed}: ${detail}`;
    return `${marks[status]}  ${name.padEnd(width)}  ${printable(why, 1000)}`;
  });
  if (terms.length > 0) {
    const termWidth = Math.max(...terms.map(({ term }) => term.length));
    lines.push('', 'terms:');
    for (const { term, basis, detail } of terms) {
      lines.push(`  ${term.padEnd(termWidth)}  ${basis.padEnd(8)}  ${printable(detail, 1000)}`);
    }
  }
  lines.push('', decision === 'allow' ? `allow ${license}` : `deny ${code}${license === null ? '' : ` ${license}`}`);
  return `${lines.join('\n')}\n`;
}
