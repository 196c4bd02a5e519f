import { riskThresholds } from './attacker.ts';
import { choices } from './combinations.ts';
import type { Diversity } from './diversity.ts';
import type { Measurement } from './measures.ts';

/** What names of measures depend on: known before anything is read. */
export interface Measured {
  readonly quasi: readonly string[];
  readonly sensitive: readonly string[];
  readonly populationTable: boolean;
  readonly populationSize: boolean;
  /** Fields compared with the source. */
  readonly compared: readonly string[];
  readonly models: readonly { readonly name: string; readonly required: Readonly<Record<string, number | string>> }[];
  /** Quasi-identifiers whose loss is told. */
  readonly generalized: readonly string[];
  /** Most fields in a combination. */
  readonly combinations: number;
}

/** null: it has no value for this data. */
type Reading = (measurement: Measurement) => number | null;
type Named = readonly (readonly [name: string, reading: Reading])[];

/** Every figure of a measurement by the name under which a threshold asks for it. */
export function measuresOf(measured: Measured): ReadonlyMap<string, Reading> {
  return new Map<string, Reading>([
    ...sizes,
    ...histogram,
    ...risks,
    ...diversities(measured.sensitive),
    ...models(measured.models),
    ...(measured.populationTable ? inPopulation : []),
    ...(measured.populationSize ? uniqueness : []),
    ...combinations(measured),
    ...losses(measured.generalized),
    ...comparisons(measured.compared),
  ]);
}

const sizes: Named = [
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
];

/** `classes.from(4)` are the classes of 4 to 7, `individuals.from(4)` who is in them. */
const histogram: Named = Array.from({ length: 31 }, (_, power) => 2 ** power).flatMap((from): Named => {
  const bin = ({ classes }: Measurement) => classes.histogram.find((one) => one.from === from);
  return [
    [`classes.from(${from})`, (measurement) => bin(measurement)?.classes ?? 0],
    [`individuals.from(${from})`, (measurement) => bin(measurement)?.individuals ?? 0],
  ];
});

const risks: Named = [
  ['risk.highest', ({ risk }) => risk.prosecutor.highest],
  ['risk.average', ({ risk }) => risk.prosecutor.average],
  ['journalist.highest', ({ risk }) => risk.journalist.highest],
  ['journalist.average', ({ risk }) => risk.journalist.average],
  ['marketer', ({ risk }) => risk.marketer.average],
  ...riskThresholds.flatMap(
    (threshold): Named => [
      [`risk.above(${threshold})`, ({ risk }) => risk.prosecutor.shareAbove[String(threshold)]!],
      [`journalist.above(${threshold})`, ({ risk }) => risk.journalist.shareAbove[String(threshold)]!],
    ],
  ),
];

function diversities(fields: readonly string[]): Named {
  const named = (name: string, of: (diversity: Diversity) => number, worst: (...values: number[]) => number): Named => [
    ...(fields.length === 0 ? [] : [[name, ({ sensitive }: Measurement) => worst(...sensitive.map(of))] as const]),
    ...fields.map((field, s) => [`${name}(${field})`, ({ sensitive }: Measurement) => of(sensitive[s]!)] as const),
  ];
  return [
    ...named('l', ({ distinct }) => distinct, Math.min),
    ...named('entropy-l', ({ entropy }) => entropy, Math.min),
    ...named('t', ({ closeness }) => closeness, Math.max),
  ];
}

/** `k-anonymity.k`; `l-diversity.l(diagnosis)` where the model is about a field. Of two models of one name and field the first. */
function models(all: Measured['models']): Named {
  if (all.length === 0) return [];
  const figures = all.flatMap(({ name, required }, m) =>
    Object.entries(required).flatMap(([figure, value]): Named => {
      if (typeof value !== 'number') return [];
      const of = typeof required.sensitive === 'string' ? `(${required.sensitive})` : '';
      return [[`${name}.${figure}${of}`, (measurement) => measurement.models[m]!.measured[figure] ?? null]];
    }),
  );
  const violations: Reading = ({ models: found }) => found.filter(({ holds }) => !holds).length;
  return [['violations', violations], ...figures.reverse()];
}

const inPopulation: Named = [
  ['k-map', ({ populationTable }) => populationTable!.k],
  ['delta-presence.min', ({ populationTable }) => populationTable!.presence?.min ?? null],
  ['delta-presence.max', ({ populationTable }) => populationTable!.presence?.max ?? null],
  ['population.individuals', ({ populationTable }) => populationTable!.individuals],
  ['population.outside', ({ populationTable }) => populationTable!.outside],
];

const uniqueness: Named = [
  ['population.uniques', ({ populationUniqueness }) => populationUniqueness!.uniques],
  ['population.share', ({ populationUniqueness }) => populationUniqueness!.share],
  ['population.zayatz', ({ populationUniqueness }) => populationUniqueness!.zayatz],
  ['population.pitman', ({ populationUniqueness }) => populationUniqueness!.pitman],
  ['population.snb', ({ populationUniqueness }) => populationUniqueness!.snb],
  ['sampling-fraction', ({ populationUniqueness }) => populationUniqueness!.samplingFraction],
];

/** `separation(age + zip)`; the fields in the order in which they were named. */
function combinations({ quasi, combinations: most }: Measured): Named {
  return choices(quasi.length, most).flatMap((chosen): Named => {
    const fields = chosen.map((d) => quasi[d]!);
    const name = fields.join(joint);
    const of = ({ combinations: all }: Measurement) => all.find((one) => one.fields.join(joint) === name)!;
    return [
      [`distinction(${name})`, (measurement) => of(measurement).distinction],
      [`separation(${name})`, (measurement) => of(measurement).separation],
      [`uniques(${name})`, (measurement) => of(measurement).uniques],
    ];
  });
}

function losses(fields: readonly string[]): Named {
  if (fields.length === 0) return [];
  return [
    ['loss', ({ loss }) => loss!.geometric],
    ['loss.arithmetic', ({ loss }) => loss!.arithmetic],
    ...fields.map((field) => [`loss(${field})`, ({ loss }: Measurement) => lossOf(loss, field)] as const),
  ];
}

function lossOf(loss: Measurement['loss'], field: string): number | null {
  return loss!.fields.find((one) => one.field === field)!.loss;
}

function comparisons(fields: readonly string[]): Named {
  const ofFields = fields.flatMap((field, f): Named => {
    const of = ({ utility }: Measurement) => utility!.fields[f]!;
    return [
      [`entropy-kept(${field})`, (measurement) => of(measurement).entropyKept],
      [`distance(${field})`, (measurement) => of(measurement).distance],
      [`earth-mover(${field})`, (measurement) => of(measurement).earthMover],
    ];
  });
  if (fields.length < 2) return ofFields;
  const pairs = choices(fields.length, 2).filter(({ length }) => length === 2);
  const ofPairs = pairs.flatMap((pair): Named => {
    const name = pair.map((f) => fields[f]!).join(joint);
    const of = ({ utility }: Measurement) => utility!.correlations.find((one) => one.fields.join(joint) === name);
    return [
      [`correlation.source(${name})`, (measurement) => of(measurement)?.source ?? null],
      [`correlation(${name})`, (measurement) => of(measurement)?.release ?? null],
      [`correlation-change(${name})`, (measurement) => of(measurement)?.change ?? null],
    ];
  });
  const largest: Reading = ({ utility }) =>
    utility!.correlations.length === 0 ? null : Math.max(...utility!.correlations.map(({ change }) => change));
  return [...ofFields, ['correlation-change', largest], ...ofPairs];
}

/** As combinations are shown. */
const joint = ' + ';
