import { type Diagnostic, Failure, fail } from '../base/diagnostic.ts';
import { didYouMean } from '../base/suggest.ts';
import { createCensusCoder, takeCensus } from '../engine/census.ts';
import { createClassView, tupleValues } from '../engine/class-view.ts';
import { measureModels } from '../engine/suppression.ts';
import type { Progress } from '../io/progress.ts';
import type { Policy } from '../policy/policy.ts';
import { attackerRisk } from '../risk/attacker.ts';
import { combinationsOf } from '../risk/combinations.ts';
import { diversityOf } from '../risk/diversity.ts';
import { createMarginals, type Marginals } from '../risk/marginals.ts';
import { type Measurement, measuresOf } from '../risk/measures.ts';
import { populationUniqueness } from '../risk/population-uniqueness.ts';
import { classSizes } from '../risk/reidentification.ts';
import { sizeFrequencies } from '../risk/size-frequencies.ts';
import { isBeyond, parseThreshold, type Threshold } from '../risk/thresholds.ts';
import { utilityOf } from '../risk/utility.ts';
import { type MeasuredFields, measuredFields, type StatedFields } from './measured-fields.ts';
import { type MeasuredFile, openMeasured } from './measured-file.ts';
import { populationFigures, populationOf } from './measured-population.ts';
import { hierarchiesOf, loadPolicy, readPolicyFiles } from './policy-file.ts';

export interface MeasureRequest extends StatedFields {
  /** Paths; `-` is standard input. */
  readonly data: string;
  readonly policy: string | undefined;
  /** A table of the population that the data is a part of. */
  readonly population: string | undefined;
  readonly source: string | undefined;
  readonly format: string | undefined;
  readonly delimiter: string | undefined;
  /** Individuals in the population, or the share of them that the data holds. */
  readonly populationSize: number | undefined;
  readonly samplingFraction: number | undefined;
  /** Most fields in a combination; 0: none are looked at. */
  readonly combinations: number;
  readonly failIf: readonly string[];
}

export interface MeasureOutcome {
  readonly measurement: Measurement;
  readonly thresholds: readonly {
    readonly condition: string;
    readonly measured: number | null;
    readonly failed: boolean;
  }[];
  readonly warnings: readonly Diagnostic[];
}

/** Measure a file as it is. Throws a Failure when that is not possible; that a threshold is passed is an outcome. */
export async function measure(request: MeasureRequest, progress?: Progress): Promise<MeasureOutcome> {
  const thresholds = all(request.failIf.map((text) => () => parseThreshold(text)));
  checkRequest(request);
  const policy = request.policy === undefined ? undefined : await loadPolicy(request.policy);
  const options = { policy, format: request.format, delimiter: request.delimiter, progress };
  const data = await openMeasured(request.data, options);
  const others: MeasuredFile[] = [];
  try {
    const fields = measuredFields(request, policy, data.columns, data.name);
    if (request.population !== undefined && fields.unit !== undefined) {
      throw fail('USAGE', 'the classes of a unit are not looked up in a population', {
        hint: 'leave --population or the unit out',
      });
    }
    checkModels(request, policy, fields.unit);
    const measures = measuresOf({
      sensitive: fields.sensitive,
      populationTable: request.population !== undefined,
      populationSize: request.population !== undefined || sizeOf(request, 1) !== undefined,
      compared: request.source === undefined ? [] : comparedFields(fields),
      models: policy?.privacy?.models.map(({ definition }) => definition.name) ?? [],
    });
    checkNames(thresholds, [...measures.keys()]);
    const open = async (path: string | undefined) => {
      if (path === undefined) return undefined;
      const file = await openMeasured(path, options);
      others.push(file);
      measuredFields({ ...fields, unit: undefined }, undefined, file.columns, file.name);
      return file;
    };
    const population = await open(request.population);
    const source = await open(request.source);
    const measurement = await measured(request, policy, fields, data, population, source);
    return {
      measurement,
      thresholds: thresholds.map((threshold) => {
        const value = measures.get(threshold.measure)!(measurement);
        return { condition: threshold.text, measured: value, failed: isBeyond(threshold, value) };
      }),
      warnings: policy?.warnings ?? [],
    };
  } finally {
    for (const file of [data, ...others]) await file.close();
  }
}

