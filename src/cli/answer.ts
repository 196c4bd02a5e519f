import { remedies } from '../base/remedies.ts';
import type { Answer, Check } from '../release/answer.ts';
import { printable } from '../release/names.ts';
import { hanging } from './wrap.ts';

const marks = { pass: 'ok  ', fail: 'FAIL', 'not-run': '-   ' } as const;

/** The answer of verify, for people: no wider than `width` columns, as far as words can be broken. */
export function renderAnswer(answer: Answer, width = Number.POSITIVE_INFINITY): string {
  const { decision, code, license, checks, terms } = answer;
  const names = Math.max(...checks.map(({ name }) => name.length));
  const row = ({ mark, name, text }: Row): string[] =>
    hanging(`${mark}  ${name.padEnd(names)}  `, printable(text, 1000), width);
  const lines = rowsOf(checks).flatMap(row);
  if (terms.length > 0) {
    const longest = Math.max(...terms.map(({ term }) => term.length));
    lines.push('', 'terms:');
    for (const { term, basis, detail } of terms) {
      lines.push(...hanging(`  ${term.padEnd(longest)}  ${basis.padEnd(8)}  `, printable(detail, 1000), width));
    }
  }
  lines.push('', decision === 'allow' ? `allow ${license}` : `deny ${code}${license === null ? '' : ` ${license}`}`);
  return `${lines.join('\n')}\n`;
}

interface Row {
  readonly mark: string;
  readonly name: string;
  readonly text: string;
}

/** A row for each check; those that were not run share one, as all have the same reason. The one that failed says what to do next. */
function rowsOf(checks: readonly Check[]): Row[] {
  const waiting = checks.filter(({ status }) => status === 'not-run').map(({ name }) => name);
  return checks.flatMap(({ name, status, code, detail }): Row[] => {
    if (status === 'pass') return [{ mark: marks.pass, name, text: detail }];
    if (status === 'fail') {
      const remedy = code === undefined ? undefined : remedies[code];
      const hint = remedy === undefined ? [] : [{ mark: '    ', name: '', text: `hint: ${remedy}` }];
      return [{ mark: marks.fail, name, text: `${code}: ${detail}` }, ...hint];
    }
    return name === waiting[0] ? [{ mark: marks['not-run'], name: 'not run', text: waiting.join(', ') }] : [];
  });
}
