import type { Steps } from '../../base/steps.ts';
import type { Criterion } from '../../models/definition.ts';
import type { Classes, PopulationClasses } from '../../table/classes.ts';
import type { Work } from '../work.ts';
import { LocalClasses } from './classes.ts';
import { cut } from './cut.ts';
import { mend } from './mend.ts';
import { topDownOrder } from './order.ts';
import { type ClassLabels, type LocalRecoding, labelsOf, recodingOf } from './recoding.ts';
import { relocate } from './relocate.ts';
import type { Stratum } from './stratum.ts';

export interface LocalRequest {
  readonly strata: readonly Stratum[];
  /** In steps of which each takes as long as to read the label of a tuple; once it is spent, nothing is made better any more. */
  readonly work: Work;
  /** The classes when tuple t of stratum s is in class classOf[s][t] of `count`. */
  classes(classOf: readonly Int32Array[], count: number): Classes;
  bind(classes: Classes): readonly Criterion[];
  /** The population behind classes of such labels, as they are when it is asked; undefined: there is none. */
  readonly population?: ((labels: ClassLabels) => PopulationClasses) | undefined;
}

/**
 * Multidimensional local recoding: equal values may get labels of different levels in different classes, equal tuples are in one class.
 * In each stratum, tuples are put in an order from the top down, the order is cut into the best classes that it has, single tuples go
 * where the loss is less, and classes that fail a model are joined. Where a model of the whole table fails, all of it again with larger
 * classes. The same table gives the same classes. No optimum is claimed: to find it is NP-hard (Meyerson, Williams, On the complexity of
 * optimal k-anonymity, PODS 2004); past the budget classes satisfy the models as before, but lose more. Classes that still fail have no
 * label in common with others of their stratum, or all of it is in one.
 */
export function* recodeLocally(request: LocalRequest): Steps<LocalRecoding> {
  const { strata, work, bind } = request;
  const larger = (least: number) => Math.max(least + 1, Math.ceil(least * (work.spent() ? 4 : 1.25)));
  for (let leasts = strata.map(({ least }) => least); ; leasts = leasts.map(larger)) {
    const parts: LocalClasses[] = [];
    for (const [s, stratum] of strata.entries()) parts.push(yield* classesOf(stratum, leasts[s]!, work));
    yield* mendEach(request, parts);
    const found = recodingOf(parts, work.spent());
    const after = request.classes(found.classOf, found.count);
    yield;
    const population = request.population?.(labelsOf(strata, found));
    yield;
    const criteria = bind(population === undefined ? after : { ...after, population });
    const all = Array.from({ length: found.count }, (_, c) => c);
    const isLargest = strata.every(({ table }, s) => leasts[s]! * 2 > table.records);
    if (isLargest || criteria.every(({ holds }) => holds?.(all) !== false)) return found;
  }
}

function* classesOf({ table, labels }: Stratum, least: number, work: Work): Steps<LocalClasses> {
  const order = yield* topDownOrder(table, labels, least, work);
  const starts = yield* cut(table, labels, order, least, work);
  const classes = yield* LocalClasses.of(table, labels, order, starts);
  yield* relocate(table, classes, least, work);
  return classes;
}

/** Join what fails a model, in each stratum by itself. */
function* mendEach({ classes, population, bind }: LocalRequest, parts: readonly LocalClasses[]): Steps<void> {
  let count = 0;
  const numbered = parts.map((part) => {
    const first = count;
    count += part.count;
    return first === 0 ? part.classOf : part.classOf.map((c) => first + c);
  });
  yield;
  const before = classes(numbered, count);
  yield;
  let first = 0;
  for (const part of parts) {
    const live = population?.({
      width: () => part.width,
      value: (c, i) => part.value(c, i),
      level: (c, i) => part.level(c, i),
    });
    yield* mend(part, parts.length === 1 ? before : windowOf(before, first, part.count), live, bind);
    first += part.count;
  }
}

/** So many classes from number `first` on, by numbers from 0 on. */
function windowOf(classes: Classes, first: number, count: number): Classes {
  return {
    count,
    size: (c) => classes.size(first + c),
    records: (c) => classes.records(first + c),
    histogram: (field, c) => classes.histogram(field, first + c),
    distribution: (field) => classes.distribution(field),
  };
}
