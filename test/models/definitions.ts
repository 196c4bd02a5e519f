/** The models by their definitions alone, term by term over whole tables: slow, and in other steps than the code. */

export type Value = string | null;

function share(values: readonly Value[], value: Value): number {
  return values.filter((own) => own === value).length / values.length;
}

function distinct(values: readonly Value[]): Value[] {
  return [...new Set(values)];
}

export function entropyL(own: readonly Value[]): number {
  return Math.exp(-distinct(own).reduce((sum, v) => sum + share(own, v) * Math.log(share(own, v)), 0));
}

/** r1 / (r_l + … + r_m) */
export function recursiveC(own: readonly Value[], l: number): number {
  const counts = distinct(own)
    .map((v) => own.filter((other) => other === v).length)
    .sort((a, b) => b - a);
  return counts[0]! / counts.slice(l - 1).reduce((sum, r) => sum + r, 0);
}

export function equalT(own: readonly Value[], table: readonly Value[]): number {
  return distinct(table).reduce((sum, v) => sum + Math.abs(share(own, v) - share(table, v)), 0) / 2;
}

export function orderedT(own: readonly Value[], table: readonly Value[], order: readonly Value[]): number {
  const present = order.filter((v) => table.includes(v));
  if (present.length < 2) return 0;
  let sum = 0;
  let gap = 0;
  for (const v of present) {
    gap += share(own, v) - share(table, v);
    sum += Math.abs(gap);
  }
  return sum / (present.length - 1);
}

/** `pathOf(v)` are the labels from level 1 up to the root. */
export function hierarchicalT(
  own: readonly Value[],
  table: readonly Value[],
  pathOf: (v: Value) => readonly string[],
): number {
  const height = pathOf(table[0]!).length;
  const under = (v: Value, level: number): string =>
    level === 0 ? JSON.stringify([v, ...pathOf(v)]) : JSON.stringify(pathOf(v).slice(level - 1));
  const excess = (level: number, node: string): number =>
    distinct(table)
      .filter((v) => under(v, level) === node)
      .reduce((sum, v) => sum + share(own, v) - share(table, v), 0);
  let cost = 0;
  for (let level = 1; level <= height; level++) {
    for (const node of new Set(distinct(table).map((v) => under(v, level)))) {
      const children = new Set(
        distinct(table)
          .filter((v) => under(v, level) === node)
          .map((v) => under(v, level - 1)),
      );
      const excesses = [...children].map((child) => excess(level - 1, child));
      const positive = excesses.filter((e) => e > 0).reduce((sum, e) => sum + e, 0);
      const negative = -excesses.filter((e) => e < 0).reduce((sum, e) => sum + e, 0);
      cost += (level / height) * Math.min(positive, negative);
    }
  }
  return cost;
}

export function disclosure(own: readonly Value[], table: readonly Value[], base: number): number {
  return Math.max(...distinct(table).map((v) => Math.abs(Math.log(share(own, v) / share(table, v))) / Math.log(base)));
}

/** The largest (p − q) / q, and the value's q, over values that gain. */
export function gains(own: readonly Value[], table: readonly Value[]): { gain: number; q: number }[] {
  return distinct(own)
    .map((v) => ({ gain: (share(own, v) - share(table, v)) / share(table, v), q: share(table, v) }))
    .filter(({ gain }) => gain > 0);
}
