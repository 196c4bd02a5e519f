import { appendFileSync, cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { workspace } from './session.ts';

const policy = (valid: string): string => `policy: anon/v1
name: cohort
version: "1.0"
fields:
  name: { role: identifier, transform: drop }
  age: { role: insensitive, type: integer, transform: keep }
license:
  licensor: { name: Example Hospital, contact: data@hospital.example }
  licensee: { id: "urn:org:university", name: Example University }
  purposes: [AcademicResearch]
  regions: [EEA]
  limits: { exports: 1 }
  valid: ${valid}
`;

/** Somebody who knows nothing of keys is told by each refusal what it is, and what to do next. */
describe('a recipient', () => {
  it('learns from every no what to do', async () => {
    const space = workspace();
    space.write('people.csv', 'name,age\nAda,36\nGrace,45\n');
    const release = async (name: string, valid: string): Promise<void> => {
      space.write('policy.yaml', policy(valid));
      const args = ['apply', 'policy.yaml', 'people.csv', '--out', name, '--key', 'issuer.key'];
      expect(await space.call(args)).toMatchObject({ status: 0 });
    };
    await release('bundle', '{ from: 2020-01-01, until: 2089-12-31 }');
    await release('over', '{ from: 2020-01-01, until: 2020-12-31 }');
    await release('early', '{ from: 2088-01-01, until: 2089-12-31 }');
    await space.call(['keys', 'generate', 'other.key', '--plain']);
    cpSync(join(space.dir, 'bundle'), join(space.dir, 'changed'), { recursive: true });
    appendFileSync(join(space.dir, 'changed/data/people.csv'), '1\n');
    cpSync(join(space.dir, 'bundle'), join(space.dir, 'more'), { recursive: true });
    space.write('more/notes.txt', 'x');
    cpSync(join(space.dir, 'bundle'), join(space.dir, 'less'), { recursive: true });
    rmSync(join(space.dir, 'less/report.json'));

    const use = ['--organization', 'urn:org:university', '--purpose', 'AcademicResearch', '--region', 'DE'];
    const trusted = ['--trust', 'issuer.pub'];
    /** What failed, and what lies under it; or the error. */
    const said = async (...args: string[]): Promise<string> => {
      const { stdout, stderr } = await space.call(args);
      const lines = (stdout + stderr).split('\n');
      const at = lines.findIndex((line) => /^(?:FAIL|error)/.test(line));
      const hint = lines.slice(at).filter((line) => /^ +hint: /.test(line));
      return [lines[at]!.replace(/ +/g, ' '), ...hint.map((line) => line.trim())].join('\n');
    };

    expect(await said('verify', 'bundle', ...use)).toBe(
      "error[USAGE]: say whom you trust\nhint: --trust FILE, the issuer's public key or a trust file, as the issuer gives it to you apart from the bundle; or `anon trust init FILE` once",
    );
    expect(await said('verify', 'bundle', '--trust', 'other.pub', ...use)).toBe(
      'FAIL signature SIGNATURE: no signature by a trusted key verifies\nhint: compare the key that `anon license show BUNDLE` names with the issuer over another channel, then name the right one with `--trust`',
    );
    expect(await said('verify', 'over', ...trusted, ...use)).toBe(
      'FAIL time EXPIRED: the license ended at 2021-01-01T00:00:00Z\nhint: ask the issuer to renew it (`anon license renew`); delete the data if nobody does',
    );
    expect(await said('verify', 'early', ...trusted, ...use)).toBe(
      'FAIL time NOTYET: the license begins at 2088-01-01T00:00:00Z\nhint: wait until the day that the license names, and compare your clock',
    );
    const otherUse = ['--organization', 'urn:org:mine', '--purpose', 'Marketing', '--region', 'US'];
    expect(await said('verify', 'bundle', ...trusted, ...otherUse)).toBe(
      'FAIL terms TERMS: licensee: the stated organization is not the licensee, urn:org:university; purposes: Marketing is not within AcademicResearch; regions: US is not within EEA\nhint: state the use as it is; `anon license explain BUNDLE` shows what each term asks for',
    );
    expect(await said('verify', 'bundle', ...trusted, '--purpose', 'research')).toMatch(
      /^error\[USAGE\]: stated use, purpose: must be a known purpose.*\nhint: `anon license explain BUNDLE` says what its license asks for, and with which flags$/,
    );
    expect(await said('verify', 'changed', ...trusted, ...use)).toBe(
      'FAIL digests DIGEST: data/people.csv does not have the size that was signed\nhint: fetch the bundle again; use nothing of this one',
    );
    expect(await said('verify', 'more', ...trusted, ...use)).toBe(
      'FAIL subjects EXTRA: not in the license: notes.txt\nhint: take out what is not part of the bundle, or fetch it again',
    );
    expect(await said('verify', 'less', ...trusted, ...use)).toBe(
      'FAIL subjects MISSING: not in the bundle: report.json\nhint: fetch the bundle again: it is not whole',
    );
    expect(await space.call(['export', 'bundle', '--to', 'data', ...trusted, ...use])).toMatchObject({ status: 0 });
    expect(await said('export', 'bundle', '--to', 'again', ...trusted, ...use)).toBe(
      'error[QUOTA]: limits.exports: the license allows one export, and it is used up\nhint: ask the issuer for a higher limit',
    );
    // Whom to ask stands in the license.
    expect((await space.call(['license', 'show', 'bundle'])).stdout).toContain(
      '\n  contact     data@hospital.example\n',
    );
  });
});
