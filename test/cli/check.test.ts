import { expect, it } from 'vitest';
import { workspace } from './session.ts';

it('says whether policies are in order, and where they are not', () => {
  const space = workspace();
  const policy = (rule: string) => `policy: anon/v1\nname: x\nversion: "1"\nfields:\n  a: ${rule}\n`;
  space.write('a.yaml', policy('{ role: sensitive, transform: keep }'));
  space.write('b.yaml', policy('{ role: sensitive, transform: kep }'));
  expect(space.run(['check', 'a.yaml'])).toEqual({ status: 0, stdout: '1 policy in order\n', stderr: '' });
  expect(space.run(['check', 'a.yaml', '--quiet'])).toEqual({ status: 0, stdout: '', stderr: '' });
  const wrong = space.run(['check', 'a.yaml', 'b.yaml']);
  expect(wrong).toMatchObject({ status: 2, stdout: '' });
  expect(wrong.stderr).toContain('b.yaml:5:36: error[POLICY-SHAPE]: unknown transform `kep`\n');
  expect(wrong.stderr).toContain('  hint: did you mean `keep`?\n');
  const json = space.run(['check', 'a.yaml', 'b.yaml', '--json']);
  expect(json.status).toBe(2);
  expect(JSON.parse(json.stdout)).toMatchObject({ ok: false, diagnostics: [{ code: 'POLICY-SHAPE', line: 5 }] });
});