async function measured(
  request: MeasureRequest,
  policy: Policy | undefined,
  { quasi, sensitive, unit }: MeasuredFields,
  data: MeasuredFile,
  population: MeasuredFile | undefined,
  source: MeasuredFile | undefined,
): Promise<Measurement> {
  const names = [...new Set([...quasi, ...sensitive, ...(unit === undefined ? [] : [unit])])];
  const at = (name: string) => ({ name, field: names.indexOf(name) });
  const places = {
    quasi: quasi.map((name) => at(name).field),
    sensitive: sensitive.map(at),
    unit: unit === undefined ? undefined : at(unit),
  };
  const coder = createCensusCoder(places);
  const census = await takeCensus(data.read(names), places, coder);
  if (census.records === 0) throw fail('DATA-EMPTY', 'the input holds no records', { place: { file: data.name } });
  const table = population === undefined ? undefined : await populationOf(population, quasi, coder, census);
  const seen = table === undefined ? census.population : { ...census.population, population: table };
  const view = policy?.privacy && createClassView(policy.privacy, undefined, (_, text) => text);
  const classes = view?.(seen, tupleValues(census.tuples, coder.texts)) ?? seen;
  const sizes = classSizes(classes);
  const prosecutor = attackerRisk(classes, classes.matching ?? classes.size);
  const journalist = table === undefined ? prosecutor : attackerRisk(classes, table.atLeast);
  const people = table?.records ?? sizeOf(request, classes.individuals);
  if (people !== undefined && people < classes.individuals) {
    throw fail('USAGE', 'the population is smaller than the data', {
      hint: `the data holds ${classes.individuals.toLocaleString('en')} individuals`,
    });
  }
  const models =
    policy?.privacy === undefined
      ? []
      : measureModels(policy, policy.privacy, classes, classes, {
          hierarchy: hierarchiesOf(policy, await readPolicyFiles(policy)),
        });
  const frequencies = sizeFrequencies(classes);
  const uniques = frequencies.sizes[0] === 1 ? frequencies.counts[0]! : 0;
  return {
    records: { total: census.records, suppressed: census.suppressed },
    unit: unit ?? null,
    quasiIdentifiers: quasi,
    individuals: classes.individuals,
    classes: sizes,
    uniques: { individuals: uniques, share: classes.individuals === 0 ? 0 : uniques / classes.individuals },
    sensitive: sensitive.map((field) => diversityOf(field, classes)),
    models,
    risk: { prosecutor, journalist, marketer: { average: journalist.average } },
    populationTable: table === undefined ? null : populationFigures(table, classes),
    populationUniqueness: people === undefined ? null : populationUniqueness(frequencies, people),
    combinations: combinationsOf(quasi, census.tuples, request.combinations),
    utility: source === undefined ? null : await compared(comparedFields({ quasi, sensitive }), source, data),
  };
}

/** What a model of the policy asks for must be at hand: a model that is not measured is none that holds. */
function checkModels({ population }: MeasureRequest, policy: Policy | undefined, unit: string | undefined): void {
  const asking = policy?.privacy?.models.find(({ definition }) => definition.population);
  if (asking !== undefined && population === undefined) {
    throw fail('USAGE', `\`${asking.definition.name}\` of the policy compares with a population`, {
      hint: 'say --population FILE, generalized as the data is, or name the fields with --quasi in place of --policy',
    });
  }
  if (policy?.privacy?.nulls === 'wildcard' && unit !== undefined) {
    throw fail('USAGE', 'the policy has nulls match every value, which they do only where a record is one individual', {
      hint: 'leave --unit out',
    });
  }
}

async function compared(fields: readonly string[], source: MeasuredFile, data: MeasuredFile) {
  const marginals = async (file: MeasuredFile): Promise<Marginals> => {
    const found = createMarginals(fields.length);
    for await (const { records, values } of file.read(fields)) found.add(records, values);
    return found;
  };
  return utilityOf(fields, await marginals(source), await marginals(data));
}

function comparedFields({ quasi, sensitive }: Pick<MeasuredFields, 'quasi' | 'sensitive'>): readonly string[] {
  return [...new Set([...quasi, ...sensitive])];
}

function sizeOf({ populationSize, samplingFraction }: MeasureRequest, individuals: number): number | undefined {
  return populationSize ?? (samplingFraction === undefined ? undefined : individuals / samplingFraction);
}

function checkRequest({
  data,
  population,
  source,
  populationSize,
  samplingFraction,
  ...request
}: MeasureRequest): void {
  const given = [population, populationSize, samplingFraction].filter((value) => value !== undefined);
  if (given.length > 1) {
    throw fail('USAGE', '--population, --population-size and --sampling-fraction say the same', {
      hint: 'say one of them',
    });
  }
  if ([data, population, source, request.policy].filter((path) => path === '-').length > 1) {
    throw fail('USAGE', 'two files would be read from standard input', { hint: 'name a file for one' });
  }
}

function checkNames(thresholds: readonly Threshold[], names: readonly string[]): void {
  const unknown = thresholds.filter(({ measure }) => !names.includes(measure));
  if (unknown.length === 0) return;
  throw new Failure(
    unknown.map(({ measure }) => ({
      code: 'USAGE',
      message: `no measure is named \`${measure}\` here`,
      hint: didYouMean(measure, names) ?? `measures: ${names.join(', ')}`,
    })),
  );
}

/** All results, or a Failure with all that is wrong. */
function all<T>(tasks: readonly (() => T)[]): T[] {
  const problems: Diagnostic[] = [];
  const results = tasks.flatMap((task) => {
    try {
      return [task()];
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      problems.push(...error.diagnostics);
      return [];
    }
  });
  if (problems.length > 0) throw new Failure(problems);
  return results;
}
