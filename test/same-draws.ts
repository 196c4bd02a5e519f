/** For properties that also ask how often something was reached: the same draws in each run, so that what one reaches, all do. */
export const sameDraws = { seed: 20261122 } as const;
