import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { workspace } from './session.ts';

const policy = (fields: string, more = '') => `\
policy: anon/v1
name: fakes
version: "1"
keys: { k: { file: ./pseudonym.key } }
domains: { patient: { key: k, normalize: [trim, lowercase], scope: global } }
${more}fields:
${fields}`;
const people = policy(`\
  id: { role: identifier, transform: { tokenize: { domain: patient } } }
  name: { role: identifier, transform: { fake: { as: person.fullName, domain: patient, per: id } } }
  mail: { role: identifier, transform: { fake: { as: internet.email, domain: patient, unique: true } } }
`);

test('the same patient gets the same name and the same mail the same address, in every table and form', async () => {
  const { dir, write, call } = workspace();
  write('csv.yaml', people);
  write('visits.csv', 'id,name,mail\n17,Ada Lovelace,ada@x.org\n18,Bo,bo@x.org\n17,A. Lovelace, ADA@x.org\n');
  write('json.yaml', people.replace(/^ {2}(\w+):/gm, '  "$.$1":').replace('per: id', 'per: "$.id"'));
  write('labs.ndjson', '{"mail":"ada@x.org","id":17,"name":"Lovelace, Ada"}\n{"id":18,"mail":"x@x.org","name":null}\n');
  for (const [table, form] of [
    ['visits.csv', 'csv'],
    ['labs.ndjson', 'json'],
  ] as const) {
    expect(await call(['apply', `${form}.yaml`, table, '--data-only', form])).toMatchObject({
      status: 0,
      stderr: expect.any(String),
    });
  }
  const [, ada, bo, again] = readFileSync(join(dir, 'csv', 'visits.csv'), 'utf8')
    .split('\n')
    .map((line) => line.split(','));
  expect(again).toEqual(ada);
  expect(ada![2]).toMatch(/^[a-z.]+\d*\.[a-z2-7]{13}@example\.(com|net|org)$/);
  expect(bo).not.toEqual(ada);
  const [first, second] = readFileSync(join(dir, 'json', 'labs.ndjson'), 'utf8')
    .split('\n', 2)
    .map((line) => JSON.parse(line));
  expect([first.id, first.name, first.mail]).toEqual(ada);
  expect([second.id, second.name]).toEqual([bo![0], null]);
});

test('what is made up about one person agrees', async () => {
  const { dir, write, call } = workspace();
  const as = (kind: string) => `{ role: identifier, transform: { fake: { as: ${kind}, domain: patient, per: id } } }`;
  write(
    'p.yaml',
    policy(`\
  id: { role: identifier, transform: { tokenize: { domain: patient } } }
  first: ${as('person.firstName')}
  last: ${as('person.lastName')}
  name: ${as('person.fullName')}
  mail: ${as('internet.email')}
  login: ${as('internet.username')}
`),
  );
  write('in.csv', `id,first,last,name,mail,login\n${'1,a,b,c,d,e\n2,f,g,h,i,j\n3,k,l,m,n,o\n'}`);
  expect(await call(['apply', 'p.yaml', 'in.csv', '--data-only', 'out'])).toMatchObject({ status: 0 });
  const rows = readFileSync(join(dir, 'out', 'in.csv'), 'utf8')
    .trim()
    .split('\n')
    .slice(1);
  expect(rows).toHaveLength(3);
  for (const [, first, last, name, mail, login] of rows.map((row) => row.split(','))) {
    expect(name).toBe(`${first} ${last}`);
    const letters = (text: string) => text.toLowerCase().replace(/[^a-z]/g, '');
    expect(mail).toMatch(new RegExp(`^${letters(first!)}\\.${letters(last!)}(\\d\\d)?@example\\.(com|net|org)$`));
    expect(login).toBe(mail!.split('@')[0]!.replace('.', '_'));
  }
});

test('the license says from which words values were made', async () => {
  const { dir, write, call } = workspace();
  write(
    'p.yaml',
    policy(
      '  name: { role: identifier, transform: { fake: { as: person.lastName, random: true } } }\n',
      `\
defaults: { locale: de-LI }
license:
  licensor: { name: Example Hospital }
  licensee: { id: "urn:org:example", name: Example }
  purposes: [AcademicResearch]
  regions: [GB]
  valid: { from: 2026-10-01, until: 2027-09-30 }
`,
    ).replace(/^(keys|domains).*\n/gm, ''),
  );
  write('names.csv', 'name\nLovelace\nHopper\n');
  expect(await call(['apply', 'p.yaml', 'names.csv', '--out', 'bundle', '--key', 'issuer.key'])).toMatchObject({
    status: 0,
  });
  expect(readdirSync(join(dir, 'bundle'))).toContain('license.intoto.json');
  const envelope = JSON.parse(readFileSync(join(dir, 'bundle', 'license.intoto.json'), 'utf8'));
  const statement = JSON.parse(Buffer.from(envelope.payload, 'base64').toString('utf8'));
  expect(statement.predicate.transforms).toMatchObject([
    {
      technique: ['fake'],
      reproducible: false,
      parameters: {
        fake: {
          as: 'person.lastName',
          random: true,
          locale: 'de',
          faker: '10.6.0',
          words: expect.stringMatching(/^sha256:/),
        },
      },
    },
  ]);
});

