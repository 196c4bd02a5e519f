import type { ApplyOutcome } from '../app/apply.ts';
import type { Target } from '../app/targets.ts';
import { prosecutorRisk } from '../risk/reidentification.ts';
import { diagnosticsJson } from './diagnostics.ts';

/** What a run did, for people. */
export function renderOutcome({ result, license }: ApplyOutcome, target: Target): string {
  const { records, models, written, leak } = result;
  const lines = [
    `${place(target)}: ${records.written.toLocaleString('en')} records written` +
      (records.suppressed > 0 ? `, ${records.suppressed.toLocaleString('en')} suppressed` : ''),
  ];
  for (const { name, required, measured } of models) {
    lines.push(`  ${name}: required ${figures(required)}, measured ${figures(measured)}`);
  }
  if (written !== undefined) {
    const risk = prosecutorRisk(written);
    lines.push(`  re-identification risk: highest ${percent(risk.highest)}, average ${percent(risk.average)}`);
  }
  if (leak !== undefined)
    lines.push(`  leak check: ${leak.findings.length === 0 ? 'nothing found' : `${leak.findings.length} findings`}`);
  if (license !== undefined) lines.push(`  license: ${license}`);
  return `${lines.join('\n')}\n`;
}

/** What a run did, for programs. */
export function outcomeJson({ result, license, warnings, phases }: ApplyOutcome, target: Target): string {
  const { records, models, written, leak, quasi } = result;
  const outcome = {
    output: 'path' in target ? target.path : null,
    license: license ?? null,
    records,
    models: models.map(({ name, required, measured }) => ({ name, required, measured })),
    quasiIdentifiers: quasi,
    risk: written === undefined ? null : prosecutorRisk(written),
    leakCheck: leak === undefined ? null : { findings: leak.findings.length },
    warnings: diagnosticsJson(warnings),
    phases: phases.map(({ name, ms }) => ({ name, ms: Math.round(ms) })),
  };
  return `${JSON.stringify(outcome, null, 2)}\n`;
}

/** How long each phase took. */
export function renderPhases({ phases }: ApplyOutcome): string {
  let before = 0;
  const lines = phases.map(({ name, ms }) => {
    const line = `  ${name.padEnd(8)} ${(ms - before).toFixed(0).padStart(7)} ms`;
    before = ms;
    return line;
  });
  return `${lines.join('\n')}\n`;
}

function place(target: Target): string {
  return 'path' in target && target.path !== '-' ? target.path : 'standard output';
}

function figures(values: Record<string, number | string>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');
}

function percent(share: number): string {
  return `${(share * 100).toFixed(share < 0.01 ? 2 : 1)} %`;
}
