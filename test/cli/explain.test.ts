import { expect, it } from 'vitest';
import { workspace } from './session.ts';

it('lists all names, explains one, and suggests the nearest', () => {
  const space = workspace();
  const index = space.run(['explain']);
  expect(index).toMatchObject({ status: 0, stderr: '' });
  expect(index.stdout).toContain('transforms: What a policy does to the values of a field.\n  keep, drop, redact,');

  expect(space.run(['explain', 'STALE'])).toEqual({
    status: 0,
    stderr: '',
    stdout: `STALE (code of a failure)
  The revocation list is missing or too old.

exit status: 1: the answer is no
what to do: fetch the latest list of revocations from the issuer
`,
  });

  const { stdout } = space.run(['explain', 'k-anonymity', '--json']);
  expect(JSON.parse(stdout).topics).toMatchObject([
    { kind: 'privacy model', options: [{ name: 'k', required: true }] },
  ]);

  expect(space.run(['explain', 'tokenise'])).toEqual({
    status: 2,
    stdout: '',
    stderr: 'error[USAGE]: nothing is called `tokenise`\n  hint: did you mean `tokenize`?\n',
  });
});
