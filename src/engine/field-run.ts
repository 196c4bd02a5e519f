import { fail } from '../base/diagnostic.ts';
import type { Steps } from '../base/steps.ts';
import type { BoundStep, PlannedField } from '../policy/plan.ts';
import { type Column, ColumnBuffer, Kind } from '../table/column.ts';
import { type Chain, chainOf, reachedBy, remembering, type Stage, selecting, stageOf } from './chain.ts';
import { choosing, type Replacement } from './choice.ts';
import { bindCondition } from './condition.ts';
import type { SlotColumn } from './gather.ts';
import { formOf, typeCheckOf, writtenAs } from './value-types.ts';

/** Runs one field of the plan over its cells. */
export interface FieldRun {
  /**
   * The values to be written, one for each cell; the cells themselves where nothing changes. Only those of the records for which
   * `chosen` is 1 can stop the run; undefined: all.
   */
  values(cells: SlotColumn, firstRecord: number, chosen?: Uint8Array): Replacement;
  /** Count the cells that `values` was called with last: those of the records for which `chosen` is 1; undefined: all. */
  count(cells: SlotColumn, chosen: Uint8Array | undefined): void;
  /** Values and nulls that were read, and values that could not be read and were put away. */
  readonly counts: { values: number; nulls: number; redacted: number };
  /** For a field with a step that looks at all its values first. */
  readonly table: TableRun | undefined;
}

export interface TableRun {
  /** Show the step the values that reach it, of the records for which `chosen` is 1; undefined: all. */
  collect(cells: SlotColumn, firstRecord: number, chosen: Uint8Array | undefined): void;
  finish(): Steps<void>;
}

/** Throws a Failure at the first value of a chosen record that is null or cannot be read where the policy rejects that. */
export function createFieldRun(field: PlannedField): FieldRun {
  const { rule, action } = field;
  const typeCheck = typeCheckOf(rule.type);
  const counts = { values: 0, nulls: 0, redacted: 0 };
  /** Cells whose values were put away by the last call of `values`. */
  let redacted: number[] = [];
  const chain = action === 'change' ? chainOfField(field) : undefined;
  const scattered: ColumnBuffer & { kept?: Uint8Array | undefined } = new ColumnBuffer();
  let kept = new Uint8Array(0);

  const refusing =
    (cells: SlotColumn, firstRecord: number, isChosen: IsChosen): Refuse =>
    (i, message, hint) => {
      if (!isChosen(i)) return;
      const place = { row: firstRecord + cells.record[i]! + 1, field: field.name };
      throw fail('DATA-VALUE', message, { place, hint });
    };

  function count(cells: SlotColumn, chosen: Uint8Array | undefined): void {
    const isChosen = chosenIn(cells, chosen);
    for (const i of redacted) if (isChosen(i)) counts.redacted++;
    if (isChosen === all) {
      counts.values += cells.count;
      counts.nulls += cells.nulls;
      return;
    }
    for (let i = 0; i < cells.count; i++) {
      if (!isChosen(i)) continue;
      counts.values++;
      if (cells.kind[i] === Kind.null) counts.nulls++;
    }
  }

  /** Throw where the policy rejects nulls or what is not of the field's type. */
  function check(cells: SlotColumn, refuse: Refuse): void {
    for (let i = 0; cells.nulls > 0 && rule.nulls === 'reject' && i < cells.count; i++) {
      if (cells.kind[i] !== Kind.null) continue;
      refuse(i, 'the value is null', 'set `nulls: keep` or `nulls: transform` for this field');
    }
    if (typeCheck !== undefined) checkTypes(cells, refuse);
  }

  function values(cells: SlotColumn, firstRecord: number, chosen?: Uint8Array): Replacement {
    const isChosen = chosenIn(cells, chosen);
    const refuse = refusing(cells, firstRecord, isChosen);
    redacted = [];
    check(cells, refuse);
    if (chain === undefined) return cells;
    const present = cells.present(rule.nulls === 'transform');
    const results = chain(present);
    const aligned = present === cells ? results : scatter(present, results, cells);
    const { kind } = aligned;
    for (let i = 0; i < cells.count; i++) {
      if (kind[i] !== Kind.invalid) continue;
      if (rule.invalid === 'reject') {
        refuse(i, `the value cannot be read by ${stepNames(field)}`, correct(expected(field)));
      }
      redacted.push(i);
      kind[i] = Kind.null;
    }
    return aligned;
  }

  function checkTypes(cells: SlotColumn, refuse: Refuse): void {
    for (let i = 0; i < cells.count; i++) {
      const unread = cells.kind[i] === Kind.invalid;
      if (cells.kind[i] === Kind.null) continue;
      if (!unread && typeCheck!(cells.bytes, cells.start[i]!, cells.end[i]!)) continue;
      if (rule.invalid === 'reject') {
        refuse(i, `the value is not of type ${rule.type}`, correct(writtenAs(rule)));
      }
      if (unread) continue;
      cells.kind[i] = Kind.invalid;
      cells.refused++;
    }
  }

  /** Put results at the places of their cells; the other cells are null. */
  function scatter(present: Column, results: Replacement, cells: SlotColumn): Replacement {
    scattered.reset(cells);
    scattered.bytes = results.bytes;
    scattered.count = cells.count;
    scattered.start.fill(0, 0, cells.count);
    scattered.end.fill(0, 0, cells.count);
    for (let i = 0; i < cells.count; i++) scattered.kind[i] = cells.kind[i] === Kind.invalid ? Kind.invalid : Kind.null;
    for (let n = 0; n < present.count; n++) {
      const i = present.index[n]!;
      scattered.start[i] = results.start[n]!;
      scattered.end[i] = results.end[n]!;
      scattered.kind[i] = results.kind[n]!;
    }
    scattered.kept = results.kept && spread(results.kept, present, cells.count);
    return scattered;
  }

  function spread(flags: Uint8Array, present: Column, count: number): Uint8Array {
    if (kept.length < count) kept = new Uint8Array(count * 2);
    kept.fill(0, 0, count);
    for (let n = 0; n < present.count; n++) kept[present.index[n]!] = flags[n]!;
    return kept;
  }

  return { values, count, counts, table: tableRun() };

  function tableRun(): TableRun | undefined {
    const at = field.steps.findIndex(({ form }) => form === 'table');
    const step = field.steps[at];
    if (step?.form !== 'table') return undefined;
    const before = chainOf(field.steps.slice(0, at).map(stageOfStep));
    return {
      collect(cells, firstRecord, chosen) {
        const isChosen = chosenIn(cells, chosen);
        check(cells, refusing(cells, firstRecord, isChosen));
        step.run.collect(reachedBy(before(cells.present(rule.nulls === 'transform')), at === 0, isChosen));
      },
      finish: () => step.run.finish(),
    };
  }
}

