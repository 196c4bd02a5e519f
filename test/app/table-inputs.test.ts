import { describe, expect, it } from 'vitest';
import { tableInputs } from '../../src/app/table-inputs.ts';
import { Failure } from '../../src/base/diagnostic.ts';
import { parseTables } from '../../src/policy/parse.ts';
import { hospital } from '../policy/hospital.ts';

const where = { file: 'policy.yaml', directory: '.' };
const two = parseTables(Buffer.from(hospital), where);
const one = parseTables(
  Buffer.from('policy: anon/v1\nname: x\nversion: "1"\nfields: { a: { role: insensitive, transform: keep } }\n'),
  where,
);

const read = (given: readonly string[], policies = two) =>
  tableInputs(policies, given).map(({ policy, path }) => [policy.table, path]);

function refused(given: readonly string[], policies = two): string[] {
  try {
    read(given, policies);
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
  ])('%s', (given, patients, visits) => {
    expect(read(given)).toEqual([
      ['patients', patients],
      ['visits', visits],
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
    [
      ['patients=p', 'visits=v1', 'visits=v2'],
      'USAGE table `visits` has two inputs (a table is one file: put them into one first)',
    ],
    [['patients=p', 'visits=v-*.csv'], 'USAGE the input of table `visits` is a pattern (a table is one file: name it)'],
    [['patients=-', 'visits=-'], 'USAGE two tables are to come from standard input (give one of them as a file)'],
  ])('%s are refused', (given, ...expected) => {
    expect(refused(given)).toEqual(expected.filter((text) => text !== undefined));
  });
});

describe('the input of one table', () => {
  it('is a path, or standard input', () => {
    expect(read(['a=b.csv'], one)).toEqual([[undefined, 'a=b.csv']]);
    expect(read([], one)).toEqual([[undefined, '-']]);
  });

  it('is no list', () => {
    expect(refused(['a.csv', 'b.csv'], one)[0]).toContain('too many arguments: the policy is about one table');
  });
});
