import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { keyIdOf, parsePublicPem } from '../../src/crypto/keys.ts';
import { type Workspace, workspace } from './session.ts';

const policy = `policy: anon/v1
name: cohort
version: "1.0"
fields:
  name: { role: identifier, transform: drop }
  age: { role: insensitive, type: integer, transform: keep }
license:
  title: Readmission cohort
  licensor: { id: "urn:org:hospital", name: Example Hospital }
  licensee: { id: "urn:org:university", name: Example University }
  purposes: [AcademicResearch]
  regions: [EEA]
  limits: { exports: 1 }
  valid: { from: 2020-01-01, until: 2089-12-31 }
  status: { max-age: P1D }
  approvals: { threshold: 0 }
`;

/** Everything that another run would print otherwise stands in it by a name. */
function transcriptOf({ run, dir }: Workspace, names: ReadonlyMap<string, string>) {
  const digests: string[] = [];
  const lines: string[] = [];
  const named = (text: string): string =>
    text
      .replaceAll(`${dirname(dir)}/`, '~/')
      .replace(/\b20[2-8]\d-\d\d-\d\dT\d\d:\d\d:\d\dZ/g, 'TIME')
      .replace(/[0-9a-f]{32}\+[0-9a-f]{8}\+\S+/g, 'LOG+HASH+KEY')
      .replace(/\b(?:[0-9a-f]{64}|[0-9a-f]{32}|[0-9a-f]{16})\b/g, (hex) => {
        const known = [...names].find(([other]) => other.startsWith(hex));
        if (known !== undefined) return known[1];
        if (!digests.includes(hex)) digests.push(hex);
        return `DIGEST-${digests.indexOf(hex) + 1}`;
      });
  return {
    /** Runs the binary with a line as it is typed; what it prints, on either stream, comes back as it is. */
    type(line: string): string {
      const { status, stdout, stderr } = run(line.replaceAll("'", '').split(' '));
      lines.push(`$ anon ${named(line)}\n${named(stdout + stderr)}${status === 0 ? '' : `exit ${status}\n`}`);
      return stdout;
    },
    text: () => lines.join(''),
  };
}

