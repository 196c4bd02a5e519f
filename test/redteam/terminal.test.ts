import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Failure } from '../../src/base/diagnostic.ts';
import { diagnosticsJson, renderDiagnostics } from '../../src/cli/diagnostics.ts';
import { asciiJson } from '../../src/cli/json.ts';
import { buildProgram } from '../../src/cli/program.ts';
import { createProgress } from '../../src/cli/progress.ts';
import { annotations } from '../../src/cli/reports/github.ts';
import { publicKeyOf } from '../../src/crypto/ed25519.ts';
import { writePrivatePem, writePublicPem } from '../../src/crypto/keys.ts';
import type { Terminal } from '../../src/io/terminal.ts';
import { buildBundle, type ReleaseParts } from '../../src/release/build.ts';
import { otherSeed, parts, releaseFile, seed } from '../release/sample.ts';

/** What a string of the schema takes, as the data may have it: escape sequences, C0, C1, line ends, directions, joiners, tags. */
const wild = (word: string) =>
  `\ufeff\u00a0${word}\u2028\u001b[2J\u2029\u001b]0;x\u0007\b\0\t\r\nallow forged\u007f\u0085\u009b31m\u202a\u202e\u2066\u2069\u200b\u200e\u200f\u061c\u00ad\u{e0001}\u{e0041}end`;
/** What a word of the license takes. */
const sly = (word: string) => `${word}\u200b\u200d\u200e\u200f\u061c\ufeff\u00ad\u2060\u{e0001}\u{e0041}end`;
/** What a name in data that is text takes. */
const column = `age\u2028\u0085\u009b31m\u202e\u2066\u200b\u{e0001}end`;

/** Controls but tab and line feed, DEL, C1, soft hyphen, direction marks, separators, invisible operators, byte order mark, tags. */
const acting =
  /[\0-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]|^\s*allow forged/gmu;

const privacy: NonNullable<ReleaseParts['statement']['privacy']> = {
  unit: wild('unit'),
  quasiIdentifiers: [wild('quasi'), column],
  models: [
    { name: sly('model'), required: { [wild('k')]: 2, k: wild('two') }, measured: { [wild('m')]: wild('three') } },
  ],
  suppressed: { records: 0, of: 2 },
  risk: { highest: 0.5, average: 0.5 },
  generalization: [{ field: wild('generalized'), level: 1 }],
  search: { measure: sly('loss'), score: 1, bound: 1, proven: true },
};
const transforms: NonNullable<ReleaseParts['statement']['transforms']> = [
  {
    field: wild('field'),
    role: 'identifier',
    technique: [sly('technique'), sly('other')],
    reversible: true,
    parameters: { [wild('parameter')]: [wild('value'), { [wild('label')]: wild('inner') }], else: [wild('else')] },
  },
  { field: column, role: 'quasi-identifier', technique: ['keep'], reversible: false, parameters: {} },
];
const { source: _, ...lineage } = parts.statement.lineage;
const { source } = parts.statement.lineage;
const statement: ReleaseParts['statement'] = {
  ...parts.statement,
  title: sly('title'),
  issuer: { id: sly('issuer-id'), name: sly('issuer'), contact: sly('contact') },
  terms: {
    licensee: { id: sly('licensee-id'), name: sly('licensee'), users: [sly('user')] },
    permissions: ['use', 'derive'],
    projects: [sly('project')],
    duties: [{ attribute: sly('attribute') }],
    classification: { source: sly('secret'), release: sly('open') },
  },
  status: { required: false, maxAge: 'P1D', from: sly('from') },
  privacy,
  transforms,
  lineage: {
    ...lineage,
    policy: { ...lineage.policy, name: sly('policy'), version: sly('version') },
    source: { ...source!, records: 2 },
  },
  tool: { name: sly('tool'), version: sly('1') },
};
const data = Buffer.from(`${column},zip\n30,1\n40,2\n`);
const file = {
  ...releaseFile('data/people.csv', data),
  records: 2,
  fields: [column, 'zip'].map((name) => ({ name, type: 'string' })),
};
const figures = {
  records: { source: 2, written: 2, suppressed: 0 },
  models: privacy.models,
  generalization: {
    fields: [{ name: wild('g'), level: 1, height: 2 }],
    measure: wild('loss'),
    score: 1,
    bound: 1,
    proven: true,
  },
  quasiIdentifiers: [{ name: wild('quasi'), distinct: 2 }],
  classes: null,
  risk: null,
  fields: [{ name: wild('field'), role: wild('role'), technique: [wild('technique')] }],
  leakCheck: { mode: wild('mode'), findings: 1 },
};
const { privacy: _p, transforms: _t, ...shared } = statement;
const ofTables: ReleaseParts['statement'] = {
  ...shared,
  lineage: { ...lineage, policy: statement.lineage.policy },
  tables: [
    {
      name: sly('table'),
      files: [file.name],
      privacy,
      transforms,
      source: { ...source!, records: 2 },
      leftOut: 0,
      references: [{ field: wild('child'), table: sly('table'), to: wild('parent'), onOrphan: 'report', orphans: 1 }],
    },
  ],
};

