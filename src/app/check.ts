import { type Diagnostic, Failure, fail } from '../base/diagnostic.ts';
import { didYouMean } from '../base/suggest.ts';
import { writtenAs } from '../engine/value-types.ts';
import type { Finding } from '../lint/definition.ts';
import type { FieldProfile, TableProfile } from '../lint/profile.ts';
import { inRows } from '../lint/rows.ts';
import { runLints } from '../lint/run.ts';
import type { Policy } from '../policy/policy.ts';
import { reportOf, type StandardReport } from '../standards/definition.ts';
import { standards } from '../standards/index.ts';
import { hierarchiesOf, loadTables, prepareTransforms, readPolicyFiles } from './policy-file.ts';
import { type ProfiledData, profileData } from './profile-data.ts';
import { fileSystem, tableInputs } from './table-inputs.ts';

export interface CheckRequest {
  readonly policy: string;
  /** Paths, or `NAME=PATH` for tables; none: the policy alone is checked. */
  readonly inputs: readonly string[];
  readonly format: string | undefined;
  /** Names of standards. */
  readonly standards: readonly string[];
}

export interface CheckOutcome {
  readonly policy: string;
  readonly findings: readonly Finding[];
  readonly standards: readonly StandardReport[];
  /** The data that was read. */
  readonly data: readonly { readonly file: string; readonly records: number }[];
  /** Policy or data could not be read as such, so that there is no answer. */
  readonly unreadable: boolean;
}

/**
 * Look a policy through, and its data, if there is any. What is wrong is a finding, also where it keeps the rest from being read.
 * Throws a Failure for a command line that makes no sense.
 */
export async function check(request: CheckRequest): Promise<CheckOutcome> {
  const { policy: file, inputs } = request;
  const chosen = request.standards.map(standardOf);
  if (file === '-' && inputs.includes('-')) {
    throw fail('USAGE', 'both the policy and the data would be read from standard input', { hint: 'name a file' });
  }
  const none = { policy: file, standards: [], data: [] };
  let tables: readonly [Policy, ...Policy[]];
  try {
    tables = await loadTables(file);
    await prepareTransforms(tables);
    for (const policy of tables) {
      const hierarchy = hierarchiesOf(policy, await readPolicyFiles(policy));
      for (const name of policy.hierarchies.keys()) hierarchy(name);
    }
  } catch (error) {
    const findings = findingsOf(error);
    // A policy that is one has its problems at lines of the file.
    const unreadable = findings.some(({ rule, place }) => !problemsOfPolicies.has(rule) || place?.line === undefined);
    return { ...none, findings, unreadable };
  }
  const read: ProfiledData[] = [];
  const data = new Map<string, TableProfile>();
  const unread: Finding[] = [];
  for (const input of inputs.length === 0 ? [] : await tableInputs(tables, inputs, fileSystem)) {
    try {
      const profiled = await profileData(input, request.format);
      read.push(profiled);
      data.set(input.policy.table ?? '', profiled.profile);
    } catch (error) {
      unread.push(...findingsOf(error));
    }
  }
  const [{ warnings }] = tables;
  const findings = [
    ...warnings.map((warning) => findingOf(warning)),
    ...runLints(tables, data),
    ...read.flatMap(({ diagnostics }) => diagnostics.map((diagnostic) => findingOf(diagnostic))),
    ...[...data.values()].flatMap(valueFindings),
    ...unread,
  ];
  return {
    policy: file,
    findings,
    standards: tables.flatMap((policy) =>
      chosen.map((standard) => reportOf(standard, { policy, tables, data: data.get(policy.table ?? '') })),
    ),
    data: [...data.values()].map(({ file: name, records }) => ({ file: name, records })),
    unreadable: unread.some(({ rule }) => rule !== 'DATA-FIELDS' && rule !== 'POLICY-MEANING'),
  };
}

/** Several policies, each by itself. */
export async function checkAll(
  policies: readonly string[],
  request: Omit<CheckRequest, 'policy' | 'inputs'>,
): Promise<CheckOutcome> {
  const outcomes: CheckOutcome[] = [];
  for (const policy of policies) outcomes.push(await check({ ...request, policy, inputs: [] }));
  return {
    policy: policies.join(', '),
    findings: outcomes.flatMap(({ findings }) => findings),
    standards: outcomes.flatMap((outcome) => outcome.standards),
    data: [],
    unreadable: outcomes.some(({ unreadable }) => unreadable),
  };
}

const problemsOfPolicies = new Set<string>(['POLICY-SHAPE', 'POLICY-MEANING']);

function standardOf(name: string) {
  const standard = standards.get(name);
  if (standard !== undefined) return standard;
  throw fail('USAGE', `no standard is named \`${name}\``, {
    hint: didYouMean(name, standards.names) ?? `standards: ${standards.names.join(', ')}`,
  });
}

function findingsOf(error: unknown): Finding[] {
  if (!(error instanceof Failure)) throw error;
  return error.diagnostics.map((diagnostic) => findingOf(diagnostic));
}

function findingOf({ code, severity = 'error', ...rest }: Diagnostic): Finding {
  return { ...rest, rule: code, severity };
}

/** Values that `apply` would stop at, or put away. */
function valueFindings({ file, fields }: TableProfile): Finding[] {
  return fields.flatMap((field) => {
    const { rule, nulls, wrongType } = field;
    const place = (row: number | undefined) => ({ file, ...(row === undefined ? {} : { row }), field: field.name });
    const found: Finding[] = [];
    const severity = rule.invalid === 'reject' ? 'error' : 'note';
    if (rule.nulls === 'reject' && nulls.count > 0) {
      found.push({
        rule: 'DATA-VALUE',
        severity: 'error',
        message: `null ${inRows(nulls)}`,
        place: place(nulls.rows[0]),
        hint: 'set `nulls: keep` or `nulls: transform` for this field',
      });
    }
    if (wrongType.count > 0) {
      const message = `values are not of type ${rule.type}: ${inRows(wrongType)}`;
      const hint = `${writtenAs(rule)}; \`invalid: redact\` leaves them empty; \`input: { null-values: … }\` names texts, such as NULL, that stand for no value`;
      found.push({ rule: 'DATA-VALUE', severity, message, place: place(wrongType.rows[0]), hint });
    }
    if (field.unreadable.count > 0)
      found.push({ ...unreadable(field), severity, place: place(field.unreadable.rows[0]) });
    return found;
  });
}

function unreadable({ rule, unreadable: seen }: FieldProfile): Pick<Finding, 'rule' | 'message' | 'hint'> {
  const [{ definition, options }] = rule.steps as [(typeof rule.steps)[number]];
  const gap = (definition.references?.(options) ?? []).find(({ section }) => section === 'hierarchies');
  if (gap !== undefined) {
    return {
      rule: 'HIERARCHY',
      message: `hierarchy \`${gap.name}\` does not know values of the field: ${inRows(seen)}`,
      hint: 'add a row for each, or put them in order before they are generalized',
    };
  }
  return {
    rule: 'DATA-VALUE',
    message: `values cannot be read by \`${definition.name}\`: ${inRows(seen)}`,
    hint: 'correct them, or set `invalid: redact`, which leaves them empty',
  };
}
