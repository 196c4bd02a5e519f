import { describe, expect, test } from 'vitest';
import { sha256Hex } from '../../src/crypto/digest.ts';
import { parsePolicy } from '../../src/policy/parse.ts';
import { csvPolicy, jsonPolicy, parse, shown, withSections } from './policies.ts';

describe('an accepted policy', () => {
  test('for a table', () => {
    const policy = parse(csvPolicy);
    expect(policy.warnings).toEqual([]);
    expect(policy).toMatchObject({
      name: 'cohort-2026',
      version: '3.2',
      digest: sha256Hex(Buffer.from(csvPolicy)),
      directory: '/policies',
      unlisted: 'reject',
      locale: 'en',
      input: { format: 'csv', nullValues: [''], delimiter: ',' },
      privacy: { unit: 'patient_id', onViolation: 'drop', maxSuppression: 0.05 },
      checks: { leak: 'fail' },
      reproducible: undefined,
      output: { gzipLevel: undefined, sign: { file: './issuer.key' } },
    });
    expect([...policy.keys]).toEqual([['pseudonym', { file: '~/.config/anon/pseudonym.key' }]]);
    expect([...policy.domains]).toEqual([
      ['patient', { key: 'pseudonym', normalize: ['trim', 'nfc', 'lowercase'], scope: 'licensee' }],
    ]);
    expect(policy.hierarchies.get('age')?.definition.name).toBe('intervals');
    expect(policy.privacy?.models.map(({ definition, options }) => [definition.name, options])).toEqual([
      ['k-anonymity', { k: 11 }],
      ['l-diversity', { l: 3, variant: 'distinct', sensitive: 'diagnosis' }],
    ]);
    const told = policy.fields.map(({ selector, kind, role, type, nulls, steps }) =>
      [selector, kind, role, type ?? '-', nulls, ...steps.map((step) => step.definition.name)].join(' '),
    );
    expect(told).toEqual([
      'patient_id exact identifier - keep tokenize',
      '*_name glob identifier - keep drop',
      'phone exact identifier - keep mask',
      'age exact quasi-identifier integer keep generalize',
      'zip exact quasi-identifier - keep generalize',
      'sex exact quasi-identifier - reject keep',
      'income exact sensitive number keep round',
      'weight exact insensitive number keep noise',
      'diagnosis exact sensitive - keep keep',
    ]);
    expect(policy.fields[2]?.steps[0]?.options).toMatchObject({ 'keep-last': 2, skip: 'punctuation', with: '*' });
  });

  test('for JSON', () => {
    const policy = parse(jsonPolicy);
    expect(policy.warnings).toEqual([]);
    expect(policy.fields.map(({ selector, kind }) => [selector, kind])).toEqual([
      ['$.patient.id', 'path'],
      ['$.contacts[*].email', 'path'],
      ['$.visits[*].date', 'path'],
      ['$.vitals.*', 'glob'],
    ]);
  });

  test('takes its defaults, and fields in the order of the file', () => {
    const policy = parse(
      withSections(
        'defaults: { invalid: redact }\nfields:\n  b: { role: sensitive, transform: keep }\n' +
          '  "2020": { role: sensitive, transform: keep, invalid: reject }\n  __proto__: { role: sensitive, transform: drop }\n',
      ),
    );
    expect(policy.fields.map(({ selector, invalid, nulls }) => [selector, invalid, nulls])).toEqual([
      ['b', 'redact', 'keep'],
      ['2020', 'reject', 'keep'],
      ['__proto__', 'redact', 'keep'],
    ]);
    expect(policy.checks).toEqual({ leak: 'fail' });
    expect(policy.output).toEqual({
      format: 'same',
      encoding: 'same',
      order: 'same',
      gzipLevel: undefined,
      split: undefined,
      sign: undefined,
    });
    expect(policy.privacy).toBeUndefined();
  });

  test('reproducible: true takes the only key', () => {
    const keys = 'keys: { seed: { exec: [pass, show, seed] } }\n';
    expect(parse(withSections(`${keys}reproducible: true`)).reproducible).toEqual({ key: 'seed' });
    expect(parse(withSections(`${keys}reproducible: { key: seed }`)).reproducible).toEqual({ key: 'seed' });
  });

  test('shows later problems at their place', () => {
    const policy = parse(csvPolicy);
    expect(policy.place(['fields', 'age', 'transform'])).toEqual({ file: 'policy.yaml', line: 21, column: 56 });
    expect(policy.place(['privacy', 'models', 0, 'k-anonymity', 'k'])).toMatchObject({ line: 30, column: 25 });
    expect(policy.problem('DATA-FIELDS', ['fields', 'phone'], 'no such column')).toMatchObject({
      place: { line: 20, column: 3 },
      excerpt: { width: 5 },
    });
  });
});

