import { type Diagnostic, Failure } from '../base/diagnostic.ts';
import type { Column, ColumnBuffer } from '../table/column.ts';
import { Peer } from '../table/peer.ts';
import { RecordNumbers } from '../table/record-numbers.ts';
import type { Cell, FieldType, Resources, TableTransform, Value } from '../transforms/definition.ts';
import { transforms } from '../transforms/index.ts';
import type { FieldRule, Policy } from './policy.ts';
import { type ColumnProblem, isRepeated, resolveColumns } from './selectors.ts';

/** A transform bound to a field, in its fastest form. */
export type BoundStep =
  | { readonly form: 'values'; readonly run: (cell: Cell) => Value }
  | { readonly form: 'bytes'; readonly run: (input: Column, output: ColumnBuffer) => void }
  | { readonly form: 'table'; readonly run: TableTransform };

/** What a run does with one field of the data. */
export interface PlannedField {
  /** Column name, or the path or glob of the policy. */
  readonly name: string;
  readonly rule: FieldRule;
  readonly action: 'keep' | 'drop' | 'change';
  readonly steps: readonly BoundStep[];
  /** Fields of the same record that the steps look at. */
  readonly peers: readonly Peer[];
  /** Tells the steps which record a value belongs to. */
  readonly records: RecordNumbers;
  /** Results may be remembered, and are worth it. */
  readonly memo: boolean;
  /** May stand for several values of one record, so that it has no class. */
  readonly repeats: boolean;
  /** May match an object or array as a whole. */
  readonly whole: boolean;
  /** Type of the values that are written; undefined: not known. */
  readonly produces: FieldType | undefined;
  /** A source value may be made up again by chance. */
  readonly invents: boolean;
  /** Results differ from run to run unless the policy says `reproducible`. */
  readonly random: boolean;
}

/** A policy bound to the fields of an input. */
export interface Plan {
  readonly fields: readonly PlannedField[];
  /** Stop at a field that the policy does not name, or treat it as this member of `fields`. */
  readonly unlisted: 'reject' | number;
  /** Positions of the columns that are left out (formats with columns). */
  readonly dropped: ReadonlySet<number>;
  /** Columns that are written; 0 where fields are known only record by record. */
  readonly kept: number;
  readonly warnings: readonly Diagnostic[];
}

/** What the steps of a field may ask for, but for what the plan itself provides. */
export type ResourcesOf = (rule: FieldRule, name: string) => Omit<Resources, 'peer' | 'record' | 'shared'>;

/**
 * Bind the policy to an input with these columns, or with fields that are known only record by record.
 * Throws a Failure with every column that has no rule and every rule that has no column.
 */
export function planPolicy(policy: Policy, columns: readonly string[] | undefined, resourcesOf: ResourcesOf): Plan {
  const shared: Shared = new Map();
  const bind = (rule: FieldRule, name: string): PlannedField => {
    try {
      return bindField(rule, resourcesOf(rule, name), shared);
    } catch (error) {
      throw error instanceof Failure ? inPolicy(policy, rule, error) : error;
    }
  };
  return columns === undefined ? planPaths(policy, bind) : planColumns(policy, columns, bind);
}

/** What a transform finds wrong when it is bound, at the field's place in the policy. */
function inPolicy(policy: Policy, rule: FieldRule, { diagnostics }: Failure): Failure {
  const path = ['fields', rule.selector, 'transform'];
  return new Failure(
    diagnostics.map(({ code, message, hint }) =>
      rule.selector === '' ? { code, message } : policy.problem(code, path, message, hint),
    ),
  );
}

type Bind = (rule: FieldRule, name: string) => PlannedField;

function planPaths(policy: Policy, bind: Bind): Plan {
  const fields = policy.fields.map((rule) => ({
    ...bind(rule, rule.selector),
    repeats: isRepeated(rule.selector),
  }));
  if (policy.unlisted === 'reject') return { fields, unlisted: 'reject', dropped: new Set(), kept: 0, warnings: [] };
  fields.push(bind(unlistedRule(policy), ''));
  return { fields, unlisted: fields.length - 1, dropped: new Set(), kept: 0, warnings: [] };
}

function planColumns(policy: Policy, columns: readonly string[], bind: Bind): Plan {
  const { slotOf, problems } = resolveColumns(policy.fields, columns);
  const diagnostics = problems.flatMap((problem) => columnDiagnostic(policy, problem) ?? []);
  if (diagnostics.some((d) => d.severity !== 'warning')) throw new Failure(diagnostics);
  const fields = columns.map((column, i) => bind(slotOf[i] ?? unlistedRule(policy), column));
  const dropped = new Set(fields.flatMap((field, i) => (field.action === 'drop' ? [i] : [])));
  const kept = columns.length - dropped.size;
  if (kept === 0) {
    throw new Failure([
      policy.problem('POLICY-MEANING', ['fields'], 'every column is dropped: nothing would be written'),
    ]);
  }
  // A blank line is no record everywhere, so an only column is written anew: an empty value becomes `""`.
  const rewritten =
    kept === 1 ? fields.map((f) => (f.action === 'keep' ? { ...f, action: 'change' as const } : f)) : fields;
  return { fields: rewritten, unlisted: 'reject', dropped, kept, warnings: diagnostics };
}

