import type { Steps } from '../../base/steps.ts';
import type { Criterion } from '../../models/definition.ts';
import type { Classes, PopulationClasses } from '../../table/classes.ts';
import type { LocalMeasure } from '../measures/definition.ts';
import type { SearchTable } from '../space.ts';
import { workOf } from '../work.ts';
import { LocalClasses } from './classes.ts';
import { cut } from './cut.ts';
import { FieldLabels } from './labels.ts';
import { mend } from './mend.ts';
import { topDownOrder } from './order.ts';
import { relocate } from './relocate.ts';

export interface LocalRequest {
  readonly table: SearchTable;
  readonly measure: LocalMeasure;
  /** No class of fewer records satisfies the models. */
  readonly least: number;
  /** Steps, of which each takes as long as to read the label of a tuple, after which nothing is made better any more. */
  readonly budget: number;
  /** The classes when tuple t is in class classOf[t] of `count`. */
  classes(classOf: Int32Array, count: number): Classes;
  bind(classes: Classes): readonly Criterion[];
  /** The population behind classes of such labels, as they are when it is asked; undefined: there is none. */
  readonly population?: ((labels: ClassLabels) => PopulationClasses) | undefined;
}

/** The label of class c in field d is that of `value` at `level`. */
export interface ClassLabels {
  value(c: number, d: number): number;
  level(c: number, d: number): number;
}

/** Classes of tuples; in field d all records of class c bear their label at levels[c × fields + d]. */
export interface LocalRecoding {
  readonly count: number;
  readonly classOf: Int32Array;
  readonly levels: Uint8Array;
}

/**
 * Multidimensional local recoding: equal values may get labels of different levels in different classes, equal tuples are in one class.
 * Tuples are put in an order from the top down, the order is cut into the best classes that it has, single tuples go where the loss is
 * less, and classes that fail a model are joined. Where a model of the whole table fails, all of it again with larger classes. The same
 * table gives the same classes. No optimum is claimed: to find it is NP-hard (Meyerson, Williams, On the complexity of optimal
 * k-anonymity, PODS 2004); past the budget classes satisfy the models as before, but lose more. Classes that still fail have no label in common with others, or all records are in one.
 */
export function* recodeLocally(request: LocalRequest): Steps<LocalRecoding> {
  const { table, measure } = request;
  const weights = table.fields.reduce((sum, { weight }) => sum + weight, 0) || 1;
  const labels: FieldLabels[] = [];
  for (const [d, field] of table.fields.entries()) {
    yield;
    labels.push(new FieldLabels(field, measure.costs[d]!, (field.weight * table.fields.length) / weights));
  }
  const work = workOf(request.budget);
  for (let least = request.least; ; least = Math.max(least + 1, Math.ceil(least * (work.spent() ? 4 : 1.25)))) {
    const order = yield* topDownOrder(table, labels, least, work);
    const starts = yield* cut(table, labels, order, least, work);
    const classes = yield* LocalClasses.of(table, labels, order, starts);
    yield* relocate(table, classes, least, work);
    const live: ClassLabels = { value: (c, d) => classes.value(c, d), level: (c, d) => classes.level(c, d) };
    const before = request.classes(classes.classOf, classes.count);
    yield;
    yield* mend(classes, before, request.population?.(live), request.bind);
    yield;
    const found = withoutEmpty(classes, labels.length);
    const after = request.classes(found.classOf, found.count);
    const population = request.population?.(labelsOf(table, found));
    yield;
    const criteria = request.bind(population === undefined ? after : { ...after, population });
    yield;
    const all = Array.from({ length: found.count }, (_, c) => c);
    if (least * 2 > table.records || criteria.every(({ holds }) => holds?.(all) !== false)) return found;
  }
}

/** The labels of classes, each from a tuple of it. */
export function labelsOf({ values }: SearchTable, { count, classOf, levels }: LocalRecoding): ClassLabels {
  const example = new Int32Array(count);
  for (let t = 0; t < classOf.length; t++) example[classOf[t]!] = t;
  return {
    value: (c, d) => values[d]![example[c]!]!,
    level: (c, d) => levels[c * values.length + d]!,
  };
}

/** The classes that were not given up, numbered anew. */
function withoutEmpty({ count, size, classOf, levels }: LocalClasses, width: number): LocalRecoding {
  const numbers = new Int32Array(count);
  let kept = 0;
  for (let c = 0; c < count; c++) {
    if (size[c] === 0) continue;
    levels.copyWithin(kept * width, c * width, (c + 1) * width);
    numbers[c] = kept++;
  }
  return { count: kept, classOf: classOf.map((c) => numbers[c]!), levels: levels.slice(0, kept * width) };
}
