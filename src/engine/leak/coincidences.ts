import type { LeakFinding } from './leak-check.ts';

/**
 * Matches in fields whose values are made up. A transform that makes values up does not write what it reads, but its lists hold
 * the names that people have: among n names one in n is made up for somebody who bears it. Names of others there mean nothing.
 * Of the record's own, more than one record in twenty (and three) are no chance: then the transform leaks.
 */
export class Coincidences {
  readonly #own = new Map<string, LeakFinding & { readonly lastRow: number }>();
  #others = 0;

  /** A value of `identifier`, or of another record, stands in made-up field `field` of the 1-based record `row`. */
  add(identifier: string | undefined, field: string, row: number): void {
    if (identifier === undefined) {
      this.#others++;
      return;
    }
    const key = JSON.stringify([identifier, field]);
    const known = this.#own.get(key);
    if (known?.lastRow === row) return;
    const { firstRow, records } = known ?? { firstRow: row, records: 0 };
    this.#own.set(key, { identifier, field, firstRow, lastRow: row, records: records + 1 });
  }

  /** What chance does not explain among this many records, and how many matches it does. */
  judge(records: number): { readonly beyond: readonly LeakFinding[]; readonly within: number } {
    const all = [...this.#own.values()].map(({ lastRow, ...finding }): LeakFinding => finding);
    const beyond = all.filter((finding) => finding.records > records / 20 + 3);
    const within = all.filter((finding) => !beyond.includes(finding));
    return { beyond, within: within.reduce((sum, finding) => sum + finding.records, this.#others) };
  }
}
