import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CheckOutcome } from '../../src/app/check.ts';
import { annotations } from '../../src/cli/reports/github.ts';
import { reportFormats } from '../../src/cli/reports/index.ts';
import { workspace } from './session.ts';
import { strictXml } from './strict-xml.ts';

const {
  $schema: _,
  id: __,
  ...schema
} = JSON.parse(readFileSync(new URL('../vectors/sarif-2.1.0-rtm.5.json', import.meta.url), 'utf8'));
// The schema is of draft 4, of which these keywords mean the same since.
const validSarif = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(schema);

const options = { color: false, columns: 80, strict: false };

const text = fc.string({ unit: 'binary', maxLength: 12 });
const place = fc.record(
  {
    file: text.filter((name) => name !== ''),
    line: fc.integer({ min: 1, max: 99 }),
    column: fc.integer({ min: 1, max: 99 }),
    row: fc.nat(),
    field: text,
  },
  { requiredKeys: [] },
);
const outcomes: fc.Arbitrary<CheckOutcome> = fc.record({
  policy: text.filter((name) => name !== ''),
  findings: fc.array(
    fc.record({
      rule: fc.constantFrom('small-k', 'DATA-VALUE', 'POLICY-SHAPE'),
      severity: fc.constantFrom('error', 'warning', 'note'),
      message: text,
      hint: text,
      place,
    }),
    { maxLength: 3 },
  ),
  standards: fc.array(
    fc.record({
      name: fc.constantFrom('a', 'b'),
      source: text,
      table: fc.option(text, { nil: undefined }),
      lines: fc.array(
        fc.record({
          id: fc.constantFrom('(A)', '(B)'),
          title: text,
          status: fc.constantFrom('pass', 'fail', 'not-checkable'),
          why: text,
          source: text,
          place: fc.option(place, { nil: undefined }),
        }),
        { minLength: 1, maxLength: 3 },
      ),
    }),
    { maxLength: 2 },
  ),
  data: fc.constant([]),
  unreadable: fc.boolean(),
});

const outcome: CheckOutcome = {
  policy: 'policies/a b.yaml',
  findings: [
    {
      rule: 'small-k',
      severity: 'warning',
      message: '100% <&> "x"',
      hint: 'a,b: c\nd',
      place: { file: 'policies/a b.yaml', line: 3, column: 5 },
    },
    { rule: 'DATA-VALUE', severity: 'error', message: 'wrong', place: { file: 'data.csv', row: 7, field: 'a:b' } },
  ],
  standards: [
    {
      name: 'ema-0070',
      source: 'guidance',
      table: undefined,
      lines: [
        { id: '1', title: 'risk', status: 'fail', why: 'too small', source: 's', place: { file: 'p.yaml', line: 2 } },
        { id: '2', title: 'direct', status: 'not-checkable', why: 'who knows', source: 's', place: undefined },
        { id: '3', title: 'quasi', status: 'pass', why: 'fine', source: 's', place: undefined },
      ],
    },
  ],
  data: [],
  unreadable: false,
};

describe('sarif', () => {
  it('is valid by the schema of SARIF 2.1.0, whatever stands in it', () => {
    fc.assert(
      fc.property(outcomes, (any) => {
        const log = JSON.parse(reportFormats.sarif!(any, options));
        expect(validSarif(log), JSON.stringify(validSarif.errors)).toBe(true);
        const [{ results, tool }] = log.runs;
        for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex].id).toBe(ruleId);
      }),
      { numRuns: 50 },
    );
  });

  it('is held against a schema that refuses', () => {
    expect(validSarif({ version: '2.1.0', runs: [{}] })).toBe(false);
  });

  it('gives levels to failures alone, and places as references', () => {
    const [{ results }] = JSON.parse(reportFormats.sarif!(outcome, options)).runs;
    expect(results.map(({ kind, level }: { kind: string; level: string }) => `${kind} ${level}`)).toEqual([
      'fail warning',
      'fail error',
      'fail error',
      'review none',
      'pass none',
    ]);
    const { artifactLocation, region } = results[0].locations[0].physicalLocation;
    expect(artifactLocation.uri).toBe('policies/a%20b.yaml');
    expect(region).toEqual({ startLine: 3, startColumn: 5 });
  });
});

