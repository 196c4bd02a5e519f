import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { header, policy, rows } from './refused.ts';
import { workspace } from './session.ts';

it('records in random order make a release that says so, verifies, and has the fields of the one before', async () => {
  const space = workspace();
  space.write('x.csv', header + rows(300));
  space.write('policy.yaml', policy);
  const args = ['apply', 'policy.yaml', 'x.csv', '--key', 'issuer.key'];
  expect((await space.call([...args, '--out', 'before'])).status).toBe(0);
  space.write('policy.yaml', `${policy}output: { order: shuffled }\n`);
  const run = await space.call([...args, '--out', 'after', '--against', 'before']);
  expect(run.stderr).toContain('after: 300 records written');

  const read = (folder: string, name: string) => readFileSync(join(space.dir, folder, name), 'utf8');
  const records = (folder: string) => read(folder, 'data/x.csv').split('\n');
  expect(records('after')).not.toEqual(records('before'));
  expect(records('after').toSorted()).toEqual(records('before').toSorted());
  expect(read('after', 'LICENSE.md')).toContain('"(order of the records)" (insensitive): shuffled');
  const { payload } = JSON.parse(read('after', 'license.intoto.json'));
  expect(JSON.parse(Buffer.from(payload, 'base64').toString()).predicate.transforms.at(-1)).toEqual({
    field: '(order of the records)',
    role: 'insensitive',
    technique: ['shuffled'],
    reversible: false,
    reproducible: false,
    parameters: { shuffled: { within: 'file' } },
  });
  const use = ['--trust', 'issuer.pub', '--organization', 'urn:org:example', '--purpose', 'AcademicResearch'];
  expect(space.run(['verify', 'after', ...use]).status).toBe(0);
  // A release that goes back to the order of the input has no other fields either.
  space.write('policy.yaml', policy);
  expect((await space.call([...args, '--out', 'back', '--against', 'after'])).status).toBe(0);
  expect(records('back')).toEqual(records('before'));
});
