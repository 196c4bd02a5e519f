import type { LocalRequest } from '../search/local/recode.ts';
import type { ClassLabels } from '../search/local/recoding.ts';
import type { ClassValues } from '../table/class-values.ts';
import { tupleValues } from './class-view.ts';
import type { SearchInput } from './generalization.ts';

/** What of the population stands behind labels; undefined where there is none. */
export function populationBehind(input: SearchInput): LocalRequest['population'] {
  const { people, behind, slots } = input;
  if (people === undefined || behind === undefined) return undefined;
  const { individuals } = people;
  const text = labelTexts(input);
  const fields = slots.quasi.length;
  // The fields of an individual are those of its first record, then of the second, and so on.
  return ({ width, value, level }) => ({
    individuals,
    size: (c) => behind(width(c) / fields, (r, d) => text(d, value(c, r * fields + d), level(c, r * fields + d))),
  });
}

/** What `count` classes, or kinds of record, of such labels stand for. */
export function valuesOf(input: SearchInput, count: number, { value, level }: Omit<ClassLabels, 'width'>): ClassValues {
  const text = labelTexts(input);
  const width = input.slots.quasi.length;
  const codes = new Int32Array(count * width);
  const texts = input.slots.quasi.map((_, d) => {
    const known = new Map<string | null, number>();
    for (let c = 0; c < count; c++) {
      const label = text(d, value(c, d), level(c, d));
      const number = known.get(label) ?? known.size;
      known.set(label, number);
      codes[c * width + d] = number;
    }
    return [...known.keys()];
  });
  return { width, texts, code: (c, d) => codes[c * width + d]! };
}

/** The label of a value at a level, made when first asked for. */
function labelTexts({ plan, slots, census, count }: SearchInput) {
  const { texts } = tupleValues(census.tuples, count.texts);
  const made: (string | null)[][][] = texts.map(() => []);
  return (d: number, value: number, level: number): string | null => {
    const hierarchy = plan.fields[slots.quasi[d]!]!.search?.hierarchy;
    made[d]![level] ??= texts[d]!.map((own) =>
      own === null || hierarchy === undefined ? own : hierarchy.ancestor(own, level),
    );
    return made[d]![level]![value]!;
  };
}