const wrong = (sections: string) => shown(withSections(sections));

describe('a refused policy says', () => {
  test('that an identifier would be released by a transform that changes nothing', () => {
    const policy = (transform: string) => `hierarchies: { age: { intervals: [0, 18] } }
fields: { name: { role: identifier, transform: ${transform} } }
`;
    const refusal = 'an identifier would be released as it is';
    expect(wrong(policy('{ generalize: { hierarchy: age, level: 0 } }'))).toContain(refusal);
    expect(wrong(policy('[keep, { generalize: { hierarchy: age, level: 0 } }]'))).toContain(refusal);
  });

  test('what is wrong with an option, a word, a type or a range', () => {
    expect(
      wrong(`fields:
  a: { role: identifer, transform: maks }
  b: { role: identifier, transform: { mask: { keep-lst: 2, keep-first: x } } }
  c: { role: sensitive, transform: [ { roundd: { to: 5 } }, { round: { to: -5 } }, { round: {} } ] }
  d: { transform: { drop: {}, keep: {} }, type: int }
  e: keep
  f: { role: sensitive, transform: round }
  g: { role: sensitive, transform: { mask: } }
  h: { role: sensitive, transform: { noise: { distribution: laplce, scale: 2 } } }
  i: { role: sensitive, transform: 7 }
`),
    ).toMatchInlineSnapshot(`
      "policy.yaml:5:14: error[POLICY-SHAPE]: unknown role \`identifer\`
        5 |   a: { role: identifer, transform: maks }
          |              ^^^^^^^^^
        hint: did you mean \`identifier\`?
      policy.yaml:5:36: error[POLICY-SHAPE]: unknown transform \`maks\`
        5 |   a: { role: identifer, transform: maks }
          |                                    ^^^^
        hint: did you mean \`mask\`?
      policy.yaml:6:47: error[POLICY-SHAPE]: unknown option \`keep-lst\` of \`mask\`
        6 |   b: { role: identifier, transform: { mask: { keep-lst: 2, keep-first: x } } }
          |                                               ^^^^^^^^
        hint: did you mean \`keep-last\`?
      policy.yaml:6:72: error[POLICY-SHAPE]: \`keep-first\` must be a number, not text
        6 |   b: { role: identifier, transform: { mask: { keep-lst: 2, keep-first: x } } }
          |                                                                        ^
      policy.yaml:7:40: error[POLICY-SHAPE]: unknown transform \`roundd\`
        7 |   c: { role: sensitive, transform: [ { roundd: { to: 5 } }, { round: { to: -5 } }, { round: {} } ] }
          |                                        ^^^^^^
        hint: did you mean \`round\`?
      policy.yaml:7:76: error[POLICY-SHAPE]: \`to\` must be greater than 0
        7 |   c: { role: sensitive, transform: [ { roundd: { to: 5 } }, { round: { to: -5 } }, { round: {} } ] }
          |                                                                            ^^
      policy.yaml:7:86: error[POLICY-SHAPE]: \`round\` needs \`to\`
        7 |   c: { role: sensitive, transform: [ { roundd: { to: 5 } }, { round: { to: -5 } }, { round: {} } ] }
          |                                                                                      ^^^^^
        hint: \`to\`: the step: \`1000\`, \`5\`, \`0.01\`. Results have as many decimals as it has
      policy.yaml:8:3: error[POLICY-SHAPE]: \`d\` needs \`role\`
        8 |   d: { transform: { drop: {}, keep: {} }, type: int }
          |   ^
        hint: one of \`identifier\`, \`quasi-identifier\`, \`sensitive\`, \`insensitive\`
      policy.yaml:8:8: error[POLICY-SHAPE]: \`transform\`: write one transform here; a list takes several
        8 |   d: { transform: { drop: {}, keep: {} }, type: int }
          |        ^^^^^^^^^
      policy.yaml:8:49: error[POLICY-SHAPE]: unknown type \`int\`
        8 |   d: { transform: { drop: {}, keep: {} }, type: int }
          |                                                 ^^^
        hint: one of \`string\`, \`integer\`, \`number\`, \`boolean\`, \`date\`, \`datetime\`
      policy.yaml:9:6: error[POLICY-SHAPE]: \`e\` must be a map, not text
        9 |   e: keep
          |      ^^^^
        hint: its options are \`role\`, \`type\`, \`transform\`, \`when\`, \`else\`, \`nulls\`, \`invalid\`, \`references\`, \`on-orphan\`
      policy.yaml:10:36: error[POLICY-SHAPE]: transform \`round\` needs options
        10 |   f: { role: sensitive, transform: round }
           |                                    ^^^^^
        hint: write \`{ round: { … } }\`
      policy.yaml:11:38: error[POLICY-SHAPE]: \`mask\` has no value
        11 |   g: { role: sensitive, transform: { mask: } }
           |                                      ^^^^
        hint: give it a map, or leave the line out
      policy.yaml:12:61: error[POLICY-SHAPE]: \`distribution\` cannot be \`laplce\`
        12 |   h: { role: sensitive, transform: { noise: { distribution: laplce, scale: 2 } } }
           |                                                             ^^^^^^
        hint: did you mean \`laplace\`?
      policy.yaml:13:36: error[POLICY-SHAPE]: \`transform\` must be a word, a map or a list, not a number
        13 |   i: { role: sensitive, transform: 7 }
           |                                    ^
      "
    `);
  });

  test('what is missing, and what a vocabulary knows better than its spelling', () => {
    const field = (rule: string) => wrong(`fields: { a: ${rule} }\n`);
    expect(field('{ role: sensitive }')).toContain('`a` needs `transform`');
    expect(field('{ role: sensitive, transform: hash }')).toMatch(/one of `keep`.* `tokenize`.* `round`.* `noise`/);
    const license = 'license: { licensor: { name: A }, licensee: { id: b, name: B }, regions: [UK], valid: {} }\n';
    expect(wrong(license)).toContain('did you mean `GB`?');
  });

  test('what is wrong with the other sections', () => {
    expect(
      wrong(`version: 3.2
feilds: {}
defaults: { unlisted: ignore, nulls: kep }
domains: { a/b: { key: k }, b: { key: k, normalise: [trim] } }
hierarchies:
  age: { intervalls: [0, 18] }
  zip: { zip3: census-2002 }
  both: { intervals: [18, 0] }
input: { format: xml, delimiter: ";;" }
privacy:
  models: [ k-anonimity: { k: 5 }, k-anonymity: { k: 1 }, k-anonymity ]
  max-suppression: 5
checks: { leak: ignore }
output: { compress: zip }
`),
    ).toMatchInlineSnapshot(`
      "policy.yaml:4:10: error[POLICY-SHAPE]: \`version\` must be text, not a number
        4 | version: 3.2
          |          ^^^
        hint: put it in double quotes
      policy.yaml:5:1: error[POLICY-SHAPE]: unknown section \`feilds\`
        hint: did you mean \`fields\`?
      policy.yaml:6:23: error[POLICY-SHAPE]: \`unlisted\` cannot be \`ignore\`
        6 | defaults: { unlisted: ignore, nulls: kep }
          |                       ^^^^^^
        hint: one of \`reject\`, \`drop\`, \`redact\`, \`keep\`
      policy.yaml:6:38: error[POLICY-SHAPE]: \`nulls\` cannot be \`kep\`
        6 | defaults: { unlisted: ignore, nulls: kep }
          |                                      ^^^
        hint: did you mean \`keep\`?
      policy.yaml:7:12: error[POLICY-SHAPE]: \`a/b\` cannot be a name
        hint: a name has up to 64 letters, digits, \`_\`, \`.\` and \`-\`, and begins with a letter
      policy.yaml:7:29: error[POLICY-MEANING]: domain \`b\` is kept to the licensee, but none is named
        hint: add \`license\` with \`licensee: { id: …, name: … }\`, or give the domain \`scope: global\`
      policy.yaml:7:39: error[POLICY-MEANING]: domain \`b\` names a key that is not under \`keys\`
        hint: add \`keys: { NAME: { file: PATH } }\`
      policy.yaml:7:42: error[POLICY-SHAPE]: unknown option \`normalise\` of \`b\`
        hint: did you mean \`normalize\`?
      policy.yaml:9:10: error[POLICY-SHAPE]: unknown hierarchy \`intervalls\`
        9 |   age: { intervalls: [0, 18] }
          |          ^^^^^^^^^^
        hint: did you mean \`intervals\`?
      policy.yaml:10:16: error[POLICY-SHAPE]: \`zip3\` cannot be \`census-2002\`
        10 |   zip: { zip3: census-2002 }
           |                ^^^^^^^^^^^
        hint: did you mean \`census-2020\`?
      policy.yaml:11:11: error[POLICY-SHAPE]: \`intervals\`: each bound must be greater than the one before
        11 |   both: { intervals: [18, 0] }
           |           ^^^^^^^^^
      policy.yaml:12:18: error[POLICY-SHAPE]: unknown format \`xml\`
        12 | input: { format: xml, delimiter: ";;" }
           |                  ^^^
        hint: one of \`csv\`, \`tsv\`, \`json\`, \`ndjson\`
      policy.yaml:12:34: error[POLICY-SHAPE]: \`delimiter\` is not of the right form: one ASCII character, for csv
        12 | input: { format: xml, delimiter: ";;" }
           |                                  ^^^^
      policy.yaml:14:3: error[POLICY-MEANING]: the models have no quasi-identifiers to look at
        14 |   models: [ k-anonimity: { k: 5 }, k-anonymity: { k: 1 }, k-anonymity ]
           |   ^^^^^^
        hint: give \`role: quasi-identifier\` to the fields by which somebody could be recognized
      policy.yaml:14:13: error[POLICY-SHAPE]: unknown model \`k-anonimity\`
        14 |   models: [ k-anonimity: { k: 5 }, k-anonymity: { k: 1 }, k-anonymity ]
           |             ^^^^^^^^^^^
        hint: did you mean \`k-anonymity\`?
      policy.yaml:14:54: error[POLICY-SHAPE]: \`k\` must be at least 2
        14 |   models: [ k-anonimity: { k: 5 }, k-anonymity: { k: 1 }, k-anonymity ]
           |                                                      ^
      policy.yaml:14:59: error[POLICY-SHAPE]: item 3 of \`models\` must be a map, not text
        14 |   models: [ k-anonimity: { k: 5 }, k-anonymity: { k: 1 }, k-anonymity ]
           |                                                           ^^^^^^^^^^^
        hint: write \`{ k-anonymity: { … } }\`
      policy.yaml:15:20: error[POLICY-SHAPE]: \`max-suppression\` must be at most 1
        15 |   max-suppression: 5
           |                    ^
      policy.yaml:16:17: error[POLICY-SHAPE]: \`leak\` cannot be \`ignore\`
        16 | checks: { leak: ignore }
           |                 ^^^^^^
        hint: one of \`fail\`, \`report\`
      policy.yaml:17:21: error[POLICY-SHAPE]: \`compress\` cannot be \`zip\`
        17 | output: { compress: zip }
           |                     ^^^
        hint: did you mean \`gzip\`?
      "
    `);
  });

  test('what is missing', () => {
    expect(shown('policy: anon/v2\n')).toMatchInlineSnapshot(`
      "policy.yaml:1:1: error[POLICY-SHAPE]: the policy has no \`name\`
        hint: add \`name: …\`
      policy.yaml:1:1: error[POLICY-SHAPE]: the policy has no \`version\`
        hint: add \`version: "1"\`
      policy.yaml:1:1: error[POLICY-SHAPE]: the policy has no \`fields\`
        hint: add \`fields: { NAME: { role: …, transform: … } }\`
      policy.yaml:1:9: error[POLICY-SHAPE]: \`policy\` cannot be \`anon/v2\`
        1 | policy: anon/v2
          |         ^^^^^^^
        hint: did you mean \`anon/v1\`?
      "
    `);
    expect(shown('')).toMatchInlineSnapshot(`
      "policy.yaml:1:1: error[POLICY-SHAPE]: a policy is a map of sections
        hint: begin with \`policy: anon/v1\`
      "
    `);
    expect(wrong('fields: {}\nprivacy: { models: [] }\nchecks:')).toMatchInlineSnapshot(`
      "policy.yaml:4:1: error[POLICY-SHAPE]: \`fields\` names no field
        4 | fields: {}
          | ^^^^^^
        hint: name every field of the data
      policy.yaml:5:12: error[POLICY-SHAPE]: \`models\` needs at least one item
        5 | privacy: { models: [] }
          |            ^^^^^^
      policy.yaml:5:12: error[POLICY-MEANING]: the models have no quasi-identifiers to look at
        5 | privacy: { models: [] }
          |            ^^^^^^
        hint: give \`role: quasi-identifier\` to the fields by which somebody could be recognized
      policy.yaml:6:1: error[POLICY-SHAPE]: \`checks\` has no value
        6 | checks:
          | ^^^^^^
        hint: give it a map, or leave the line out
      "
    `);
  });

  test('which names stand for nothing', () => {
    expect(
      wrong(`keys: { pseudonym: { env: KEY } }
domains:
  patient: { key: pseudonim, scope: global }
  doctor: { key: pseudonym }
fields:
  id: { role: identifier, transform: { tokenize: { domain: patiant } } }
  age: { role: quasi-identifier, type: integer, transform: { generalize: { hierarchy: age, level: 1 } } }
  email: { role: identifier, transform: drop }
privacy:
  unit: ID
  models:
    - l-diversity: { l: 2, sensitive: email }
    - l-diversity: { l: 2, sensitive: diagnosis }
`),
    ).toMatchInlineSnapshot(`
      "policy.yaml:6:19: error[POLICY-MEANING]: domain \`patient\` names a key that is not under \`keys\`
        hint: did you mean \`pseudonym\`?
      policy.yaml:7:3: error[POLICY-MEANING]: domain \`doctor\` is kept to the licensee, but none is named
        7 |   doctor: { key: pseudonym }
          |   ^^^^^^
        hint: add \`license\` with \`licensee: { id: …, name: … }\`, or give the domain \`scope: global\`
      policy.yaml:9:60: error[POLICY-MEANING]: there is no domain \`patiant\`
        9 |   id: { role: identifier, transform: { tokenize: { domain: patiant } } }
          |                                                            ^^^^^^^
        hint: did you mean \`patient\`?
      policy.yaml:10:87: error[POLICY-MEANING]: there is no hierarchy \`age\`
        10 |   age: { role: quasi-identifier, type: integer, transform: { generalize: { hierarchy: age, level: 1 } } }
           |                                                                                       ^^^
        hint: add it under \`hierarchies\`
      policy.yaml:13:9: error[POLICY-MEANING]: there is no field \`ID\`
        13 |   unit: ID
           |         ^^
        hint: did you mean \`id\`?
      policy.yaml:15:39: error[POLICY-MEANING]: field \`email\` has role identifier, not sensitive
        15 |     - l-diversity: { l: 2, sensitive: email }
           |                                       ^^^^^
        hint: change its role, or name a sensitive field
      policy.yaml:16:39: error[POLICY-MEANING]: there is no field \`diagnosis\`
        16 |     - l-diversity: { l: 2, sensitive: diagnosis }
           |                                       ^^^^^^^^^
        hint: \`fields\` holds \`id\`, \`age\`, \`email\`
      "
    `);
  });

  test.each([
    ['json, records: "$.items[*].x"', 'no path of records: `[*]` can only stand at the end'],
    ['json, records: items', 'no path of records: a path begins with `$`'],
    ['json, around: keep', undefined],
    ['json, records: "$"', undefined],
    ['ndjson, records: "$[*]"', 'only json has records to choose'],
    ['ndjson, around: drop', 'only json has members around its records'],
  ])('which values of a document are no records: %s', (input, says) => {
    const text = `input: { format: ${input} }\nfields: { $.a: { role: insensitive, transform: keep } }\n`;
    if (says === undefined) expect(() => parse(withSections(text))).not.toThrow();
    else expect(wrong(text)).toContain(says);
  });

  test('which fields contradict themselves or each other', () => {
    expect(
      wrong(`input: { format: tsv, delimiter: "," }
fields:
  name: { role: identifier, transform: keep }
  both: { role: sensitive, transform: [ drop, keep ] }
  "*_x": { role: sensitive, transform: keep }
  "**_x": { role: sensitive, transform: keep }
  $.a: { role: sensitive, transform: keep }
privacy: { unit: "*_x", models: [ k-anonymity: { k: 2 } ] }
`),
    ).toMatchInlineSnapshot(`
      "policy.yaml:4:23: error[POLICY-MEANING]: only csv has a delimiter to choose
        4 | input: { format: tsv, delimiter: "," }
          |                       ^^^^^^^^^
        hint: leave it out
      policy.yaml:6:40: error[POLICY-MEANING]: an identifier would be released as it is
        6 |   name: { role: identifier, transform: keep }
          |                                        ^^^^
        hint: drop it, replace it, or give it another role
      policy.yaml:7:41: error[POLICY-MEANING]: \`drop\` stands beside other transforms
        7 |   both: { role: sensitive, transform: [ drop, keep ] }
          |                                         ^^^^
        hint: a field that is dropped needs no other
      policy.yaml:9:3: error[POLICY-MEANING]: \`**_x\` names the same fields as \`*_x\`
        9 |   "**_x": { role: sensitive, transform: keep }
          |   ^^^^^^
        hint: keep one of the two
      policy.yaml:10:3: error[POLICY-MEANING]: this is a path of JSON data
        10 |   $.a: { role: sensitive, transform: keep }
           |   ^^^
        hint: format tsv makes this a policy for tables: write column names
      policy.yaml:11:18: error[POLICY-MEANING]: \`*_x\` is a glob
        11 | privacy: { unit: "*_x", models: [ k-anonymity: { k: 2 } ] }
           |                  ^^^^^
        hint: name one column
      policy.yaml:11:25: error[POLICY-MEANING]: the models have no quasi-identifiers to look at
        11 | privacy: { unit: "*_x", models: [ k-anonymity: { k: 2 } ] }
           |                         ^^^^^^
        hint: give \`role: quasi-identifier\` to the fields by which somebody could be recognized
      "
    `);
    expect(
      wrong(`fields:
  $.id: { role: identifier, transform: drop }
  "$.visits[*].zip": { role: quasi-identifier, transform: { generalize: { prefix: 3 } } }
  "$['id']": { role: identifier, transform: drop }
  "$.visits[0]": { role: sensitive, transform: keep }
  zip: { role: sensitive, transform: keep }
privacy: { unit: "$.visits[*].zip", models: [ k-anonymity: { k: 2 } ] }
`),
    ).toMatchInlineSnapshot(`
      "policy.yaml:6:3: error[POLICY-MEANING]: a model cannot look at a path that repeats within a record
        6 |   "$.visits[*].zip": { role: quasi-identifier, transform: { generalize: { prefix: 3 } } }
          |   ^^^^^^^^^^^^^^^^^
        hint: drop or redact it, or give it another role if nobody can be recognized by it
      policy.yaml:7:3: error[POLICY-MEANING]: \`$['id']\` names the same fields as \`$.id\`
        7 |   "$['id']": { role: identifier, transform: drop }
          |   ^^^^^^^^^
        hint: keep one of the two
      policy.yaml:8:3: error[POLICY-MEANING]: malformed path at character 10: elements of an array cannot be told apart: write \`[*]\`
        8 |   "$.visits[0]": { role: sensitive, transform: keep }
          |   ^^^^^^^^^^^^^
      policy.yaml:9:3: error[POLICY-MEANING]: this is no path of JSON data
        9 |   zip: { role: sensitive, transform: keep }
          |   ^^^
        hint: \`$.id\` makes this a policy for JSON: write paths such as \`"$.name"\`
      policy.yaml:10:18: error[POLICY-MEANING]: \`$.visits[*].zip\` repeats within a record
        10 | privacy: { unit: "$.visits[*].zip", models: [ k-anonymity: { k: 2 } ] }
           |                  ^^^^^^^^^^^^^^^^^
        hint: name a field with one value
      "
    `);
    expect(wrong('fields: { a: { role: identifier, transform: drop } }')).toMatchInlineSnapshot(`
      "policy.yaml:4:1: error[POLICY-MEANING]: every field is dropped, so nothing would be left
        4 | fields: { a: { role: identifier, transform: drop } }
          | ^^^^^^
        hint: release at least one field
      "
    `);
  });

  test('where a key is missing for what repeats', () => {
    expect(wrong('reproducible: true')).toMatchInlineSnapshot(`
      "policy.yaml:5:15: error[POLICY-MEANING]: \`reproducible: true\` takes the only key, but \`keys\` holds none
        5 | reproducible: true
          |               ^^^^
        hint: write \`reproducible: { key: NAME }\` with a name under \`keys\`
      "
    `);
    expect(wrong('keys: { a: { env: A }, b: { env: B } }\nreproducible: { key: c }')).toMatchInlineSnapshot(`
      "policy.yaml:6:22: error[POLICY-MEANING]: \`reproducible\` names a key that is not under \`keys\`
        hint: did you mean \`a\`?
      "
    `);
  });

  test('in warnings, what is not used', () => {
    expect(
      wrong(`keys: { a: { env: A }, b: { env: B } }
domains: { d: { key: a, scope: global } }
hierarchies: { zip: { zip3: census-2020 } }
fields: { zip: { role: quasi-identifier, transform: keep } }
`),
    ).toMatchInlineSnapshot(`
      "policy.yaml:4:24: warning[POLICY-MEANING]: key \`b\` is never used
        hint: leave it out
      policy.yaml:5:12: warning[POLICY-MEANING]: domain \`d\` is never used
        5 | domains: { d: { key: a, scope: global } }
          |            ^
        hint: leave it out
      policy.yaml:6:16: warning[POLICY-MEANING]: hierarchy \`zip\` is never used
        6 | hierarchies: { zip: { zip3: census-2020 } }
          |                ^^^
        hint: leave it out
      policy.yaml:7:24: warning[POLICY-MEANING]: quasi-identifiers are named, but no privacy model looks at them
        7 | fields: { zip: { role: quasi-identifier, transform: keep } }
          |                        ^^^^^^^^^^^^^^^^
        hint: add a model: \`privacy: { models: [ { k-anonymity: { k: 5 } } ] }\`
      "
    `);
  });
});

test('definitions are taken from the registries that are passed', async () => {
  const { registry } = await import('../../src/base/registry.ts');
  const { builtIn } = await import('../../src/policy/schema.ts');
  const few = { ...builtIn, transforms: registry('transform', [builtIn.transforms.get('drop')!]) };
  const text = Buffer.from(withSections('fields: { a: { role: sensitive, transform: mask } }'));
  expect(() => parsePolicy(text, { file: 'p', directory: '.' }, few)).toThrow('unknown transform `mask`');
});
