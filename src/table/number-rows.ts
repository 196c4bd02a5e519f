/** Numbers by row, set in any order; a row may have none. Memory: 8 bytes a row, twice that while it grows. */
export class NumberRows {
  #numbers = new Float64Array(1024).fill(Number.NaN);
  #rows = 0;

  /** Behind the last row that was set. */
  get rows(): number {
    return this.#rows;
  }

  set(row: number, value: number): void {
    if (row >= this.#numbers.length) {
      const grown = new Float64Array((row + 1) * 2).fill(Number.NaN);
      grown.set(this.#numbers);
      this.#numbers = grown;
    }
    this.#numbers[row] = value;
    if (row >= this.#rows) this.#rows = row + 1;
  }

  /** NaN where no number was set. */
  at(row: number): number {
    return this.#numbers[row] ?? Number.NaN;
  }

  has(row: number): boolean {
    return !Number.isNaN(this.at(row));
  }
}
