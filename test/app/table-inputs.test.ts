import { describe, expect, it } from 'vitest';
import { type Paths, tableInputs } from '../../src/app/table-inputs.ts';
import { Failure, fail } from '../../src/base/diagnostic.ts';
import { parseTables } from '../../src/policy/parse.ts';
import { hospital } from '../policy/hospital.ts';

const where = { file: 'policy.yaml', directory: '.' };
const two = parseTables(Buffer.from(hospital), where);
const one = parseTables(
  Buffer.from('policy: anon/v1\nname: x\nversion: "1"\nfields: { a: { role: insensitive, transform: keep } }\n'),
  where,
);

/** Files by pattern; `link.csv` leads to `a.csv`. */
const patterns: Record<string, string[]> = {
  'data/*.csv': ['data/patients.csv', 'data/visits.csv'],
  'v/*.csv': ['v/2024.csv', 'v/2025.csv'],
  '*.csv': ['a.csv', 'link.csv'],
};
const paths: Paths = {
  async expand(path) {
    if (!path.includes('*')) return [path];
    const found = patterns[path];
    if (found === undefined) throw fail('FILE-MISSING', 'no file matches', { hint: 'look' });
    return found;
  },
  real: async (path) => path.replace('link.csv', 'a.csv'),
};

const read = async (given: readonly string[], policies = two) =>
  (await tableInputs(policies, given, paths)).map((input) => [input.policy.table, ...input.paths]);

async function refused(given: readonly string[], policies = two): Promise<string[]> {
  try {
    await read(given, policies);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    expect(error.exit).toBe(2);
    return error.diagnostics.map(({ code, message, hint }) => `${code} ${message} (${hint})`);
  }
  throw new Error('the arguments were expected to be refused');
}

describe('the inputs of several tables', () => {
  it.each([
    [['visits=v.csv', 'patients=p.csv'], 'p.csv', 'v.csv'],
    [['patients.csv', 'visits.csv.gz'], 'patients.csv', 'visits.csv.gz'],
    [['year=2026/patients.csv', 'visits=-'], 'year=2026/patients.csv', '-'],
    [['patients=a=b.csv', '../x/visits.tsv'], 'a=b.csv', '../x/visits.tsv'],
    [['patients=visits.csv', 'visits=patients.csv'], 'visits.csv', 'patients.csv'],
    [['data/*.csv'], 'data/patients.csv', 'data/visits.csv'],
  ])('%s', async (given, patients, visits) => {
    expect(await read(given)).toEqual([
      ['patients', patients],
      ['visits', visits],
    ]);
  });

  it('are several files where several are given for one', async () => {
    expect(await read(['visits=v/*.csv', 'patients.csv', 'visits=late.csv'])).toEqual([
      ['patients', 'patients.csv'],
      ['visits', 'v/2024.csv', 'v/2025.csv', 'late.csv'],
    ]);
  });

  it.each([
    [
      [],
      'USAGE table `patients` has no input (write patients=FILE)',
      'USAGE table `visits` has no input (write visits=FILE)',
    ],
    [
      ['patints=p.csv', 'visits=v.csv'],
      'USAGE the policy has no table `patints` (did you mean `patients`?)',
      'USAGE table `patients` has no input (write patients=FILE)',
    ],
    [
      ['patients=p', 'visits=v', 'x.csv'],
      'USAGE no table of the policy has the name of x.csv (write patients=FILE visits=FILE)',
    ],
    [
      ['patients=p', 'visits='],
      'USAGE table `visits` is given an empty path (is it made from a variable that is not set?)',
    ],
    [['patients=p', 'visits=v1', 'visits=v1'], 'USAGE v1 is given twice (its records would count twice: name it once)'],
    [['patients=p', 'visits=v-*.csv'], 'FILE-MISSING no file matches (look)'],
    [
      ['v/*.csv', 'patients=p', 'visits=v'],
      'USAGE no table of the policy has the name of v/2024.csv (write patients=FILE visits=FILE)',
      'USAGE no table of the policy has the name of v/2025.csv (write patients=FILE visits=FILE)',
    ],
    [['patients=-', 'visits=-'], 'USAGE two tables are to come from standard input (give one of them as a file)'],
  ])('%s are refused', async (given, ...expected) => {
    expect(await refused(given)).toEqual(expected.filter((text) => text !== undefined));
  });
});

describe('the inputs of one table', () => {
  it('are paths and what patterns stand for, in their order, or standard input', async () => {
    expect(await read(['a=b.csv'], one)).toEqual([[undefined, 'a=b.csv']]);
    expect(await read(['b.csv', 'v/*.csv', 'a.csv'], one)).toEqual([
      [undefined, 'b.csv', 'v/2024.csv', 'v/2025.csv', 'a.csv'],
    ]);
    expect(await read([], one)).toEqual([[undefined, '-']]);
  });

  it('are no file twice, and not standard input among others', async () => {
    expect(await refused(['b.csv', 'b.csv', '*.csv', '-'], one)).toEqual([
      'USAGE b.csv is given twice (its records would count twice: name it once)',
      'USAGE a.csv and link.csv are the same file (its records would count twice: name it once)',
      'USAGE standard input is one of several inputs of a table (name files alone, or put all of them into standard input)',
    ]);
  });
});
