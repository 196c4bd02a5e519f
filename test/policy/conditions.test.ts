import { describe, expect, test } from 'vitest';
import { comparisonsOf } from '../../src/policy/conditions.ts';
import { parse, shown, withSections } from './policies.ts';

const keep = '{ role: insensitive, transform: keep }';
const fields = (own: string, more = '') =>
  withSections(
    `fields:\n  country: ${keep}\n  day: { role: insensitive, type: date, transform: keep }\n${more}  own: ${own}\n`,
  );
const when = (condition: string, more = '') =>
  shown(fields(`{ role: sensitive, transform: redact, when: ${condition}, else: keep }`, more));

describe('a condition', () => {
  test.each([
    '{ field: country, equals: US }',
    '{ field: country, equals: 17 }',
    '{ field: country, in: [US, CA, 1.5, true] }',
    '{ field: country, matches: "[A-Z]{2}" }',
    '{ field: country, is-null: false }',
    '{ field: country, greater: 17, less: 65 }',
    '{ field: day, less: "2026-01-01" }',
    '{ field: own, equals: x }',
    '{ all: [ { field: country, equals: US }, { any: [ { not: { field: own, equals: x } }, { field: day, is-null: true } ] } ] }',
  ])('may be %s', (condition) => {
    expect(when(condition)).toBe('');
  });

  test('stands in the policy as it is written, with the types of the fields that it looks at', () => {
    const { choice, steps } = parse(
      fields('{ role: sensitive, transform: [redact], when: { not: { field: day, less: "2026-01-01" } }, else: keep }'),
    ).fields.at(-1)!;
    expect(choice).toMatchObject({ when: { not: { field: 'day', less: '2026-01-01' } } });
    expect([...choice!.fields]).toEqual([['day', 'date']]);
    expect(choice!.steps.map(({ definition }) => definition.name)).toEqual(['redact']);
    expect(choice!.otherwise.map(({ definition }) => definition.name)).toEqual(['keep']);
    // Whoever asks what may happen to the field sees both sides.
    expect(steps.map(({ definition }) => definition.name)).toEqual(['redact', 'keep']);
  });

  test('leads to its comparisons', () => {
    const condition = { all: [{ field: 'a', equals: 1 }, { not: { any: [{ field: 'b', less: 2 }] } }] };
    expect(comparisonsOf(condition).map(({ comparison, path }) => [comparison.field, path.join('.')])).toEqual([
      ['a', 'all.0'],
      ['b', 'all.1.not.any.0'],
    ]);
  });

  test('is refused when it is not whole', () => {
    expect([when('{}'), when('{ field: country }'), when('{ equals: US }')].join('')).toMatchInlineSnapshot(`
      "policy.yaml:7:46: error[POLICY-SHAPE]: \`when\` needs \`field\` and what it is compared with, or one of \`all\`, \`any\` and \`not\`
        7 |   own: { role: sensitive, transform: redact, when: {}, else: keep }
          |                                              ^^^^
      policy.yaml:7:46: error[POLICY-SHAPE]: \`when\` needs \`field\` and what it is compared with, or one of \`all\`, \`any\` and \`not\`
        7 |   own: { role: sensitive, transform: redact, when: { field: country }, else: keep }
          |                                              ^^^^
      policy.yaml:7:46: error[POLICY-SHAPE]: \`when\` needs \`field\` and what it is compared with, or one of \`all\`, \`any\` and \`not\`
        7 |   own: { role: sensitive, transform: redact, when: { equals: US }, else: keep }
          |                                              ^^^^
      "
    `);
    expect(when('{ field: country, equals: US, not: { field: day, is-null: true } }')).toContain(
      'needs `field` and what',
    );
    expect(when('{ all: [], any: [ { field: country, equals: US } ] }')).toContain('POLICY-SHAPE');
    expect(when('{ field: country, equal: US }')).toContain('did you mean `equals`?');
    expect(when('{ any: [ { not: { field: country, equal: US } } ] }')).toContain('did you mean `equals`?');
    expect(when('{ field: country, equals: 12345678901234567890 }')).toContain('must be at most 9007199254740991');
    expect(when('{ field: country, in: [] }')).toContain('needs at least one item');
  });

  test('is refused when it cannot be decided', () => {
    expect(
      [
        when('{ field: contry, equals: US }'),
        when('{ field: "c*", equals: US }', `  "c*": ${keep}\n`),
        when('{ field: country, less: B }'),
        when('{ field: day, less: 2026 }'),
        when('{ field: day, less: "2026-13-01" }'),
        when('{ field: flag, greater: 0 }', '  flag: { role: insensitive, type: boolean, transform: keep }\n'),
        when('{ not: { field: country, matches: "^US$" } }'),
        when('{ field: country, matches: "(a+" }'),
      ].join(''),
    ).toMatchInlineSnapshot(`
      "policy.yaml:7:61: error[POLICY-MEANING]: there is no field \`contry\`
        7 |   own: { role: sensitive, transform: redact, when: { field: contry, equals: US }, else: keep }
          |                                                             ^^^^^^
        hint: did you mean \`country\`?
      policy.yaml:8:61: error[POLICY-MEANING]: \`c*\` is a glob
        8 |   own: { role: sensitive, transform: redact, when: { field: "c*", equals: US }, else: keep }
          |                                                             ^^^^
        hint: name one column
      policy.yaml:7:76: error[POLICY-MEANING]: text has no order in \`country\`
        7 |   own: { role: sensitive, transform: redact, when: { field: country, less: B }, else: keep }
          |                                                                            ^
        hint: write a number without quotes, or give that field \`type: date\`
      policy.yaml:7:72: error[POLICY-MEANING]: \`day\` is of type date, and this is a number
        7 |   own: { role: sensitive, transform: redact, when: { field: day, less: 2026 }, else: keep }
          |                                                                        ^^^^
        hint: dates are written "2026-11-21"
      policy.yaml:7:72: error[POLICY-MEANING]: this is no date
        7 |   own: { role: sensitive, transform: redact, when: { field: day, less: "2026-13-01" }, else: keep }
          |                                                                        ^^^^^^^^^^^^
        hint: dates are written "2026-11-21"
      policy.yaml:8:76: error[POLICY-MEANING]: \`flag\` is of type boolean, and this is a number
        8 |   own: { role: sensitive, transform: redact, when: { field: flag, greater: 0 }, else: keep }
          |                                                                            ^
        hint: integer, number, date, datetime have an order
      policy.yaml:7:86: error[POLICY-MEANING]: character 1: a pattern covers the whole value: leave \`^\` out, or write \`\\^\`
        7 |   own: { role: sensitive, transform: redact, when: { not: { field: country, matches: "^US$" } }, else: keep }
          |                                                                                      ^^^^^^
      policy.yaml:7:79: error[POLICY-MEANING]: character 1: \`(\` without \`)\`
        7 |   own: { role: sensitive, transform: redact, when: { field: country, matches: "(a+" }, else: keep }
          |                                                                               ^^^^^
      "
    `);
  });

  test('needs `else`, and `else` needs a condition', () => {
    expect(
      [
        shown(fields('{ role: sensitive, transform: redact, when: { field: country, equals: US } }')),
        shown(fields('{ role: sensitive, transform: redact, else: keep }')),
      ].join(''),
    ).toMatchInlineSnapshot(`
      "policy.yaml:7:46: error[POLICY-MEANING]: \`when\` needs \`else\`: what happens to the other values
        7 |   own: { role: sensitive, transform: redact, when: { field: country, equals: US } }
          |                                              ^^^^
        hint: \`else: redact\` puts them away; \`else: keep\` leaves them as they are
      policy.yaml:7:46: error[POLICY-MEANING]: \`else\` needs \`when\`: the condition that decides
        7 |   own: { role: sensitive, transform: redact, else: keep }
          |                                              ^^^^
        hint: add \`when: { field: …, equals: … }\`, or leave \`else\` out
      "
    `);
  });

  test('leaves no field out of some records, and releases no identifier as it is', () => {
    const one = 'when: { field: country, equals: US }';
    expect(
      [
        shown(fields(`{ role: sensitive, transform: drop, ${one}, else: keep }`)),
        shown(fields(`{ role: sensitive, transform: keep, ${one}, else: [ drop ] }`)),
        shown(fields(`{ role: identifier, transform: keep, ${one}, else: redact }`)),
        shown(fields(`{ role: identifier, transform: redact, ${one}, else: keep }`)),
      ].join(''),
    ).toMatchInlineSnapshot(`
      "policy.yaml:7:38: error[POLICY-MEANING]: a field cannot be left out of some records only
        7 |   own: { role: sensitive, transform: drop, when: { field: country, equals: US }, else: keep }
          |                                      ^^^^
        hint: \`redact\` puts no value in its place
      policy.yaml:7:90: error[POLICY-MEANING]: a field cannot be left out of some records only
        7 |   own: { role: sensitive, transform: keep, when: { field: country, equals: US }, else: [ drop ] }
          |                                                                                          ^^^^
        hint: \`redact\` puts no value in its place
      policy.yaml:7:39: error[POLICY-MEANING]: an identifier would be released as it is
        7 |   own: { role: identifier, transform: keep, when: { field: country, equals: US }, else: redact }
          |                                       ^^^^
        hint: drop it, replace it, or give it another role
      policy.yaml:7:91: error[POLICY-MEANING]: an identifier would be released as it is
        7 |   own: { role: identifier, transform: redact, when: { field: country, equals: US }, else: keep }
          |                                                                                           ^^^^
        hint: drop it, replace it, or give it another role
      "
    `);
  });

  test('may not be on the unit, whose individuals are told apart the same way everywhere', () => {
    const unit = `{ role: quasi-identifier, transform: redact, when: { field: country, equals: US }, else: keep }`;
    expect(shown(`${fields(unit)}privacy: { unit: own, models: [ { k-anonymity: { k: 2 } } ] }\n`)).toContain(
      'the unit of the privacy models has a condition',
    );
  });

  test('is checked in the options of both sides', () => {
    const steps = '{ tokenize: { domain: d } }';
    const text = shown(
      fields(`{ role: identifier, transform: ${steps}, when: { field: country, equals: US }, else: [ ${steps} ] }`),
    );
    expect(text.match(/there is no domain `d`/g)).toHaveLength(2);
  });
});