it('a hospital and a university, from the first trust to the last line of the log', async () => {
  const space = workspace();
  const { call, write, dir } = space;
  write('policy.yaml', policy);
  write('people.csv', 'name,age\nAda,36\nGrace,45\n');
  for (const name of ['ada', 'rosa', 'university']) await call(['keys', 'generate', `${name}.key`, '--plain']);
  const hospital = ['--out', 'bundle', '--key', 'issuer.key', '--state', 'hospital'];
  const { stderr } = await call(['apply', 'policy.yaml', 'people.csv', ...hospital]);
  const names = new Map([[/urn:anon:license:(\w+)/.exec(stderr)![1]!, 'LICENSE']]);
  for (const name of ['ada', 'rosa', 'university', 'issuer']) {
    names.set(keyIdOf(parsePublicPem(readFileSync(join(dir, `${name}.pub`), 'utf8'))), name.toUpperCase());
  }
  const { type, text } = transcriptOf(space, names);

  type('trust create trust.json --root urn:person:ada=ada.pub --sign ada.key');
  for (const [principal, key, role] of [
    ['urn:org:hospital', 'issuer', 'issuer'],
    ['urn:person:rosa', 'rosa', 'revoker'],
  ]) {
    const party = ['--principal', principal!, '--key', `${key}.pub`, '--role', role!];
    expect(await call(['trust', 'add', 'trust.json', ...party, '--sign', 'ada.key'])).toMatchObject({ status: 0 });
  }
  const trust = type(
    'trust add trust.json --principal urn:org:university --key university.pub --role recipient --sign ada.key',
  );
  type(`trust init trust.json --fingerprint ${/sha256:(\w+)/.exec(trust)![1]}`);
  type(
    "context sign --organization urn:org:university --purpose AcademicResearch --region DE --license '*' --key university.key --out use.json",
  );
  type('verify bundle --context use.json');
  type('revoke revocations.json --sign rosa.key');
  type('revocations merge revocations.json');
  type('export bundle --to data --context use.json');
  type('export bundle --to again --context use.json');
  type('audit checkpoint --key university.key --out log.note');
  type('audit verify --checkpoint log.note --key university.pub');
  type('audit report');

  expect(text()).toBe(`$ anon trust create trust.json --root urn:person:ada=ada.pub --sign ada.key
trust.json: version 1, fingerprint sha256:DIGEST-1
  signed by 1 of the 1 root of version 1
$ anon trust add trust.json --principal urn:org:university --key university.pub --role recipient --sign ada.key
trust.json: version 4, fingerprint sha256:DIGEST-2
  signed by 1 of the 1 root of version 3
  signed by 1 of the 1 root of version 4
$ anon trust init trust.json --fingerprint DIGEST-2
adopted trust.json: from now on what it says is trusted here
version 4, TIME to TIME
fingerprint sha256:DIGEST-2
signatures: 1 of roots

urn:org:hospital: issuer
  key ISSUER

urn:org:university: recipient
  key UNIVERSITY

urn:person:ada: root
  key ADA

urn:person:rosa: revoker
  key ROSA
$ anon context sign --organization urn:org:university --purpose AcademicResearch --region DE --license '*' --key university.key --out use.json
use.json: for * until TIME, signed with key UNIVERSITY
$ anon verify bundle --context use.json
ok    clock         not behind an earlier run
ok    trust         version 4
ok    files         6 files
ok    envelope      one signature
ok    payload-type  an in-toto statement
ok    signature     signed with the trusted key ISSUER
ok    json          2064 bytes of strict JSON
ok    schema        a license statement and nothing else
ok    issuer        signed by urn:org:hospital, with the key that the license names
ok    time          in force until 2090-01-01T00:00:00Z
FAIL  status        STALE: the license needs a list of revocations, and none by a trusted revoker is at hand
                    hint: fetch the latest list of revocations from the issuer
-     not run       approvals, context, terms, subjects, license-text, lineage, digests
ok    audit         the decision is logged

deny STALE urn:anon:license:LICENSE
exit 1
$ anon revoke revocations.json --sign rosa.key
wrote revocations.json: it counts where recipients take it over (\`anon revocations merge\`)
version 1, TIME to TIME
sha256:DIGEST-3
nothing is revoked
$ anon revocations merge revocations.json
taken over from revocations.json, for all later checks here
version 1, TIME to TIME
sha256:DIGEST-3
nothing is revoked
$ anon export bundle --to data --context use.json
data: data/people.csv, 10 bytes
  license: urn:anon:license:LICENSE
$ anon export bundle --to again --context use.json
error[QUOTA]: limits.exports: the license allows one export, and it is used up
  hint: ask the issuer for a higher limit
exit 1
$ anon audit checkpoint --key university.key --out log.note
wrote log.note, a checkpoint of 8 entries
verifier key anon-audit/LOG+HASH+KEY
$ anon audit verify --checkpoint log.note --key university.pub
9 entries, TIME to TIME
checkpoint of 8 entries holds, signature verified: ~/.local/state/anon/audit/checkpoints/000000008.UNIVERSITY.note
checkpoint of 8 entries holds, signature verified: log.note
entry 8 stands after the last verified checkpoint: nobody would notice if removed
the log is as it was written
$ anon audit report
Uses
dataset             license                                            organization        user  purpose           verified  exports  complete  end unknown  bytes  last
Readmission cohort  urn:anon:license:LICENSE  urn:org:university  -     AcademicResearch  0         1        1         0            10     TIME

Refusals
code   times  last
STALE  1      TIME
QUOTA  1      TIME

Licenses
none

Due
dataset             license                                            ends                  delete by
Readmission cohort  urn:anon:license:LICENSE  2090-01-01T00:00:00Z  -
`);
});
