import type { AttackerRisk } from './attacker.ts';
import type { Combination } from './combinations.ts';
import type { Diversity } from './diversity.ts';
import type { PopulationUniqueness } from './population-uniqueness.ts';
import { type ClassSizes, riskThresholds } from './reidentification.ts';
import type { Utility } from './utility.ts';

/** What was measured of a file. The form of `anon measure --json`. */
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
    readonly records: number;
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
  readonly utility: Utility | null;
}

/** What names of measures depend on: known before anything is read. */
export interface Measured {
  readonly sensitive: readonly string[];
  readonly populationTable: boolean;
  readonly populationSize: boolean;
  /** Fields compared with the source. */
  readonly compared: readonly string[];
  readonly models: readonly string[];
}

type Reading = (measurement: Measurement) => number | null;

/** Every measure that a threshold can name, by its name; null: it has no value for this data. */
export function measuresOf(measured: Measured): ReadonlyMap<string, Reading> {
  const all = new Map<string, Reading>([
    ['records', ({ records }) => records.total],
    ['suppressed', ({ records }) => records.suppressed],
    ['suppressed.share', ({ records }) => records.suppressed / records.total],
    ['individuals', ({ individuals }) => individuals],
    ['classes', ({ classes }) => classes.classes],
    ['classes.mean', ({ classes }) => classes.mean],
    ['classes.largest', ({ classes }) => classes.largest],
    ['k', ({ classes }) => classes.smallest],
    ['uniques', ({ uniques }) => uniques.individuals],
    ['uniques.share', ({ uniques }) => uniques.share],
    ['risk.highest', ({ risk }) => risk.prosecutor.highest],
    ['risk.average', ({ risk }) => risk.prosecutor.average],
    ['journalist.highest', ({ risk }) => risk.journalist.highest],
    ['journalist.average', ({ risk }) => risk.journalist.average],
    ['marketer', ({ risk }) => risk.marketer.average],
  ]);
  for (const threshold of riskThresholds) {
    all.set(`risk.above(${threshold})`, ({ risk }) => risk.prosecutor.shareAbove[String(threshold)]!);
    all.set(`journalist.above(${threshold})`, ({ risk }) => risk.journalist.shareAbove[String(threshold)]!);
  }
  const diversity = (of: (diversity: Diversity) => number, worst: (...values: number[]) => number, name: string) => {
    if (measured.sensitive.length > 0) all.set(name, ({ sensitive }) => worst(...sensitive.map(of)));
    for (const [s, field] of measured.sensitive.entries()) {
      all.set(`${name}(${field})`, ({ sensitive }) => of(sensitive[s]!));
    }
  };
  diversity(({ distinct }) => distinct, Math.min, 'l');
  diversity(({ entropy }) => entropy, Math.min, 'entropy-l');
  diversity(({ closeness }) => closeness, Math.max, 't');
  if (measured.models.length > 0) {
    all.set('violations', ({ models }) => models.filter(({ holds }) => !holds).length);
  }
  if (measured.populationTable) {
    all.set('k-map', ({ populationTable }) => populationTable!.k);
    all.set('delta-presence.min', ({ populationTable }) => populationTable!.presence?.min ?? null);
    all.set('delta-presence.max', ({ populationTable }) => populationTable!.presence?.max ?? null);
  }
  if (measured.populationSize) {
    all.set('population.uniques', ({ populationUniqueness }) => populationUniqueness!.uniques);
    all.set('population.share', ({ populationUniqueness }) => populationUniqueness!.share);
  }
  for (const [f, field] of measured.compared.entries()) {
    all.set(`entropy-kept(${field})`, ({ utility }) => utility!.fields[f]!.entropyKept);
    all.set(`distance(${field})`, ({ utility }) => utility!.fields[f]!.distance);
    all.set(`earth-mover(${field})`, ({ utility }) => utility!.fields[f]!.earthMover);
  }
  if (measured.compared.length > 1) {
    all.set('correlation-change', ({ utility }) =>
      utility!.correlations.length === 0 ? null : Math.max(...utility!.correlations.map(({ change }) => change)),
    );
  }
  return all;
}
