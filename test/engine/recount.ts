import { intervals } from '../../src/hierarchies/interval.ts';
import { prefix } from '../../src/hierarchies/prefix.ts';
import { noFiles } from '../hierarchies/forms.ts';

/** Recounts releases by the definitions, from their texts alone: `id, age, code`, the two generalized by these hierarchies. */
export const sections = `
hierarchies:
  age: { intervals: [0, 10, 20, 30], then: [2] }
  code: { prefix: [2, 1] }
`;
export const hierarchies = [
  // biome-ignore lint/suspicious/noThenProperty: the word of the policy language.
  intervals.build(intervals.options.parse({ intervals: [0, 10, 20, 30], then: [2] }), noFiles),
  prefix.build(prefix.options.parse({ prefix: [2, 1] }), noFiles),
];

type Record = readonly string[];

/** Each individual's records. */
export function individuals(records: readonly Record[]): Map<string, Record[]> {
  const units = new Map<string, Record[]>();
  for (const record of records) units.set(record[0]!, [...(units.get(record[0]!) ?? []), record]);
  return units;
}

/** What an individual has, as one text. */
export function labelsOf(records: readonly Record[]): string {
  return records
    .map(([, first, second]) => `${first}|${second}`)
    .sort()
    .join('; ');
}

/** May value d be written as the label? */
export function stands(d: number, value: string, label: string): boolean {
  if (value === '' || label === '') return value === label;
  const hierarchy = hierarchies[d]!;
  return Array.from({ length: hierarchy.height + 1 }, (_, level) => hierarchy.ancestor(value, level)).includes(label);
}

/** May the record be written as the other is? */
export function fits(value: Record, label: Record): boolean {
  return stands(0, value[1]!, label[1]!) && stands(1, value[2]!, label[2]!);
}

/** Can the records be paired so that all pairs fit? */
export function pairs<A, B>(
  [first, ...rest]: readonly A[],
  others: readonly B[],
  fit: (a: A, b: B) => boolean,
): boolean {
  if (first === undefined) return others.length === 0;
  return others.some((other, i) => fit(first, other) && pairs(rest, others.toSpliced(i, 1), fit));
}

/** What a release of `records` loses by the default measure, whose shares are of the values of the source. */
export function lossOf(source: readonly Record[], records: readonly Record[]): number {
  const product = [1, 2].reduce((all, d) => {
    const values = [...new Set(source.map((record) => record[d]!))];
    const share = (label: string) => values.filter((value) => stands(d - 1, value, label)).length / values.length;
    const sum = records.reduce((a, record) => a + share(record[d]!), source.length - records.length);
    const least = source.length / values.length;
    return all * (1 + (source.length === least ? 0 : Math.max(0, (sum - least) / (source.length - least))));
  }, 1);
  return Math.sqrt(product) - 1;
}
