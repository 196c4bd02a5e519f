import { isProblem } from '../app/doctor/definition.ts';
import type { Examined } from '../app/doctor.ts';
import { printable } from '../release/names.ts';
import { asciiJson } from './json.ts';
import { hanging } from './wrap.ts';

/** What was found, for people: each finding, and below a problem what mends it; no wider than `width` columns, as far as words can be broken. */
export function renderExamination(examined: readonly Examined[], width = Number.POSITIVE_INFINITY): string {
  const longest = Math.max(...examined.map(({ check }) => check.name.length));
  const lines = examined.flatMap(({ check, findings }) =>
    findings.flatMap((finding) => {
      const { detail, code, mend } = finding;
      const mark = isProblem(finding) ? 'FAIL' : 'ok  ';
      const what = code === undefined ? detail : `${code}: ${detail}`;
      const line = hanging(`${mark}  ${check.name.padEnd(longest)}  `, printable(what, 1000), width);
      if (mend === undefined) return line;
      return [...line, ...hanging(`${' '.repeat(longest + 8)}mend: `, printable(mend, 1000), width)];
    }),
  );
  const problems = examined.flatMap(({ findings }) => findings.filter(isProblem)).length;
  const end = problems === 0 ? 'all is well' : `${problems} ${problems === 1 ? 'problem' : 'problems'}`;
  return `${[...lines, '', end].join('\n')}\n`;
}

/** The same for programs. */
export function examinationJson(examined: readonly Examined[]): string {
  const checks = examined.map(({ check, findings }) => ({
    name: check.name,
    findings: findings.map(({ status, detail, code = null, mend = null }) => ({ status, code, detail, mend })),
  }));
  const ok = !examined.some(({ findings }) => findings.some(isProblem));
  return asciiJson({ ok, checks });
}
