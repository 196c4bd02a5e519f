import type { LevelChoice } from '../hierarchies/definition.ts';
import type { Column, ColumnBuffer } from '../table/column.ts';
import { Peer } from '../table/peer.ts';
import type { RecordNumbers } from '../table/record-numbers.ts';
import {
  type Cell,
  type FieldType,
  type Resources,
  type TableTransform,
  typeBehind,
  type Value,
} from '../transforms/definition.ts';
import type { Condition } from './conditions.ts';
import type { FieldRule, Step } from './policy.ts';

/** A transform bound to a field, in its fastest form. */
export type BoundStep = (
  | { readonly form: 'values'; readonly run: (cell: Cell) => Value }
  | { readonly form: 'bytes'; readonly run: (input: Column, output: ColumnBuffer) => void }
  | { readonly form: 'table'; readonly run: TableTransform }
) & {
  /** What it does not leave to the next step is final. */
  readonly selective: boolean;
};

/** What a run does with the values for which a condition is not true. */
export interface PlannedChoice extends Pick<PlannedField, 'steps' | 'memo'> {
  readonly when: Condition;
  /** The fields that the condition looks at. Without a peer: the field itself. */
  readonly looks: ReadonlyMap<string, { readonly type: FieldType | undefined; readonly peer: Peer | undefined }>;
}

/** What a run does with one field of the data. */
export interface PlannedField {
  /** Column name, or the path or glob of the policy. */
  readonly name: string;
  readonly rule: FieldRule;
  readonly action: 'keep' | 'drop' | 'change';
  readonly steps: readonly BoundStep[];
  /** Fields of the same record that the steps, or the condition, look at. */
  readonly peers: readonly Peer[];
  /** Tells the steps which record a value belongs to. */
  readonly records: RecordNumbers;
  /** Results may be remembered, and are worth it. */
  readonly memo: boolean;
  /** The level that a search is to choose. */
  readonly search: LevelChoice | undefined;
  /** Where a condition decides: `steps` and `memo` are for values for which it is true. */
  readonly choice: PlannedChoice | undefined;
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

/** What the steps of a field may ask for, but for what the plan itself provides. */
export type ResourcesOf = (rule: FieldRule, name: string) => Omit<Resources, PlanProvides>;

type PlanProvides = 'peer' | 'identifiers' | 'record' | 'shared' | 'search' | 'measured';

/** What groups of fields have in common, by technique and name. */
export type Shared = Map<string, unknown>;

/** What is around a field. */
export interface Around {
  /** The other identifiers. */
  readonly identifiers: readonly string[];
  readonly shared: Shared;
  readonly records: RecordNumbers;
  /** A level that the policy names for the field is part of what a search for others measures. */
  readonly isMeasured: boolean;
}

/** Bind the rule of one field. */
export function bindField(rule: FieldRule, resources: ReturnType<ResourcesOf>, around: Around): PlannedField {
  const { steps, choice } = rule;
  const then = bindSteps(choice?.steps ?? steps, '', around, resources);
  const otherwise = choice && bindSteps(choice.otherwise, 'else/', around, resources);
  const branches = otherwise === undefined ? [then] : [then, otherwise];
  const looks = new Map<string, { readonly type: FieldType | undefined; readonly peer: Peer | undefined }>();
  for (const [field, type] of choice?.fields ?? []) {
    looks.set(field, { type, peer: field === rule.selector ? undefined : new Peer(field) });
  }
  const changes = branches.some((branch) => branch.steps.length > 0);
  const dropped = steps.some((step) => step.definition.effect === 'drop');
  // A value that its type refuses is put away even where the field is kept.
  const redacts = rule.type !== undefined && rule.invalid === 'redact';
  // Records of one class are not to differ in how a number is written.
  const unifies = rule.notation?.folds === true && rule.role === 'quasi-identifier';
  return {
    name: resources.field,
    rule,
    action: dropped ? 'drop' : changes || redacts || unifies ? 'change' : 'keep',
    steps: then.steps,
    peers: [...branches.flatMap(({ peers }) => peers), ...[...looks.values()].flatMap(({ peer }) => peer ?? [])],
    records: around.records,
    memo: then.memo,
    search: then.search,
    choice: choice && otherwise && { when: choice.when, looks, steps: otherwise.steps, memo: otherwise.memo },
    repeats: false,
    whole: steps.every((step) => step.definition.whole),
    produces: dropped ? undefined : branches.map(({ produces }) => produces).reduce(commonType),
    invents: steps.some((step) => step.definition.invents),
    random: steps.some(({ definition, options }) => says(definition.random, options)),
  };
}

type BoundSteps = Pick<PlannedField, 'steps' | 'peers' | 'memo' | 'produces' | 'search'>;

/** `branch` keeps the randomness of the two sides of a choice apart. */
function bindSteps(
  all: readonly Step[],
  branch: string,
  { identifiers, shared, records, isMeasured }: Around,
  resources: ReturnType<ResourcesOf>,
): BoundSteps {
  const changing = all.filter((step) => step.definition.effect === 'change');
  const peers: Peer[] = [];
  const look = (field: string, ofRecord: boolean): Peer => {
    const added = new Peer(field, ofRecord);
    peers.push(added);
    return added;
  };
  const peer: Resources['peer'] = (field, ofRecord = false) => look(field, ofRecord);
  let search: LevelChoice | undefined;
  let { type } = resources;
  /** Types of the values that do not come to the last step. */
  const final: (FieldType | undefined)[] = [];
  const steps = changing.map(({ definition, options }, i): BoundStep => {
    // Two steps of one field never draw the same randomness.
    const random: Resources['random'] = (purpose, bytes) => resources.random(`${branch}${i}/${purpose}`, bytes);
    const bound: Resources = {
      ...resources,
      type,
      random,
      peer,
      identifiers: () => identifiers.map((field) => look(field, true)),
      search(choice) {
        search = choice;
      },
      measured: isMeasured && i === changing.length - 1,
      record: (ordinal) => records.of(ordinal),
      shared<T>(name: string, make: () => T): T {
        const key = `${definition.name}/${name}`;
        if (!shared.has(key)) shared.set(key, make());
        // Definitions ask for one type under each of their names.
        return shared.get(key) as T;
      },
    };
    const selective = definition.selective?.(options) ?? false;
    if (selective) final.push(definition.produces?.(options, type) ?? 'string');
    type = typeBehind(definition, options, type);
    if (definition.bindTable !== undefined) {
      return { form: 'table', run: definition.bindTable(options, bound), selective };
    }
    return definition.bindBytes === undefined
      ? { form: 'values', run: definition.bind!(options, bound), selective }
      : { form: 'bytes', run: definition.bindBytes(options, bound), selective };
  });
  const deterministic = changing.every(({ definition, options }) => says(definition.deterministic, options));
  const costly = changing.some(({ definition }) => definition.costly || definition.bindBytes === undefined);
  const produces = final.every((other) => other === type) ? type : 'string';
  // What is remembered of one reading may not hold for the next, where the level is another.
  const memo = deterministic && costly && peers.length === 0 && search === undefined;
  return { steps, peers, memo, produces, search };
}

function says(trait: boolean | ((options: unknown) => boolean), options: unknown): boolean {
  return typeof trait === 'function' ? trait(options) : trait;
}

/** The type of values of which each is of one of two types. */
function commonType(a: FieldType | undefined, b: FieldType | undefined): FieldType | undefined {
  const numbers = (type: FieldType | undefined): boolean => type === 'integer' || type === 'number';
  return a === b ? a : numbers(a) && numbers(b) ? 'number' : undefined;
}
