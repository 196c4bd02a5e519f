import { at, type Diagnostic, Failure, fail } from '../base/diagnostic.ts';
import { didYouMean } from '../base/suggest.ts';
import type { Format, InputOptions, Opened } from '../formats/batch.ts';
import { notationOf } from '../policy/notations.ts';
import type { Plan } from '../policy/plan.ts';
import type { Policy } from '../policy/policy.ts';
import { columnNameOf, isPath, isRepeated } from '../policy/selectors.ts';
import { Codes } from '../table/codes.ts';
import type { Column } from '../table/column.ts';
import { plainNotations } from '../table/notation.ts';
import type { PopulationTable } from '../table/population-table.ts';
import { Tuples } from '../table/tuples.ts';
import { type Coder, createCoder } from './coder.ts';
import { readColumns } from './columns.ts';
import { requireUnits, unitChain } from './counting.ts';
import { createFieldRun } from './field-run.ts';
import type { SlotColumn } from './gather.ts';
import { InputFiles } from './input-files.ts';
import type { MeasuredSlots } from './roles.ts';
import type { InputSource } from './source.ts';

/** The file that holds a table of the population. */
export interface PopulationInput {
  readonly format: Format;
  readonly options: InputOptions;
  /** The head of `source`, read. */
  readonly opened: Opened;
  readonly source: InputSource;
  readonly nullValues: readonly string[];
}

/** A population as the models compare with it, and as it is given. */
export interface ReadPopulation {
  readonly people: PopulationTable;
  /** Undefined where nobody asks. */
  readonly given: PopulationTable | undefined;
}

/** A field and what it is called in the population. */
interface Named {
  readonly field: Plan['fields'][number];
  readonly name: string;
  readonly what: string;
}

/**
 * Read the quasi-identifiers of a table of the population; what the plan does to them is done to its values, levels that are searched for
 * left at 0. Where there is a unit, it tells the population's individuals, too. `paths`: the data's fields are named by paths; `observed`: the
 * population as it is given is asked for, too. Memory grows
 * with the number of distinct tuples; with a unit it takes 8 bytes a record, and the distinct units. Throws a Failure with all
 * fields that are not there, at their place in the policy, or at the first value that cannot be read, in the file.
 */
export async function readPopulation(
  policy: Policy,
  { fields }: Plan,
  { quasi, unit, unitNormalization }: Pick<MeasuredSlots, 'quasi' | 'unit' | 'unitNormalization'>,
  { source, ...input }: PopulationInput,
  paths: boolean,
  observed: boolean,
): Promise<ReadPopulation> {
  const written = policy.privacy?.population?.input.notations ?? plainNotations;
  const nameOf = (slot: number, what: string): Named => {
    const planned = fields[slot]!;
    const { rule } = planned;
    const field = { ...planned, rule: { ...rule, notation: notationOf(written, rule.type) } };
    const name = policy.privacy?.population?.names.get(field.name) ?? usualName(field.name, paths, input.format.paths);
    return { field, name, what };
  };
  const own = quasi.map((slot) => nameOf(slot, 'a quasi-identifier'));
  const named = unit === undefined || quasi.includes(unit) ? own : [...own, nameOf(unit, 'the unit')];
  const unitAt = unit === undefined ? -1 : quasi.includes(unit) ? quasi.indexOf(unit) : own.length;
  checkNames(policy, named, own.length, input.format.paths);
  const columns = input.opened.fields;
  if (columns !== undefined) requireFields(policy, named, (name) => columns.includes(name), columns);
  const runs = own.map(({ field }) => createFieldRun(field));
  const normalize = unitChain(unitNormalization);
  const people = createPeople(quasi.length);
  const given = observed ? createPeople(quasi.length) : undefined;
  const reading = readColumns({
    ...input,
    files: new InputFiles([{ source, opened: input.opened }]),
    fields: named.map(({ field, name }) => ({
      name,
      numbers: false,
      notation: field.rule.notation,
    })),
    only: true,
  });
  try {
    for await (const batch of reading.batches()) {
      const cells = runs.map((_, d) => batch.values[d]!.cells);
      const values = runs.map((run, d) => run.values(cells[d]!, batch.firstRecord));
      const unitCells = batch.values[unitAt]?.cells;
      if (unitCells) requireUnits(batch, unitCells, named[unitAt]!.name, 'the unit of the privacy models');
      const byUnit = unitCells && { cells: unitCells, values: normalize(unitCells) };
      people.add(batch.records, cells, values, byUnit);
      given?.add(batch.records, cells, cells, byUnit);
    }
  } catch (error) {
    throw error instanceof Failure ? at(error, { file: source.name }) : error;
  }
  const counted = people.finish();
  if (counted.individuals === 0) {
    const hint = 'check that the file is the one you meant';
    throw fail('DATA-EMPTY', 'the population holds no records', { place: { file: source.name }, hint });
  }
  const order = named.map(({ name }) => name);
  requireFields(policy, named, (name) => reading.found(order.indexOf(name)), []);
  return { people: counted, given: given?.finish() };
}