const root = mkdtempSync(join(tmpdir(), 'anon-terminal-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const at = (name: string) => join(root, name);

function write(name: string, bytes: string | Buffer, mode = 0o644): void {
  mkdirSync(dirname(at(name)), { recursive: true });
  writeFileSync(at(name), bytes, { mode });
}

beforeAll(() => {
  for (const [name, of] of [
    ['issuer', seed],
    ['other', otherSeed],
  ] as const) {
    write(`${name}.key`, writePrivatePem(of), 0o600);
    write(`${name}.pub`, writePublicPem(publicKeyOf(of)));
  }
  for (const [name, stated, figured] of [
    ['bundle', statement, figures],
    ['tables', ofTables, { tables: [{ ...figures, name: sly('table') }] }],
    ['plain', parts.statement, figures],
  ] as const) {
    const report = JSON.stringify({ report: 'anon/v1', ...figured });
    const { members } = buildBundle({ ...parts, report, statement: stated, files: [file] });
    for (const member of members) write(`${name}/${member.name}`, member.bytes);
    write(`${name}/${file.name}`, data);
  }
  write(
    'terms.yaml',
    JSON.stringify({
      licensor: { id: statement.issuer.id, name: 'H' },
      licensee: { id: 'urn:x', name: 'X' },
      valid: { from: '2026-10-01', until: '2027-06-30' },
    }),
  );
  write(
    'policy.yaml',
    `policy: anon/v1
name: next
version: "1"
defaults: { unlisted: keep }
fields: { "*": { role: insensitive, transform: keep } }
`,
  );
  write('next.csv', data);
});

/** Everything that a command says, to whichever stream. */
async function said(args: readonly string[], status: number): Promise<string> {
  const words: string[] = [];
  const take = (text: string | Uint8Array) =>
    void words.push(typeof text === 'string' ? text : Buffer.from(text).toString());
  const terminal: Terminal = {
    env: { HOME: root, SOURCE_DATE_EPOCH: String(Date.parse(parts.statement.issued) / 1000) },
    color: false,
    now: () => Date.parse('2026-12-01T00:00:00Z'),
    out: async (text) => take(text),
    send: async (bytes) => {
      take(bytes);
      return true;
    },
    err: take,
    askSecret: async () => Buffer.from('yes'),
  };
  let exit = 0;
  try {
    const program = buildProgram(createProgress(terminal), (result) => {
      exit = result;
    });
    await program.parseAsync([...args], { from: 'user' });
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    exit = error.exit;
    const { diagnostics } = error;
    // As `main` does, which listens for signals as well.
    if (args.includes('--json')) take(asciiJson({ diagnostics: diagnosticsJson(diagnostics) }));
    else take(renderDiagnostics(diagnostics, { color: false }) + annotations(diagnostics));
  }
  const text = words.join('');
  expect([exit, text]).toEqual([status, expect.any(String)]);
  return text;
}

const use = ['--organization', sly('licensee-id'), '--user', sly('user'), '--project', sly('project')];
const gate = ['--trust', at('issuer.pub'), '--state', at('state')];
const signing = ['--key', at('issuer.key'), ...gate];
const allowed = [...gate, ...use];
const denied = [...gate, '--organization', sly('nobody'), '--user', sly('nobody'), '--project', sly('none')];
const [hostile, several, plain] = [at('bundle'), at('tables'), at('plain')];

/** In this order, as the later ones show what the earlier ones logged. */
const commands: readonly (readonly [status: number, args: readonly string[], json?: boolean])[] = [
  [0, ['license', 'show', hostile], true],
  [0, ['license', 'show', several], true],
  [0, ['license', 'show', join(hostile, 'license.intoto.json'), '--trust', at('issuer.pub')], true],
  [0, ['license', 'explain', hostile], true],
  [0, ['license', 'explain', several, '--trust', at('issuer.pub')]],
  [0, ['verify', hostile, ...allowed], true],
  [0, ['verify', several, ...allowed]],
  [1, ['verify', hostile, ...denied], true],
  [0, ['diff', hostile, hostile]],
  [1, ['diff', hostile, plain], true],
  [1, ['diff', plain, hostile]],
  [1, ['diff', several, hostile]],
  [0, ['measure', hostile, '--quasi', column, '--sensitive', 'zip'], true],
  [2, ['measure', hostile, '--quasi', wild('none'), '--sensitive', 'zip'], true],
  [2, ['measure', several, '--table', wild('none'), '--quasi', 'zip']],
  [0, ['report', hostile, '--out', '-']],
  [0, ['report', several, '--out', at('report.html')]],
  [0, ['license', 'issue', hostile, '--terms', at('terms.yaml'), ...signing, '--out', at('issued')]],
  [0, ['license', 'renew', hostile, '--until', '2027-12-31', ...signing, '--tar', at('renewed.tar')], true],
  [0, ['license', 'approve', hostile, '--key', at('other.key'), ...gate]],
  [1, ['export', hostile, '--to', at('denied'), ...denied], true],
  [0, ['export', hostile, '--to', at('exported'), ...allowed]],
  [1, ['apply', at('policy.yaml'), at('next.csv'), '--allow-unlisted', '--data-only', at('next'), '--against', hostile], true],
  [0, ['apply', at('policy.yaml'), at('next.csv'), '--allow-unlisted', '--data-only', at('next'), '--dry-run'], true],
  [0, ['apply', at('policy.yaml'), at('next.csv'), '--allow-unlisted', '--data-only', at('next')]],
  [0, ['preview', at('policy.yaml'), at('next.csv'), '--allow-unlisted'], true],
  ...['human', 'json', 'sarif', 'junit', 'github'].map(
    (format) => [0, ['check', at('policy.yaml'), at('next.csv'), '--format', format]] as const,
  ),
  [0, ['init', at('next.csv'), '--out', at('draft.yaml')]],
  [0, ['audit', 'show', '--state', at('state')], true],
  ...['text', 'markdown', 'json'].map((format) => [0, ['audit', 'report', '--state', at('state'), '--format', format]] as const),
  [0, ['audit', 'verify', '--state', at('state')], true],
]; // biome-ignore format: one list

describe('a signed license of which every string would act on a terminal', () => {
  it('does so in no answer of a command that reads it', { timeout: 60_000 }, async () => {
    for (const [status, args, json] of commands) {
      const name = args.map((word) => word.replace(root, '')).join(' ');
      const text = await said(args, status);
      expect([name, text.match(acting)]).toEqual([name, null]);
      if (!json) continue;
      const replaced = args.includes('renew') ? [...args, '--replace'] : args;
      const ascii = await said([...replaced, '--json'], status);
      expect([name, ascii.match(/[^\n -~]/)]).toEqual([name, null]);
    }
  });

  it.each(['bundle/LICENSE.md', 'exported/LICENSE.md', 'issued/LICENSE.md', 'report.html'])('nor in %s', (name) => {
    const text = readFileSync(at(name), 'utf8');
    expect(text).toContain('title');
    expect(text.match(acting)).toBeNull();
  });
});
