import type { ApplyOutcome } from '../app/apply.ts';
import type { Target } from '../app/targets.ts';
import { percent } from '../base/percent.ts';
import { thousands } from '../base/thousands.ts';
import type { Orphans } from '../engine/orphans.ts';
import { prosecutorRisk } from '../risk/reidentification.ts';
import { diagnosticsJson } from './diagnostics.ts';
import { dryRunJson, dryRunLines } from './dry-run.ts';
import { asciiJson } from './json.ts';
import { counted, escaped } from './printable.ts';

/** What a run did, for people. */
export function renderOutcome({ result, tables, license, dryRun }: ApplyOutcome, target: Target): string {
  const name = dryRun === undefined ? place(target) : `dry run, ${place(target)}`;
  const done = dryRun === undefined ? 'written' : 'to write';
  const lines =
    tables.length === 0
      ? resultLines(name, result, [], done)
      : [`${name}:`, ...tables.flatMap((table) => resultLines(`  ${table.name}`, table.result, table.orphans, done))];
  if (license !== undefined) lines.push(`  license: ${license}`);
  if (dryRun !== undefined) lines.push(...dryRunLines(dryRun), 'nothing was written');
  return `${lines.map(escaped).join('\n')}\n`;
}

/** Records and figures of a table; `name` may be indented, and what follows is so a step further. */
export function resultLines(name: string, result: Result, orphans: readonly Orphans[], done: string): string[] {
  const { records, models, written, leak } = result;
  const indent = ' '.repeat(name.search(/\S/) + 2);
  const leftOut = records.leftOut ?? 0;
  const lines = [
    `${counted(records.written, 'record')} ${done}` +
      (records.sampled === undefined ? '' : ` of a sample of ${thousands(records.sampled)}`) +
      (records.suppressed > 0 ? `, ${thousands(records.suppressed)} suppressed` : '') +
      (leftOut > 0 ? `, ${thousands(leftOut)} left out` : ''),
  ];
  for (const { key, records: found } of orphans) {
    if (found === 0) lines.push(`\`${key.field}\`: every value is in \`${key.table}\``);
    else lines.push(`\`${key.field}\`: ${counted(found, 'record')} without a written one in \`${key.table}\``);
  }
  for (const { name: field, count } of unreadable(result)) {
    lines.push(`unreadable: ${counted(count, 'value')} of \`${field}\` left empty`);
  }
  for (const { name: model, required, measured } of models) {
    lines.push(`${model}: required ${figures(required)}, measured ${figures(measured)}`);
  }
  if (result.generalization !== undefined) {
    const { recoding, fields, measure, score, bound, proven, budgetSpent } = result.generalization;
    const levels = fields
      .map(({ name: field, level, levels: range, height }) => `${field} ${level ?? range?.join('-')}/${height}`)
      .join(', ');
    const best =
      recoding === 'local'
        ? `recoded class by class${budgetSpent === true ? ' until the budget was spent' : ''}`
        : proven
          ? 'the least there is'
          : `the least there is may be ${figure(bound)}`;
    lines.push(`generalized: ${levels}; ${measure} ${figure(score)}, ${best}`);
  }
  if (written !== undefined) {
    const risk = prosecutorRisk(written);
    lines.push(`re-identification risk: highest ${percent(risk.highest)}, average ${percent(risk.average)}`);
  }
  if (leak !== undefined) {
    const { length } = leak.findings;
    lines.push(`leak check: ${length === 0 ? 'nothing found' : counted(length, 'finding')}`);
  }
  return lines.map((line, i) => escaped(i === 0 ? `${name}: ${line}` : `${indent}${line}`));
}

/** What a run did, for programs. */
export function outcomeJson(
  { result, tables, license, warnings, phases, dryRun }: ApplyOutcome,
  target: Target,
): string {
  const outcome = {
    output: 'path' in target ? target.path : null,
    license: license ?? null,
    ...(dryRun === undefined ? {} : { dryRun: dryRunJson(dryRun) }),
    ...(tables.length === 0
      ? resultJson(result)
      : {
          tables: tables.map(({ name, result: of, orphans }) => ({
            name,
            ...resultJson(of),
            references: orphans.map(orphansJson),
          })),
        }),
    warnings: diagnosticsJson(warnings),
    phases: phases.map(({ name, ms }) => ({ name, ms: Math.round(ms) })),
  };
  return asciiJson(outcome);
}

function resultJson(result: Result): object {
  const { records, models, written, leak, quasi, generalization } = result;
  return {
    records,
    unreadable: unreadable(result),
    models: models.map(({ name, required, measured }) => ({ name, required, measured })),
    ...(generalization === undefined ? {} : { generalization }),
    quasiIdentifiers: quasi,
    risk: written === undefined ? null : prosecutorRisk(written),
    leakCheck: leak === undefined ? null : { findings: leak.findings.length },
  };
}

function orphansJson({ key, records, ofLeftOut }: Orphans): object {
  return { ...key, orphans: records, ofLeftOut };
}

/** How long each phase took, and how much memory the run held at most, given in bytes. */
export function renderPhases({ phases }: Pick<ApplyOutcome, 'phases'>, peakMemory?: number): string {
  const lines = phases.map(({ name, ms }) => `  ${name.padEnd(8)} ${ms.toFixed(0).padStart(7)} ms`);
  if (peakMemory !== undefined) lines.push(`  ${'memory'.padEnd(8)} ${(peakMemory / 1e6).toFixed(0).padStart(7)} MB`);
  return `${lines.join('\n')}\n`;
}

type Result = ApplyOutcome['result'];

/** Fields with values that their type or transform could not read, which `invalid: redact` left empty. */
function unreadable({ fields }: Result): { readonly name: string; readonly count: number }[] {
  return fields.flatMap(({ field, redacted }) => (redacted > 0 ? [{ name: field.name, count: redacted }] : []));
}

function place(target: Target): string {
  return 'path' in target && target.path !== '-' ? target.path : 'standard output';
}

function figures(values: Record<string, number | string>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');
}

function figure(value: number): string {
  return Number(value.toPrecision(4)).toString();
}