/** What groups of fields have in common, by technique and name. */
type Shared = Map<string, unknown>;

function bindField(rule: FieldRule, resources: ReturnType<ResourcesOf>, shared: Shared): PlannedField {
  const changing = rule.steps.filter((step) => step.definition.effect === 'change');
  const dropped = rule.steps.some((step) => step.definition.effect === 'drop');
  const peers: Peer[] = [];
  const peer: Resources['peer'] = (field) => {
    const added = new Peer(field);
    peers.push(added);
    return added;
  };
  const records = new RecordNumbers();
  let type = rule.type;
  const steps = changing.map(({ definition, options }, i): BoundStep => {
    // Two steps of one field never draw the same randomness.
    const random: Resources['random'] = (purpose, bytes) => resources.random(`${i}/${purpose}`, bytes);
    const bound: Resources = {
      ...resources,
      type,
      random,
      peer,
      record: (ordinal) => records.of(ordinal),
      shared<T>(name: string, make: () => T): T {
        const key = `${definition.name}/${name}`;
        if (!shared.has(key)) shared.set(key, make());
        // Definitions ask for one type under each of their names.
        return shared.get(key) as T;
      },
    };
    type = definition.produces?.(options, type) ?? 'string';
    if (definition.bindTable !== undefined) return { form: 'table', run: definition.bindTable(options, bound) };
    return definition.bindBytes === undefined
      ? { form: 'values', run: definition.bind!(options, bound) }
      : { form: 'bytes', run: definition.bindBytes(options, bound) };
  });
  const says = (trait: boolean | ((options: unknown) => boolean), options: unknown): boolean =>
    typeof trait === 'function' ? trait(options) : trait;
  const deterministic = changing.every(({ definition, options }) => says(definition.deterministic, options));
  const costly = changing.some(({ definition }) => definition.costly || definition.bindBytes === undefined);
  // A value that its type refuses is put away even where the field is kept.
  const redacts = rule.type !== undefined && rule.invalid === 'redact';
  return {
    name: resources.field,
    rule,
    action: dropped ? 'drop' : changing.length > 0 || redacts ? 'change' : 'keep',
    steps,
    peers,
    records,
    memo: deterministic && costly && peers.length === 0,
    repeats: false,
    whole: rule.steps.every((step) => step.definition.whole),
    produces: dropped ? undefined : type,
    invents: changing.some((step) => step.definition.invents),
    random: changing.some(({ definition, options }) => says(definition.random, options)),
  };
}

/** What `defaults.unlisted` does to a field that no rule names: its words are those of transforms. */
function unlistedRule(policy: Policy): FieldRule {
  const definition = transforms.get(policy.unlisted);
  if (definition === undefined) throw new Error(`no transform is named ${policy.unlisted}`);
  return {
    selector: '',
    kind: 'glob',
    role: 'insensitive',
    type: undefined,
    nulls: 'keep',
    invalid: 'redact',
    steps: [{ definition, options: definition.options.parse({}) }],
  };
}

function columnDiagnostic(policy: Policy, problem: ColumnProblem): Diagnostic | undefined {
  switch (problem.kind) {
    case 'unlisted':
      if (policy.unlisted !== 'reject') return undefined;
      return {
        code: 'DATA-FIELDS',
        message: `column ${problem.index + 1}, \`${problem.column}\`, is not named in the policy`,
        place: { row: 0, field: problem.column },
        hint: 'name it under `fields` (`transform: drop` leaves it out), or set `defaults: { unlisted: drop }`',
      };
    case 'two-globs': {
      const [first, second] = problem.fields.map((field) => field.selector);
      return policy.problem(
        'POLICY-MEANING',
        ['fields', second!],
        `\`${first}\` and \`${second}\` both match column \`${problem.column}\``,
        `name \`${problem.column}\` itself: an exact name beats a glob`,
      );
    }
    case 'absent':
      return policy.problem(
        'DATA-FIELDS',
        ['fields', problem.field.selector],
        `the data has no column \`${problem.field.selector}\``,
        problem.suggestion === undefined ? undefined : `did you mean \`${problem.suggestion}\`?`,
      );
    case 'glob-unused':
      return {
        ...policy.problem('POLICY-MEANING', ['fields', problem.field.selector], 'no column matches this glob'),
        severity: 'warning',
      };
  }
}
