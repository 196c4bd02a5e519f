import { type Diagnostic, Failure, fail } from '../base/diagnostic.ts';
import { paced } from '../base/steps.ts';
import { didYouMean } from '../base/suggest.ts';
import { thousands } from '../base/thousands.ts';
import { createCensusCoder, takeCensus } from '../engine/census.ts';
import { tupleValues } from '../engine/class-view.ts';
import { createBreathe } from '../io/breathe.ts';
import { createCountThread } from '../io/count-thread.ts';
import type { Progress } from '../io/progress.ts';
import type { Policy } from '../policy/policy.ts';
import { createMarginals } from '../risk/marginals.ts';
import { type Measured, measuresOf } from '../risk/measure-names.ts';
import { needOf } from '../risk/measure-needs.ts';
import { measurementOf } from '../risk/measurement.ts';
import type { Measurement } from '../risk/measures.ts';
import { tableLoss } from '../risk/table-loss.ts';
import { isBeyond, parseThreshold, type Threshold } from '../risk/thresholds.ts';
import { utilityOf } from '../risk/utility.ts';
import { fieldLoss } from './field-loss.ts';
import type { MeasurePolicy } from './measure-policy.ts';
import { type MeasuredFields, measuredFields, type StatedFields, statedBy } from './measured-fields.ts';
import { type MeasuredFile, openMeasured } from './measured-file.ts';
import { populationOf } from './measured-population.ts';
import type { TableForm } from './table-form.ts';
import { fileSystem, inputsOfOne } from './table-inputs.ts';

export interface MeasureRequest extends StatedFields, TableForm {
  /** Paths and patterns of the files of one table, or the path of a bundle; `-` is standard input. */
  readonly data: readonly string[];
  /** Which table of a bundle of several. */
  readonly table: string | undefined;
  readonly policy: string | undefined;
  /** A table of the population that the data is a part of. */
  readonly population: string | undefined;
  readonly source: string | undefined;
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
  const loaded = request.policy === undefined ? undefined : await loadMeasurePolicy(request.policy);
  const policy = loaded?.policy;
  const { format, delimiter, encoding, header, decimal, thousands, dateFormat, table } = request;
  const form = { format, delimiter, encoding, header, decimal, thousands, dateFormat };
  const options = { policy, ...form, once: true, progress };
  const paths = await inputsOfOne(request.data, fileSystem);
  const data = await openMeasured(paths, { ...options, table, once: request.source === undefined });
  const others: MeasuredFile[] = [];
  try {
    const stated = policy === undefined ? statedBy(data.licensed, request, data.columns) : request;
    const fields = measuredFields(stated, policy, data.columns, data.name);
    loaded?.check(request.population);
    const measures = measuresOf({
      sensitive: fields.sensitive,
      populationTable: request.population !== undefined,
      populationSize: request.population !== undefined || sizeOf(request, 1) !== undefined,
      compared: request.source === undefined ? [] : comparedFields(fields),
      models: modelNames(policy),
      quasi: fields.quasi,
      combinations: request.combinations,
      generalized: loaded === undefined ? [] : loaded.targets(fields.quasi).map(({ field }) => field),
    });
    checkNames(thresholds, [...measures.keys()]);
    const open = async (path: string | undefined, asked: StatedFields) => {
      if (path === undefined) return undefined;
      const file = await openMeasured(await inputsOfOne([path], fileSystem), options);
      others.push(file);
      measuredFields(asked, undefined, file.columns, file.name);
      return file;
    };
    const population = await open(request.population, { ...fields, sensitive: [] });
    const source = await open(request.source, { ...fields, unit: undefined });
    const measurement = await measured(request, loaded, fields, data, population, source);
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
  loaded: MeasurePolicy | undefined,
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
  const thread = createCountThread(quasi.length, sensitive.length);
  const census = await takeCensus(data.read(names), places, coder, thread).finally(thread.close);
  if (census.records === 0) throw fail('DATA-EMPTY', 'the input holds no records', { place: { file: data.name } });
  const table = population === undefined ? undefined : await populationOf(population, { quasi, unit }, coder, census);
  const seen = table === undefined ? census.population : { ...census.population, population: table };
  const classes = loaded?.seen(seen, () => tupleValues(census.tuples, coder.texts)) ?? seen;
  const people = table?.individuals ?? sizeOf(request, classes.individuals);
  if (people !== undefined && people < classes.individuals) {
    throw fail('USAGE', 'the population is smaller than the data', {
      hint: `the data holds ${thousands(classes.individuals)} individuals`,
    });
  }
  const compare = comparedFields({ quasi, sensitive });
  const before = source && (await marginalsOf(source, compare));
  const after = source && (await marginalsOf(data, compare));
  const breathe = createBreathe();
  const own = await paced(
    measurementOf({
      records: { total: census.records, suppressed: census.suppressed },
      unit,
      quasi,
      sensitive,
      classes,
      tuples: census.tuples,
      models: loaded?.models(classes) ?? [],
      people,
      combinations: request.combinations,
    }),
    breathe,
  );
  const lost = data.licensed?.privacy.suppressed.records ?? (before && Math.max(0, before.records - census.records));
  return {
    ...own,
    loss: tableLoss(
      (loaded?.targets(quasi) ?? []).map((target) => ({
        ...target,
        loss: fieldLoss(target, quasi.indexOf(target.field), census, coder, lost ?? 0, {
          level: data.licensed?.privacy.generalization?.find(({ field }) => field === target.field)?.level,
          source: before?.marginals.counts(compare.indexOf(target.field)),
        }),
      })),
    ),
    utility: before && after ? await paced(utilityOf(compare, before.marginals, after.marginals), breathe) : null,
  };
}

/** Parsing a policy takes longer than measuring a small file: it is loaded where there is one. */
async function loadMeasurePolicy(path: string): Promise<MeasurePolicy> {
  const { measurePolicy } = await import('./measure-policy.ts');
  return measurePolicy(path);
}

async function marginalsOf(file: MeasuredFile, fields: readonly string[]) {
  const marginals = createMarginals(fields.length);
  let records = 0;
  for await (const batch of file.read(fields)) {
    marginals.add(batch.records, batch.values);
    records += batch.records;
  }
  return { marginals, records };
}

function comparedFields({ quasi, sensitive }: Pick<MeasuredFields, 'quasi' | 'sensitive'>): readonly string[] {
  return [...new Set([...quasi, ...sensitive])];
}

function modelNames(policy: Policy | undefined): Measured['models'] {
  return (policy?.privacy?.models ?? []).map(({ definition, options }) => ({
    name: definition.name,
    required: definition.required(options),
  }));
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
  if ([...data, population, source, request.policy].filter((path) => path === '-').length > 1) {
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
      hint:
        needHint(measure, names) ??
        didYouMean(measure, names) ??
        `measures: ${names.filter((name) => !name.includes('(')).join(', ')}, and more by field`,
    })),
  );
}

function needHint(measure: string, names: readonly string[]): string | undefined {
  const need = needOf(measure, names);
  return need && `it needs ${need}`;
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
