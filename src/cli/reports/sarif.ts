import type { CheckOutcome } from '../../app/check.ts';
import type { Place } from '../../base/diagnostic.ts';
import { failures } from '../../base/failures.ts';
import { tool } from '../../base/version.ts';
import type { Finding } from '../../lint/definition.ts';
import { lints } from '../../lint/index.ts';
import type { Line } from '../../standards/definition.ts';
import { placeText } from '../diagnostics.ts';
import { asciiJson } from '../json.ts';
import { lineText, type RenderReport } from './definition.ts';

/**
 * SARIF 2.1.0 (OASIS Standard, 2020). A line of a standard is a result of kind `pass`, `fail` or, where somebody has to look, `review`
 * (§3.27.9); only `fail` has a level (§3.27.10).
 */
export const sarif: RenderReport = (outcome) => {
  const rules = rulesOf(outcome);
  const index = new Map(rules.map(({ id }, i) => [id, i]));
  const result = (ruleId: string, rest: object) => ({ ruleId, ruleIndex: index.get(ruleId)!, ...rest });
  const results = [
    ...outcome.findings.map((finding) =>
      result(finding.rule, {
        kind: 'fail',
        level: finding.severity,
        message: { text: messageOf(finding) },
        ...locations(finding.place),
      }),
    ),
    ...outcome.standards.flatMap(({ name, lines }) =>
      lines.map((line) =>
        result(ruleOfLine(name, line), {
          kind: kinds[line.status],
          level: line.status === 'fail' ? 'error' : 'none',
          message: { text: lineText(name, line) },
          ...locations(line.place ?? { file: outcome.policy }),
        }),
      ),
    ),
  ];
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: tool.name, version: tool.version, rules } },
        invocations: [{ executionSuccessful: !outcome.unreadable }],
        columnKind: 'utf16CodeUnits',
        results,
      },
    ],
  };
  return asciiJson(log);
};

const kinds = { pass: 'pass', fail: 'fail', 'not-checkable': 'review' } as const;

function ruleOfLine(standard: string, { id }: Pick<Line, 'id'>): string {
  return `${standard}/${id.replace(/[()]/g, '')}`;
}

/** The rules that results refer to, each once. */
function rulesOf({ findings, standards }: CheckOutcome) {
  const rules = new Map<
    string,
    { id: string; shortDescription: { text: string }; fullDescription?: { text: string } }
  >();
  for (const { rule } of findings) {
    const lint = lints.get(rule);
    const code = (failures as Readonly<Record<string, { readonly meaning: string }>>)[rule];
    rules.set(rule, {
      id: rule,
      shortDescription: { text: lint?.summary ?? code?.meaning ?? rule },
      ...(lint === undefined ? {} : { fullDescription: { text: lint.why } }),
    });
  }
  for (const { name, lines } of standards) {
    for (const line of lines) {
      const id = ruleOfLine(name, line);
      rules.set(id, { id, shortDescription: { text: `${line.title} (${line.source})` } });
    }
  }
  return [...rules.values()];
}

/** A row of data has no line of its own: the message says it. */
function messageOf({ message, hint, place }: Finding): string {
  const { row, field } = place ?? {};
  const at = placeText({ ...(row === undefined ? {} : { row }), ...(field === undefined ? {} : { field }) });
  return `${at === '' ? '' : `${at}: `}${message}${hint === undefined ? '' : ` (hint: ${hint})`}`;
}

function locations(place: Place | undefined): object {
  if (place?.file === undefined) return {};
  const region =
    place.line === undefined
      ? {}
      : { region: { startLine: place.line, ...(place.column === undefined ? {} : { startColumn: place.column }) } };
  return { locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(place.file) }, ...region } }] };
}

/** RFC 3986 reference: relative to where the check ran, or `file:` for an absolute path. */
function uriOf(file: string): string {
  // A name may hold half of a surrogate pair, which no URI can.
  const segments = Buffer.from(file).toString().replaceAll('\\', '/').split('/').map(encodeURIComponent);
  return `${file.startsWith('/') ? 'file://' : ''}${segments.join('/')}`;
}
