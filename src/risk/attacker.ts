import type { Classes } from '../table/classes.ts';

/** Thresholds at which the share of individuals at risk is stated. */
export const riskThresholds = [0.05, 0.09, 0.2, 0.33] as const;

/** Risk of an individual: highest, average, and share of individuals whose risk is above each threshold. */
export interface AttackerRisk {
  readonly highest: number;
  readonly average: number;
  readonly shareAbove: Readonly<Record<string, number>>;
}

/**
 * Risk 1/F of each individual, where its class has F individuals in `sizeOf`: with the population's sizes that of an attacker who
 * does not know whether somebody is in the data (journalist), whose average is the share of matches that are right when all
 * individuals are matched (marketer). El Emam, Guide to the De-Identification of Personal Health Information, 2013, ch. 16.
 */
export function attackerRisk(classes: Pick<Classes, 'count' | 'size'>, sizeOf: (c: number) => number): AttackerRisk {
  let individuals = 0;
  let highest = 0;
  let sum = 0;
  const above = riskThresholds.map(() => 0);
  for (let c = 0; c < classes.count; c++) {
    const size = classes.size(c);
    const risk = 1 / sizeOf(c);
    individuals += size;
    highest = Math.max(highest, risk);
    sum += size * risk;
    riskThresholds.forEach((threshold, t) => {
      if (risk > threshold) above[t]! += size;
    });
  }
  const share = (part: number) => (individuals === 0 ? 0 : part / individuals);
  return {
    highest,
    average: share(sum),
    shareAbove: Object.fromEntries(riskThresholds.map((threshold, t) => [String(threshold), share(above[t]!)])),
  };
}
