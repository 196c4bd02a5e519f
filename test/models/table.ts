import type { Criterion, ModelDefinition, ModelResources } from '../../src/models/definition.ts';
import { type Population, recordCensus } from '../../src/table/population.ts';

export type Value = string | null;

/** A table whose class c holds the records with values classes[c] of field `s`, as the engine counts it. */
export function tableOf(classes: readonly (readonly Value[])[]): Population {
  const texts: Value[] = [null];
  const code = (value: Value): number => {
    const known = texts.indexOf(value);
    return known >= 0 ? known : texts.push(value) - 1;
  };
  const census = recordCensus(1, ['s'], (_, of) => texts[of]!);
  census.add({
    records: classes.flat().length,
    tuples: Int32Array.from(classes.flatMap((values, c) => values.map(() => c))),
    sensitive: [Int32Array.from(classes.flat(), code)],
    units: undefined,
  });
  return census.finish();
}

const noHierarchies: ModelResources = {
  hierarchy: () => {
    throw new Error('there are no hierarchies here');
  },
};

/** A model over the classes of a table; options as a policy writes them. */
export function bound(
  definition: ModelDefinition,
  options: Record<string, unknown>,
  table: Population,
  resources: ModelResources = noHierarchies,
): Criterion {
  const sensitive = definition.sensitive === undefined ? {} : { sensitive: 's' };
  return definition.bind(definition.options.parse({ ...sensitive, ...options }), table, resources);
}

/** Numbers of the classes. */
export function all(table: Population): number[] {
  return Array.from({ length: table.count }, (_, c) => c);
}

/** Messages of the problems of options. */
export function problemsOf(definition: ModelDefinition, options: Record<string, unknown>): string[] {
  const problems = definition.check?.(definition.options.parse({ sensitive: 's', ...options })) ?? [];
  return problems.map(({ path, message }) => `${path.join('.')}: ${message}`);
}

type Row = Readonly<Record<string, string | number>>;

/** The classes of a published table: values of `sensitive` of the rows that agree in all of `quasi`. */
export function classesOfRows(rows: readonly Row[], quasi: readonly string[], sensitive: string): string[][] {
  const classes = new Map<string, string[]>();
  for (const row of rows) {
    const key = JSON.stringify(quasi.map((name) => row[name]));
    classes.set(key, [...(classes.get(key) ?? []), String(row[sensitive])]);
  }
  return [...classes.values()];
}
