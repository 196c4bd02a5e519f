import { diagnosticsJson } from '../diagnostics.ts';
import { asciiJson } from '../json.ts';
import { hasFailed, type RenderReport } from './definition.ts';

/** For programs; what is not known is null. */
export const json: RenderReport = (outcome, { strict }) => {
  const { policy, findings, standards, data, unreadable } = outcome;
  const report = {
    check: 'anon/v1',
    policy,
    ok: !unreadable && !hasFailed(outcome, strict),
    data,
    findings: findings.map((finding) => {
      const [{ code: rule, ...rest }] = diagnosticsJson([{ ...finding, code: finding.rule }]) as [
        ReturnType<typeof diagnosticsJson>[number],
      ];
      return { rule, ...rest };
    }),
    standards: standards.map(({ name, source, table, lines }) => ({
      name,
      source,
      table: table ?? null,
      lines: lines.map(({ id, title, status, why, source: section, place }) => ({
        id,
        title,
        status,
        why,
        source: section,
        file: place?.file ?? null,
        line: place?.line ?? null,
        column: place?.column ?? null,
      })),
    })),
  };
  return asciiJson(report);
};
