import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { canary, expectRefused, header, policy, rows } from './refused.ts';
import { workspace } from './session.ts';

const text = `${header}${rows(20).replaceAll('text', 'Grüße')}`;
const utf16 = (value: string) => Buffer.from(`\ufeff${value}`, 'utf16le');
const verify = [
  'verify',
  'out',
  '--trust',
  'issuer.pub',
  '--organization',
  'urn:org:example',
  '--purpose',
  'AcademicResearch',
];
const apply = ['apply', 'policy.yaml', 'x.csv', '--key', 'issuer.key', '--out', 'out'];

/** The policy with an encoding, and whatever else its input and output say. */
function encoded(encoding: string, output = ''): string {
  return `${policy}input: { encoding: ${encoding} }\noutput: { ${output} }\n`;
}

it.each([
  ['utf-16', utf16(text), 'utf-16', (bytes: Buffer) => bytes.subarray(2).toString('utf16le')],
  [
    'utf-16be',
    Buffer.from(text, 'utf16le').swap16(),
    'utf-16be',
    (bytes: Buffer) => Buffer.from(bytes).swap16().toString('utf16le'),
  ],
  ['latin1', Buffer.from(text, 'latin1'), 'iso-8859-1', (bytes: Buffer) => bytes.toString('latin1')],
  ['windows-1252', Buffer.from(text, 'latin1'), 'windows-1252', (bytes: Buffer) => bytes.toString('latin1')],
])('%s is read, and written again', async (encoding, input, stated, decode) => {
  const space = workspace();
  space.write('policy.yaml', encoded(encoding));
  space.write('x.csv', input);
  const run = await space.call(apply);
  expect(run.stderr).toContain('out: 20 records written');
  expect((await space.call(verify)).status).toBe(0);
  const [first, ...lines] = decode(readFileSync(join(space.dir, 'out/data/x.csv'))).split('\n');
  expect(first).toBe('id,age,note');
  expect(lines).toHaveLength(21);
  for (const line of lines.slice(0, 20)) expect(line).toMatch(/^[a-z2-7]{26},"?\[20,40\)"?,Grüße$/);
  const described = JSON.parse(readFileSync(join(space.dir, 'out/datapackage.json'), 'utf8'));
  expect(described.resources[0].encoding).toBe(stated);

  // The same in gzip, on standard input, and in UTF-8 on the way out.
  space.write('policy.yaml', encoded(encoding, 'encoding: utf-8, compress: gzip'));
  const piped = ['apply', 'policy.yaml', '--format', 'csv', '--data-only', 'alone'];
  expect(space.run(piped, { input: gzipSync(input) }).status).toBe(0);
  const plain = gunzipSync(readFileSync(join(space.dir, 'alone/data.csv.gz'))).toString();
  expect(plain).toMatch(/^id,age,note\n/);
  expect(plain).toContain('Grüße\n');
});

it('finds identifiers in the output whatever its encoding', async () => {
  const space = workspace();
  const leaking = policy.replace(
    'name: { role: identifier, transform: drop }',
    'name: { role: identifier, transform: drop }',
  );
  space.write('policy.yaml', `${leaking}input: { encoding: utf-16 }\n`);
  space.write('x.csv', utf16(`${header}${rows(20)}${canary}-77,Name Ödipus Özgür,30,seen by Name Ödipus Özgür\n`));
  const run = await space.call(apply);
  expect(run.status).toBe(1);
  expect(run.stderr).toContain('error[LEAK]: values of identifier `name` were found in field `note`');
  expect(space.run(apply)).toEqual(run);
  expect(space.files()).toEqual(['policy.yaml', 'x.csv']);
});

it('refuses a new value that the encoding has not, at its row and field', async () => {
  const space = workspace();
  const redacting = encoded('latin1').replace(
    'note: { role: insensitive, transform: keep }',
    'note: { role: insensitive, transform: { redact: { with: "€" } } }',
  );
  space.write('policy.yaml', redacting);
  space.write('x.csv', Buffer.from(text, 'latin1'));
  expectRefused(space, ['policy.yaml', 'x.csv'], await space.call(apply), {
    code: 'DATA-ENCODING',
    at: 'x.csv: row 1, field note',
    says: 'output: { encoding: utf-8 }',
  });
  space.write('policy.yaml', redacting.replace('output: {', 'output: { encoding: utf-8'));
  expect((await space.call(apply)).status).toBe(0);
  expect(readFileSync(join(space.dir, 'out/data/x.csv'), 'utf8')).toContain(',€\n');
});

it.each<[string, string, Buffer, string | RegExp]>([
  [
    'an undefined byte',
    'windows-1252',
    Buffer.concat([Buffer.from(text, 'latin1'), Buffer.from([0x81])]),
    /byte \d+ of the input is no character of windows-1252/,
  ],
  ['half a character', 'utf-16', utf16(text).subarray(0, -1), 'half a unit of UTF-16'],
  ['an unpaired surrogate', 'utf-16', utf16(`${text}\ud800${canary}`), 'a surrogate without its other half'],
  ['no mark', 'utf-16', Buffer.from(text, 'utf16le'), 'utf-16le'],
  ['UTF-8 with a mark', 'latin1', Buffer.from(`\ufeff${text}`), 'say `encoding: utf-8`'],
  ['UTF-16 that is not stated', 'utf-8', utf16(text), 'say `input: { encoding: utf-16 }`'],
])('refuses %s', async (_, encoding, input, says) => {
  const space = workspace();
  space.write('policy.yaml', encoded(encoding));
  space.write('x.csv', input);
  expectRefused(space, ['policy.yaml', 'x.csv'], await space.call(apply), { code: 'DATA-ENCODING', at: 'x.csv', says });
});