test('mistakes are shown where they are', async () => {
  const { write, call } = workspace();
  write(
    'wrong.yaml',
    policy(`\
  a: { role: identifier, transform: { fake: { as: person.fulName, domain: patient } } }
  b: { role: identifier, transform: { fake: { as: phone.number, domain: patient, unique: true } } }
  c: { role: identifier, transform: { fake: { as: person.fullName, domain: patient, per: d } } }
  e: { role: identifier, transform: { fake: { as: person.sex, locale: pt } } }
`),
  );
  write('data.csv', 'a,b,c,e\n1,2,3,4\n');
  const { status, stderr } = await call(['apply', 'wrong.yaml', 'data.csv', '--data-only', 'out']);
  expect(status).toBe(2);
  expect(stderr.split('\n').filter((line) => /error|hint/.test(line))).toEqual([
    'wrong.yaml:7:51: error[POLICY-SHAPE]: unknown method of faker `person.fulName`',
    '  hint: did you mean `person.fullName`?',
    expect.stringMatching(/:8:\d+: error\[POLICY-MEANING\]: `phone.number` has no room for a token$/),
    expect.stringContaining('hint: `unique` goes with `person.firstName`'),
    expect.stringMatching(/:9:\d+: error\[POLICY-MEANING\]: there is no field `d`$/),
    expect.stringContaining('hint:'),
    expect.stringMatching(
      /:10:\d+: error\[POLICY-MEANING\]: values are chosen by a domain or by `random: true`; neither/,
    ),
    '  hint: write `domain: NAME` with a name of the section `domains`',
    expect.stringMatching(/:10:\d+: error\[POLICY-MEANING\]: there are no word lists for the locale `pt`$/),
    '  hint: write one of `pt_BR`, `pt_PT`',
  ]);
});

test('a locale without the words stops the run before data is read', async () => {
  const { files, write, call } = workspace();
  write(
    'p.yaml',
    policy(
      '  a: { role: identifier, transform: { fake: { as: location.state, domain: patient } } }\n',
      'defaults: { locale: az }\n',
    ),
  );
  const { status, stderr } = await call(['apply', 'p.yaml', 'nothing.csv', '--data-only', 'out']);
  expect(status).toBe(2);
  expect(stderr).toContain('p.yaml:8:26: error[POLICY-MEANING]: locale `az` has no words for `location.state`');
  expect(files()).toEqual(['p.yaml']);
});

test('a record without the field that chooses is refused', async () => {
  const { write, call } = workspace();
  write('p.yaml', people);
  write('data.csv', 'id,name,mail\n1,Ada,a@x.org\n,Bo,b@x.org\n');
  const { status, stderr } = await call(['apply', 'p.yaml', 'data.csv', '--data-only', 'out']);
  expect(status).toBe(2);
  expect(stderr).toContain('data.csv: row 2, field name: error[DATA-VALUE]');
});

test('faker is loaded where values are made up, and only the locale that is needed', () => {
  const { dir, write, run } = workspace();
  const modules = join(dir, 'loaded.txt');
  // The resolver of the program's own process tells what it loads.
  const hook = `import { register } from 'node:module'; register('data:text/javascript,' + encodeURIComponent(\`
    import { appendFileSync } from 'node:fs';
    export async function resolve(specifier, context, next) {
      const found = await next(specifier, context);
      if (found.url.includes('faker-js')) appendFileSync(${JSON.stringify(modules)}, found.url + '\\\\n');
      return found;
    }\`));`;
  const env = { NODE_OPTIONS: `--import=${write('hook.mjs', hook)}` };
  write('modules', '');
  write('data.csv', 'a\nAda\n');
  const loaded = () => readFileSync(modules, { encoding: 'utf8', flag: 'a+' });
  write('without.yaml', policy('  a: { role: identifier, transform: { tokenize: { domain: patient } } }\n'));
  expect(run(['apply', 'without.yaml', 'data.csv', '--data-only', 'one'], { env })).toMatchObject({ status: 0 });
  expect(loaded()).toBe('');
  write(
    'with.yaml',
    policy('  a: { role: identifier, transform: { fake: { as: person.firstName, domain: patient, locale: de } } }\n'),
  );
  expect(run(['apply', 'with.yaml', 'data.csv', '--data-only', 'two'], { env })).toMatchObject({ status: 0 });
  const locales = loaded().match(/(?<=dist\/)[a-z]{2}(_[A-Z]{2})?(?=-[^/]*\.js)/g) ?? [];
  expect([...new Set(locales)].sort()).toEqual(['de', 'en']);
});
