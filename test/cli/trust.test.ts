import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { workspace } from './session.ts';

const policy = `policy: anon/v1
name: cohort
version: "1.0"
fields:
  name: { role: identifier, transform: drop }
  age: { role: quasi-identifier, type: integer, transform: { generalize: { intervals: [0, 40, 80] } } }
license:
  licensor: { id: "urn:org:example-hospital", name: Example Hospital }
  licensee: { id: "urn:org:example-university", name: Example University }
  valid: { from: 2020-01-01, until: 2099-12-31 }
  status: { max-age: P1D }
  approvals: { threshold: 0 }
`;
const use = ['--organization', 'urn:org:example-university'];

describe('a small organization', () => {
  it('makes its trust file, and recipients follow it from version to version', async () => {
    const { call, run, write, dir } = workspace();
    const ok = async (...args: string[]) => {
      const { status, stdout, stderr } = await call(args);
      expect([stderr, status]).toEqual(['', 0]);
      return stdout;
    };
    /** Through the binary. */
    const typed = (...args: string[]) => {
      const { status, stdout, stderr } = run(args);
      expect([stderr, status]).toEqual(['', 0]);
      return stdout;
    };
    const verify = async (...more: string[]) =>
      (await call(['verify', 'bundle', ...use, ...more])).stdout.trim().split('\n').at(-1);
    for (const name of ['root', 'second', 'revoker', 'issuer-2027'])
      expect((await call(['keys', 'generate', `${name}.key`, '--plain'])).status).toBe(0);
    write('policy.yaml', policy);
    write('people.csv', 'name,age\nAda,36\nGrace,45\n');
    expect((await call(['apply', 'policy.yaml', 'people.csv', '--out', 'bundle', '--key', 'issuer.key'])).status).toBe(
      0,
    );

    // Two roots, of which both must sign: one on each of two machines.
    const roots = ['--root', 'urn:person:ada=root.pub', '--root', 'urn:person:bob=second.pub', '--root-threshold', '2'];
    expect(await ok('trust', 'create', 'trust.json', ...roots, '--sign', 'root.key')).toMatch(
      /^trust.json: version 1, fingerprint sha256:[0-9a-f]{64}\n {2}signed by 1 of the 2 roots of version 1: 1 more must sign it/,
    );
    expect(typed('trust', 'sign', 'trust.json', '--sign', 'second.key')).toMatch(/signed by 2 of the 2 roots/);
    const both = ['--sign', 'root.key', '--sign', 'second.key'];
    const hospital = ['--principal', 'urn:org:example-hospital', '--key', 'issuer.pub', '--role', 'issuer'];
    await ok('trust', 'add', 'trust.json', ...hospital, '--datasets', 'people*', ...both);
    const revoker = ['--principal', 'urn:person:rosa', '--key', 'revoker.pub', '--role', 'revoker'];
    const added = JSON.parse(await ok('trust', 'add', 'trust.json', ...revoker, ...both, '--json'));
    expect(added).toMatchObject({
      version: 3,
      signatures: [
        { version: 2, signed: 2, threshold: 2 },
        { version: 3, signed: 2, threshold: 2 },
      ],
    });

    // A recipient compares the fingerprint and adopts the file.
    expect(await call(['verify', 'bundle', ...use])).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/say whom you trust/),
    });
    const astray = ['trust', 'init', 'trust.json', '--fingerprint', '0'.repeat(64)];
    const wrong = await call(astray);
    expect(run(astray)).toEqual(wrong);
    expect([wrong.status, wrong.stderr]).toEqual([1, expect.stringMatching(/does not have that fingerprint/)]);
    expect(await ok('trust', 'init', 'trust.json', '--fingerprint', added.fingerprint)).toMatch(
      /urn:org:example-hospital: issuer of people\*\n {2}key [0-9a-f]{64}\n/,
    );

    // Whoever works on licenses takes the adopted file too.
    const shown = (await call(['license', 'show', 'bundle'])).stdout;
    expect(shown).toMatch(
      /\nsigned by urn:org:example-hospital\nnothing else was verified: `anon verify` does that\n$/,
    );
    const approve = ['license', 'approve', 'bundle', '--tar', 'approved.tar', '--yes', '--key', 'revoker.key'];
    expect((await call(approve)).status).toBe(0);
    expect((await call(['audit', 'show', '-n', '1'])).stdout).toMatch(/license approved .* by urn:person:rosa\n$/);

    // The license asks for a list of revocations that is no older than a day.
    expect(await verify()).toMatch(/^deny STALE urn:anon:license:/);
    await ok('revoke', 'revocations.json', '--sign', 'revoker.key');
    await ok('revocations', 'merge', 'revocations.json');
    expect(await verify()).toMatch(/^allow urn:anon:license:/);
    const license = (await verify())!.split(' ')[1]!;
    await ok(
      'revoke',
      'revocations.json',
      '--license',
      license,
      '--reason',
      'consent withdrawn',
      '--sign',
      'revoker.key',
    );
    expect(await verify('--revocations', 'revocations.json')).toBe(`deny REVOKED ${license}`);
    expect(typed('revocations', 'show')).toMatch(new RegExp(`license {2}${license} {2}consent withdrawn\\n$`));
    await ok('revoke', 'revocations.json', '--license', license, '--reinstate', '--sign', 'revoker.key');
    expect(await verify('--revocations', 'revocations.json')).toBe(`allow ${license}`);

    // A new key takes over; what the old one signed is refused once the recipient has the next version.
    typed('trust', 'rotate', 'trust.json', 'issuer.pub', 'issuer-2027.pub', ...both);
    typed('trust', 'update', 'trust.json');
    expect(await verify()).toBe('deny SIGNATURE');
    typed('trust', 'remove', 'trust.json', '--principal', 'urn:org:example-hospital', ...both, '--out', 'next.json');
    typed('trust', 'renew', 'next.json', '--expires', '2099-12-31', '--root-threshold', '1', ...both);
    const skipped = await call(['trust', 'update', 'next.json', '--json']);
    expect([skipped.status, JSON.parse(skipped.stdout).diagnostics[0].code]).toEqual([1, 'TRUST']);
    expect(JSON.parse(typed('trust', 'show', '--json'))).toMatchObject({ version: 4, thresholds: { root: 2 } });
    expect((await call(['trust', 'update', 'next.json', '--state', join(dir, 'none')])).status).toBe(2);
  });

  it('is told what an edit lacks, and loses nothing', async () => {
    const { call, write, dir } = workspace();
    expect((await call(['keys', 'generate', 'root.key', '--plain'])).status).toBe(0);
    const create = ['trust', 'create', 'trust.json', '--root', 'urn:person:ada=root.pub', '--sign', 'root.key'];
    expect((await call(create)).status).toBe(0);
    expect(await call(create)).toMatchObject({ status: 2, stderr: expect.stringMatching(/FILE-EXISTS/) });
    const problems: [readonly string[], RegExp][] = [
      [['--principal', 'urn:x', '--role', 'issuer'], /keys: must not be empty/],
      [['--principal', 'urn:x', '--role', 'admin', '--key', 'issuer.pub'], /roles/],
      [['--principal', 'urn:x', '--role', 'issuer', '--key', 'root.pub'], /a key stands there twice/],
      [['--principal', 'urn:x', '--role', 'issuer', '--key', 'issuer.pub', '--until', '2027-02-30'], /--until/],
    ];
    for (const [args, message] of problems) {
      const { status, stderr } = await call(['trust', 'add', 'trust.json', ...args, '--sign', 'root.key']);
      expect([status, stderr]).toEqual([2, expect.stringMatching(message)]);
    }
    write('revocations.json', '{}');
    const damaged = await call(['revoke', 'revocations.json', '--sign', 'root.key']);
    expect([damaged.status, damaged.stderr]).toEqual([2, expect.stringMatching(/REVOCATIONS-FORMAT/)]);
    chmodSync(join(dir, 'root.key'), 0o644);
    const loose = await call(['trust', 'renew', 'trust.json', '--sign', 'root.key']);
    expect([loose.status, loose.stderr]).toEqual([2, expect.stringMatching(/KEY-PERMISSIONS/)]);
    expect((await call(['trust', 'show', 'trust.json'])).stdout).toMatch(/^version 1,/);
  });
});