/** Counts the tuples of `width` fields, and where there are units remembers whose they are. */
function createPeople(width: number) {
  const coder = createCoder(width, 0, Buffer.alloc(0));
  const tuples = new Tuples(width);
  const unitOf = new Codes();
  const tupleOf = new Codes();
  let records = 0;
  let individuals = 0;
  return {
    add(count: number, cells: readonly SlotColumn[], values: readonly Column[], unit: Parameters<Coder['code']>[3]) {
      const fields = cells.map((own, d) => ({ cells: own, values: values[d]!, keepsNulls: false, numbers: false }));
      const coded = coder.code(count, fields, [], unit);
      for (let r = 0; r < count; r++) {
        const tuple = tuples.add(coded.tuples, r * width);
        if (coded.units === undefined) continue;
        individuals = Math.max(individuals, coded.units[r]! + 1);
        unitOf.push(coded.units[r]!);
        tupleOf.push(tuple);
      }
      records += count;
    },
    finish(): PopulationTable {
      const texts = Array.from({ length: width }, (_, d) => [null, ...coder.texts(d).map((text) => text ?? null)]);
      if (individuals === 0) return { individuals: records, texts, tuples };
      return { individuals, texts, tuples, units: { unitOf: unitOf.values(), tupleOf: tupleOf.values() } };
    },
  };
}

/** `$.patient.age` is `patient.age` in a table, and `age` is `$.age` in JSON. */
function usualName(field: string, paths: boolean, populationPaths: boolean): string {
  if (paths === populationPaths) return field;
  return paths ? columnNameOf(field, true) : `$['${field.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}']`;
}

/**
 * What is done to the first `values` of them must depend on the value alone, as the population has no other fields; and each must have a
 * place of its own there.
 */
function checkNames(policy: Policy, named: readonly Named[], values: number, paths: boolean): void {
  const problems: Diagnostic[] = [];
  const taken = new Map<string, string>();
  for (const [d, { field, name }] of named.entries()) {
    if (d < values && field.peers.length > 0) {
      const message = 'it looks at other fields of the record, so it cannot be done to a population';
      problems.push(policy.problem('POLICY-MEANING', ['fields', field.rule.selector, 'transform'], message));
    }
    const refuse = (message: string, hint: string) =>
      problems.push(policy.problem('POLICY-MEANING', placeOf(policy, field.name), message, hint));
    const twin = taken.get(name);
    taken.set(name, field.name);
    if (twin !== undefined) refuse(`\`${twin}\` and \`${field.name}\` are both \`${name}\` there`, naming);
    else if (paths && !isPath(name))
      refuse(`\`${name}\` is no path, and the population is JSON`, `write \`$.${name}\``);
    else if (paths && isRepeated(name)) refuse(`\`${name}\` may have several values in a record`, naming);
  }
  if (problems.length > 0) throw new Failure(problems);
}

function requireFields(
  policy: Policy,
  named: readonly Named[],
  has: (name: string) => boolean,
  columns: readonly string[],
): void {
  const absent = named.flatMap(({ field, name, what }): Diagnostic[] => {
    if (has(name)) return [];
    const message = `the population has no field \`${name}\`, and \`${field.name}\` is ${what}`;
    return [policy.problem('DATA-FIELDS', placeOf(policy, field.name), message, didYouMean(name, columns) ?? naming)];
  });
  if (absent.length > 0) throw new Failure(absent);
}

const naming = 'say what it is called there: `fields: { NAME: COLUMN }` under `population`';

function placeOf(policy: Policy, field: string): readonly string[] {
  const named = policy.privacy?.population?.names.has(field);
  return ['privacy', 'population', ...(named ? ['fields', field] : ['file'])];
}
