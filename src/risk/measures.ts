import type { AttackerRisk } from './attacker.ts';
import type { Combination } from './combinations.ts';
import type { Diversity } from './diversity.ts';
import type { PopulationUniqueness } from './population-uniqueness.ts';
import type { ClassSizes } from './reidentification.ts';
import type { TableLoss } from './table-loss.ts';
import type { Utility } from './utility.ts';

/** What was measured of a file. The form of `anon measure --json`; `measure-names.ts` has names of its figures. */
export interface Measurement {
  readonly records: { readonly total: number; readonly suppressed: number };
  readonly unit: string | null;
  readonly quasiIdentifiers: readonly string[];
  readonly individuals: number;
  readonly classes: ClassSizes;
  /** Individuals in a class of their own. */
  readonly uniques: { readonly individuals: number; readonly share: number };
  readonly sensitive: readonly Diversity[];
  readonly models: readonly {
    readonly name: string;
    readonly required: Readonly<Record<string, number | string>>;
    readonly measured: Readonly<Record<string, number>>;
    readonly holds: boolean;
  }[];
  readonly risk: {
    readonly prosecutor: AttackerRisk;
    readonly journalist: AttackerRisk;
    readonly marketer: { readonly average: number };
  };
  /** The classes in a table of the population; null without one. */
  readonly populationTable: {
    readonly individuals: number;
    /** Individuals in the smallest class there: the k of k-map. */
    readonly k: number;
    /** Individuals of the data whose class has fewer members there than in the data: it is no population of the data. */
    readonly outside: number;
    /**
     * The least and the largest share of a class of the population that is in the data: the bounds of delta-presence. Null where the
     * population does not contain the data.
     */
    readonly presence: { readonly min: number; readonly max: number } | null;
  } | null;
  readonly populationUniqueness: PopulationUniqueness | null;
  readonly combinations: readonly Combination[];
  /** Of the fields that the policy generalizes; null without a policy that generalizes some. */
  readonly loss: TableLoss | null;
  readonly utility: Utility | null;
}

/** What a file yields by itself. */
export type OwnMeasures = Omit<Measurement, 'loss' | 'utility'>;