describe('a warning says that a condition tells about a field', () => {
  const told = (role: string, transform: string, branches: string) =>
    when_(`  hidden: { role: ${role}, transform: ${transform} }\n`, branches);
  const when_ = (more: string, branches: string) =>
    shown(
      withSections(
        `keys: { k: { env: K } }\ndomains: { a: { key: k, scope: global }, b: { key: k, scope: global } }\nfields:\n${more}  ` +
          `own: { role: sensitive, when: { field: hidden, equals: US }, ${branches} }\n` +
          `  other: { role: identifier, transform: [ { tokenize: { domain: a } }, { tokenize: { domain: b } } ] }\n`,
      ),
    );
  const differ = 'transform: redact, else: keep';

  test('that the output hides', () => {
    expect(told('sensitive', 'drop', differ)).toMatchInlineSnapshot(`
      "policy.yaml:8:27: warning[POLICY-MEANING]: the output hides \`hidden\`, and how \`own\` looks tells whether the condition on it was true
        8 |   own: { role: sensitive, when: { field: hidden, equals: US }, transform: redact, else: keep }
          |                           ^^^^
        hint: choose by a field that is released, or let \`else\` look like \`transform\`
      "
    `);
    for (const role of ['identifier', 'sensitive']) {
      for (const transform of ['drop', 'redact', '{ mask: {} }'])
        expect(told(role, transform, differ)).toContain('the output hides `hidden`');
    }
  });

  test('but not when it is released, tells about nobody, or both sides look alike', () => {
    expect(told('sensitive', 'keep', differ)).toBe('');
    expect(told('insensitive', 'drop', differ)).toBe('');
    expect(told('sensitive', 'drop', 'transform: { tokenize: { domain: a } }, else: { tokenize: { domain: b } }')).toBe(
      '',
    );
    expect(
      told('sensitive', 'drop', 'transform: { mask: { keep-last: 1 } }, else: { mask: { keep-last: 2 } }'),
    ).toContain('warning');
  });
});

describe('in JSON', () => {
  const json = (own: string, looked: string) =>
    shown(
      withSections(
        `fields:\n  "$.id": ${keep}\n  "$.contacts[*].type": ${keep}\n  "$.contacts[*].tags[*]": ${keep}\n  "$.other[*].type": ${keep}\n` +
          `  '${own}': { role: sensitive, transform: redact, when: { field: '${looked}', equals: x }, else: keep }\n`,
      ),
    );

  test.each([
    ['$.contacts[*].value', '$.id'],
    ['$.contacts[*].value', '$.contacts[*].type'],
    ['$.contacts[*].values[*].text', '$.contacts[*].type'],
    ['$.contacts[*].value', '$.contacts[*].value'],
  ])('%s may look at %s', (own, looked) => {
    expect(json(own, looked)).toBe('');
  });

  test.each([
    ['$.name', '$.contacts[*].type'],
    ['$.contacts[*].value', '$.other[*].type'],
    ['$.contacts[*].value', '$.contacts[*].tags[*]'],
  ])('%s may not look at %s, of which there may be several', (own, looked) => {
    expect(json(own, looked)).toContain(`\`${looked}\` may have several values beside one of \`${own}\``);
  });
});
