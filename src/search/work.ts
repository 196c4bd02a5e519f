/** What may be done, in steps of about the same length: the same on every machine, unlike time. */
export interface Work {
  /** So many steps are done. */
  spend(steps: number): void;
  /** Is more done than may be? */
  spent(): boolean;
}

/** Work of `budget` steps. */
export function workOf(budget: number): Work {
  let done = 0;
  return {
    spend(steps) {
      done += steps;
    },
    spent: () => done > budget,
  };
}