describe('junit', () => {
  it('is well-formed XML, whatever stands in it, and its counts are those of its cases', () => {
    fc.assert(
      fc.property(outcomes, fc.boolean(), (any, strict) => {
        const suites = strictXml(reportFormats.junit!(any, { ...options, strict }));
        expect(suites.name).toBe('testsuites');
        for (const { attributes, children } of suites.children) {
          const failed = children.filter((one) => one.children.some(({ name }) => name === 'failure'));
          expect(Number(attributes.tests)).toBe(children.length);
          expect(Number(attributes.failures)).toBe(failed.length);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('keeps what XML has no place for out, and the rest as it is', () => {
    const xml = reportFormats.junit!(outcome, { ...options, strict: true });
    const [first] = strictXml(xml).children;
    const smallK = first!.children.find(({ attributes }) => attributes.name === 'small-k')!;
    expect(smallK.children[0]!.attributes.message).toBe('100% <&> "x"');
    expect(() => strictXml(xml.replace('&amp;', '&'))).toThrow();
  });
});

describe('github', () => {
  it('escapes as the toolkit of its runner does', () => {
    expect(reportFormats.github!(outcome, options).split('\n')).toEqual([
      '::warning file=policies/a b.yaml,line=3,col=5,title=small-k::100%25 <&> "x"%0Ahint: a,b: c%0Ad',
      '::error file=data.csv,title=DATA-VALUE::row 7, field a:b: wrong',
      '::error file=p.yaml,line=2,title=ema-0070 1::ema-0070 1 risk: too small',
      '::notice file=policies/a b.yaml,title=ema-0070 2::ema-0070 2 direct: who knows',
      '',
    ]);
  });

  it('annotates what stands in a line of a file, and nothing else of a run that fails', async () => {
    const space = workspace();
    space.write(
      'p.yaml',
      'policy: anon/v1\nname: a\nversion: "1"\nfields:\n  a: { role: identifier, transform: keeep }\n',
    );
    space.write('d.csv', 'a\n1\n');
    const apply = ['apply', 'p.yaml', 'd.csv', '--data-only', 'out'];
    const { stderr, status } = await space.call(apply, { env: { GITHUB_ACTIONS: 'true' } });
    expect(space.run(apply, { env: { GITHUB_ACTIONS: 'true' } })).toMatchObject({ stderr, status });
    expect(status).toBe(2);
    const lines = stderr.split('\n').filter((line) => line.startsWith('::'));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^::error file=p\.yaml,line=5,col=\d+,title=POLICY-SHAPE::unknown transform/);
    expect(annotations([{ code: 'DATA-VALUE', message: 'wrong', place: { file: 'd.csv', row: 1 } }])).toBe('');
  });

  it('has one command a line, whatever stands in it', () => {
    fc.assert(
      fc.property(outcomes, (any) => {
        const lines = reportFormats.github!(any, options).split(/\r\n|\n|\r/);
        expect(lines.pop()).toBe('');
        for (const line of lines) expect(line).toMatch(/^::(error|warning|notice) ([a-z]+=[^,:]*,?)+::/u);
      }),
    );
  });
});

describe('human', () => {
  it('wraps to the width, and puts errors first', () => {
    const shown = reportFormats.human!(outcome, { ...options, columns: 40 });
    expect(shown.indexOf('error[DATA-VALUE]')).toBeLessThan(shown.indexOf('warning[small-k]'));
    expect(shown).toContain('ema-0070: 1 pass, 1 fail, 1 not checkable here');
    expect(shown).toContain('1 error, 1 warning, 0 notes');
    expect(shown).not.toContain('\x1b');
    expect(reportFormats.human!(outcome, { ...options, color: true })).toContain('\x1b[1;31mFAIL\x1b[0m');
  });
});