/** Throws a Failure at cell i, unless its record is not chosen: what is not released may be anything. */
type Refuse = (i: number, message: string, hint: string) => void;

/** Is cell i in a record that may be released? */
type IsChosen = (i: number) => boolean;

const all: IsChosen = () => true;

function chosenIn({ record }: SlotColumn, chosen: Uint8Array | undefined): IsChosen {
  return chosen === undefined ? all : (i) => chosen[record[i]!] === 1;
}

function expected({ rule }: PlannedField): string {
  const said = rule.steps.flatMap(({ definition, options }) => definition.expects?.(options) ?? []);
  return (
    said.length > 0 ? said : rule.notation === undefined ? [formOf.number, formOf.date] : [rule.notation.words]
  ).join('; ');
}

function correct(form: string): string {
  return `${form}: correct the data, or set \`invalid: redact\` for this field`;
}

function chainOfField({ steps, memo, choice }: PlannedField): (input: Column) => Replacement {
  if (choice === undefined) return chainOfBranch({ steps, memo });
  const test = bindCondition(choice.when, choice.looks);
  const side = (branch: Pick<PlannedField, 'steps' | 'memo'>) =>
    branch.steps.length === 0 ? undefined : chainOfBranch(branch);
  return choosing(test, side({ steps, memo }), side(choice));
}

function chainOfBranch({ steps, memo }: Pick<PlannedField, 'steps' | 'memo'>): Chain {
  const chain = chainOfSteps(steps);
  return memo ? remembering(chain) : chain;
}

/** A selective step takes all that follow it into itself. */
function chainOfSteps(steps: readonly BoundStep[]): Chain {
  const stages: Stage[] = [];
  for (const [i, step] of steps.entries()) {
    const stage = stageOfStep(step);
    if (step.selective) return chainOf([...stages, selecting(stage, chainOfSteps(steps.slice(i + 1)))]);
    stages.push(stage);
  }
  return chainOf(stages);
}

function stageOfStep(step: BoundStep): Stage {
  if (step.form === 'values') return stageOf(step.run);
  return step.form === 'bytes' ? step.run : step.run.apply;
}

function stepNames(field: PlannedField): string {
  return field.rule.steps.map((step) => `\`${step.definition.name}\``).join(', ');
}
