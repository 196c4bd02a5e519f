import type { Finding } from '../../lint/definition.ts';
import { lints } from '../../lint/index.ts';
import { placeText } from '../diagnostics.ts';
import type { RenderReport } from './definition.ts';

/**
 * JUnit XML as Jenkins and GitLab read it: a suite for the findings, with a case for each rule, and one for each standard. What is not
 * checkable is skipped; warnings fail with `--strict` only, and stand in `system-out` otherwise.
 */
export const junit: RenderReport = ({ policy, findings, standards }, { strict }) => {
  const rules = new Set([...lints.names, ...findings.map(({ rule }) => rule)]);
  const suites = [
    suite(
      policy,
      [...rules].map((rule) =>
        ruleCase(
          rule,
          findings.filter((finding) => finding.rule === rule),
          strict,
        ),
      ),
    ),
    ...standards.map(({ name, table, lines }) =>
      suite(
        table === undefined ? name : `${name} (${table})`,
        lines.map(({ id, title, status, why, source }): Case => {
          const body = { fail: failure(why, source), 'not-checkable': `<skipped message="${xml(why)}"/>`, pass: '' }[
            status
          ];
          return { text: testcase(name, `${id} ${title}`, body), status };
        }),
      ),
    ),
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="anon check">\n${suites.join('')}</testsuites>\n`;
};

interface Case {
  readonly text: string;
  readonly status: 'pass' | 'fail' | 'not-checkable';
}

function ruleCase(rule: string, found: readonly Finding[], strict: boolean): Case {
  const failing = found.filter(({ severity }) => severity === 'error' || (strict && severity === 'warning'));
  const others = found.filter((finding) => !failing.includes(finding));
  const body = [
    ...failing.map((finding) => failure(finding.message, textOf(finding))),
    ...(others.length === 0 ? [] : [`<system-out>${xml(others.map(textOf).join('\n'))}</system-out>`]),
  ];
  return { text: testcase('anon.check', rule, body.join('')), status: failing.length > 0 ? 'fail' : 'pass' };
}

function textOf({ place, severity, message, hint }: Finding): string {
  const where = place === undefined ? '' : placeText(place);
  return `${where === '' ? '' : `${where}: `}${severity}: ${message}${hint === undefined ? '' : `\nhint: ${hint}`}`;
}

function suite(name: string, cases: readonly Case[]): string {
  const count = (status: Case['status']) => cases.filter((one) => one.status === status).length;
  const counts = `tests="${cases.length}" failures="${count('fail')}" errors="0" skipped="${count('not-checkable')}"`;
  return `  <testsuite name="${xml(name)}" ${counts}>\n${cases.map(({ text }) => text).join('')}  </testsuite>\n`;
}

function testcase(classname: string, name: string, body: string): string {
  return `    <testcase classname="${xml(classname)}" name="${xml(name)}">${body}</testcase>\n`;
}

function failure(message: string, text: string): string {
  return `<failure message="${xml(message)}">${xml(text)}</failure>`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** XML 1.0 has no place for most control characters, surrogates and two more, not even as references (production 2, Char). */
function xml(text: string): string {
  return text
    .replace(/[^\t\n\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replace(/[&<>"']/g, (character) => entities[character]!)
    .replace(/[\p{Cf}\p{Zl}\p{Zp}\x7f-\x9f]/gu, (character) => `&#x${character.codePointAt(0)!.toString(16)};`);
}
