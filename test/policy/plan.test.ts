import { describe, expect, it } from 'vitest';
import { Failure } from '../../src/base/diagnostic.ts';
import { planPolicy } from '../../src/policy/plan.ts';
import { testResources } from '../transforms/harness.ts';
import { parse } from './policies.ts';

function policyOf(transform: string, type = '') {
  return parse(
    `policy: anon/v1\nname: x\nversion: "1"\nfields:\n  a: { role: sensitive, ${type}transform: ${transform} }\n`,
  );
}

function produced(transform: string, type: string): string | undefined {
  const { fields } = planPolicy(policyOf(transform, `type: ${type}, `), ['a'], () => testResources());
  return fields[0]!.produces;
}

const someReplaced = '{ replace: { map: { "9": x }, others: next } }';

describe('a planned field', () => {
  it.each([
    ['[ { round: { to: 10 } } ]', 'integer', 'integer'],
    ['[ { top-bottom-code: { top: 90 } }, { round: { to: 10 } } ]', 'integer', 'integer'],
    ['{ replace: { map: { "9": x } } }', 'integer', 'string'],
    // What is replaced is text, what is handed on a number: together they are text.
    [someReplaced, 'integer', 'string'],
    [`[ ${someReplaced}, { round: { to: 10 } } ]`, 'integer', 'string'],
    [`[ ${someReplaced}, { mask: {} } ]`, 'integer', 'string'],
  ])('by %s of type %s is written as %s', (transform, type, expected) => {
    expect(produced(transform, type)).toBe(expected);
  });

  it('hands values on with their type', () => {
    const before = `[ ${someReplaced}, { top-bottom-code: { top: 0.5 } } ]`;
    expect(() => policyOf(before, 'type: integer, ')).toThrow('the field is of type integer, and the bound is none');
    expect(() => policyOf(before.replace(', others: next', ''), 'type: integer, ')).not.toThrow();
  });

  it('tells of a file beside the policy at its line, of anything else in the policy', () => {
    const problemsOf = (transform: string, files: Readonly<Record<string, string>>) => {
      try {
        planPolicy(policyOf(transform), ['a'], () => testResources({ files }));
      } catch (error) {
        if (error instanceof Failure)
          return error.diagnostics.map(({ place, message }) => [place?.file, place?.line, message]);
        throw error;
      }
      return [];
    };
    const transform = '{ replace: { file: ./t.csv, from: a, to: b } }';
    expect(problemsOf(transform, { './t.csv': 'a,b\n1,2\n1,3\n' })).toEqual([
      ['./t.csv', 3, 'the value stands in line 2 already'],
    ]);
    expect(problemsOf(transform, { './t.csv': 'a,b\n1,2\n' })).toEqual([]);
  });
});
