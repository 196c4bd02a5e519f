import { spawn } from 'node:child_process';
import { createCipheriv } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { canary, expectRefused, header, jsonPolicy, jsonRows, policy, type Refusal, rows } from './refused.ts';
import { binary, workspace } from './session.ts';

const csv = header + rows(20);
const tsv = csv.replaceAll(',', '\t');
const ndjson = jsonRows(20);
const gzip = gzipSync(csv);
const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');
/** Random bytes, the same in every run. */
const noise = createCipheriv('aes-128-ctr', Buffer.alloc(16), Buffer.alloc(16)).update(Buffer.alloc(5000));
const flipped = (bytes: Buffer, at: number): Buffer =>
  Buffer.from(bytes.map((byte, i) => (i === at ? byte ^ 0xff : byte)));

type Cases = Readonly<Record<string, readonly [content: string | Buffer, refusal: Refusal]>>;

const inCsv: Cases = {
  'an empty file': ['', { code: 'DATA-EMPTY', at: 'x.csv' }],
  'a byte order mark alone': ['\ufeff', { code: 'DATA-EMPTY', at: 'x.csv' }],
  'a header alone': [header, { code: 'DATA-EMPTY', at: 'x.csv', says: 'no records' }],
  'a header without line end': ['id,name,age,note', { code: 'DATA-EMPTY', at: 'x.csv' }],
  'a blank file': ['\n', { code: 'DATA-FIELDS', at: 'x.csv: header' }],
  'a missing column': [
    'id,name,age\n1,n,3\n',
    { code: 'DATA-FIELDS', at: 'policy.yaml:10:3', says: 'no column `note`' },
  ],
  'an extra column': [
    `id,name,age,note,more\n1,${canary},3,4,5\n`,
    { code: 'DATA-FIELDS', at: 'x.csv: header, field more', says: 'column 5, `more`, is not named in the policy' },
  ],
  'a column twice': [
    'id,id,age,note\n1,2,3,4\n',
    { code: 'DATA-FIELDS', at: 'x.csv: header', says: 'columns 1 and 2' },
  ],
  'no header, and a value twice': [
    `${canary},${canary},30,text\n`,
    { code: 'DATA-FIELDS', at: 'x.csv: header', says: 'is the first line a header' },
  ],
  'no header': [rows(5), { code: 'DATA-FIELDS', at: 'x.csv: header', says: 'is the first line a header' }],
  'another delimiter': [
    csv.replaceAll(',', ';'),
    { code: 'DATA-FIELDS', at: 'x.csv: header', says: 'divided by semicolons: say `input: { delimiter: ";" }`' },
  ],
  'a short row': [
    `${csv}${canary},n\n`,
    { code: 'DATA-RAGGED', at: 'x.csv: row 21', says: '2 fields, the header has 4' },
  ],
  'a long row': [`${header}${canary},n,3,4,5\n${rows(9)}`, { code: 'DATA-RAGGED', at: 'x.csv: row 1' }],
  'a blank line': [`${csv}\n`, { code: 'DATA-RAGGED', at: 'x.csv: row 21', says: 'the line is blank' }],
  'a bare quote': [`${csv}a,${canary} "b,3,4\n`, { code: 'DATA-SYNTAX', at: 'x.csv: row 21, field name' }],
  'an open quote': [
    `${csv}a,"${canary},3,4\n`,
    { code: 'DATA-SYNTAX', at: 'x.csv: row 21, field name', says: 'never closed' },
  ],
  'line ends of old Macs': [csv.replaceAll('\n', '\r'), { code: 'DATA-SYNTAX', at: 'x.csv: header' }],
  'a value of another type': [`${csv}a,n,${canary},4\n`, { code: 'DATA-VALUE', at: 'x.csv: row 21, field age' }],
  JSON: [ndjson, { code: 'DATA-SYNTAX', at: 'x.csv: header' }],
  'Latin-1': [
    Buffer.from(`${csv}a,N\u00e9 ${canary},3,4\n`, 'latin1'),
    { code: 'DATA-ENCODING', at: 'x.csv: row 21, field name', says: 'encoding: windows-1252' },
  ],
  'UTF-16 with a mark': [utf16(`\ufeff${csv}`), { code: 'DATA-ENCODING', at: 'x.csv', says: 'encoding: utf-16 }' }],
  'UTF-16LE': [utf16(csv), { code: 'DATA-ENCODING', at: 'x.csv', says: 'encoding: utf-16le }' }],
  'UTF-16BE': [utf16(csv).swap16(), { code: 'DATA-ENCODING', at: 'x.csv', says: 'encoding: utf-16be }' }],
  'UTF-16BE with a mark': [utf16(`\ufeff${csv}`).swap16(), { code: 'DATA-ENCODING', at: 'x.csv', says: 'UTF-16' }],
  'a NUL byte': [
    `${csv}a,N\0 ${canary},3,4\n`,
    { code: 'DATA-ENCODING', at: 'x.csv: row 21, field name', says: 'NUL' },
  ],
  'NUL bytes alone': [Buffer.alloc(9000), { code: 'DATA-ENCODING', at: 'x.csv', says: 'binary' }],
  'random bytes': [noise, { code: 'DATA-ENCODING', at: 'x.csv', says: 'binary' }],
  'a zip archive': [
    Buffer.concat([Buffer.from('PK\x03\x04'), noise]),
    { code: 'DATA-ENCODING', at: 'x.csv', says: 'Excel' },
  ],
  'a Parquet file': [
    Buffer.concat([Buffer.from('PAR1'), noise]),
    { code: 'DATA-ENCODING', at: 'x.csv', says: 'Parquet' },
  ],
};

const inGzip: Cases = {
  'nothing in it': [gzipSync(''), { code: 'DATA-EMPTY', at: 'x.csv.gz' }],
  'cut short': [
    gzip.subarray(0, gzip.length >> 1),
    { code: 'DATA-COMPRESSION', at: 'x.csv.gz', says: 'ends too early' },
  ],
  'cut within its head': [gzip.subarray(0, 5), { code: 'DATA-COMPRESSION', at: 'x.csv.gz', says: 'ends too early' }],
  'cut within its checksum': [
    gzip.subarray(0, -3),
    { code: 'DATA-COMPRESSION', at: 'x.csv.gz', says: 'ends too early' },
  ],
  'a damaged middle': [flipped(gzip, gzip.length >> 1), { code: 'DATA-COMPRESSION', at: 'x.csv.gz', says: 'damaged' }],
  'a wrong checksum': [flipped(gzip, gzip.length - 7), { code: 'DATA-COMPRESSION', at: 'x.csv.gz', says: 'damaged' }],
  'something behind it': [Buffer.concat([gzip, Buffer.from(canary)]), { code: 'DATA-COMPRESSION', at: 'x.csv.gz' }],
  'gzip in it': [gzipSync(gzip), { code: 'DATA-ENCODING', at: 'x.csv.gz', says: 'gzip within gzip' }],
  'a ragged row in it': [gzipSync(`${csv}a,b\n`), { code: 'DATA-RAGGED', at: 'x.csv.gz: row 21' }],
};

const inTsv: Cases = {
  'an empty file': ['', { code: 'DATA-EMPTY', at: 'x.tsv' }],
  commas: [csv, { code: 'DATA-FIELDS', at: 'x.tsv: header', says: 'divided by commas: say `--format csv`' }],
  'a short row': [`${tsv}${canary}\tn\n`, { code: 'DATA-RAGGED', at: 'x.tsv: row 21' }],
  'Latin-1': [
    Buffer.from(`${tsv}a\tN\u00e9\t3\t4\n`, 'latin1'),
    { code: 'DATA-ENCODING', at: 'x.tsv: row 21, field name' },
  ],
};

const inNdjson: Cases = {
  'an empty file': ['', { code: 'DATA-EMPTY', at: 'x.ndjson' }],
  'blank lines alone': ['\n\n', { code: 'DATA-EMPTY', at: 'x.ndjson' }],
  'a byte order mark': [`\ufeff${ndjson}`, { code: 'DATA-ENCODING', at: 'x.ndjson: row 1' }],
  'a missing field': [
    ndjson.replaceAll(',"note":"text"', ''),
    { code: 'DATA-FIELDS', at: 'policy.yaml:10:3', says: 'no record of the data has a field `$.note`' },
  ],
  'an extra field': [
    `${ndjson}{"id":"${canary}","more":3}\n`,
    { code: 'DATA-FIELDS', at: 'x.ndjson: row 21, field $.more', says: 'not named in the policy' },
  ],
  'a key twice': [
    `${ndjson}{"id":"${canary}","id":"b"}\n`,
    { code: 'DATA-SYNTAX', at: 'x.ndjson: row 21, field $.id' },
  ],
  'a cut record': [
    `${ndjson}{"id":"${canary}","na`,
    { code: 'DATA-SYNTAX', at: 'x.ndjson: row 21', says: 'cut short' },
  ],
  'a comma too many': [`${ndjson}{"id":"${canary}",}\n`, { code: 'DATA-SYNTAX', at: 'x.ndjson: row 21' }],
  'a record that is no object': [`${ndjson}"${canary}"\n`, { code: 'DATA-SYNTAX', at: 'x.ndjson: row 21' }],
  'a whole array': [`[${ndjson.trim().replaceAll('\n', ',\n')}]`, { code: 'DATA-SYNTAX', at: 'x.ndjson: row 1' }],
  'a record over several lines': ['{\n "id": 1\n}\n', { code: 'DATA-SYNTAX', at: 'x.ndjson: row 1' }],
  'a value of another type': [
    `${ndjson}{"id":"a","name":"b","age":"${canary}"}\n`,
    { code: 'DATA-VALUE', at: 'x.ndjson: row 21, field $.age' },
  ],
  'an object where the policy has a value': [
    `${ndjson}{"id":{"a":"${canary}"}}\n`,
    { code: 'DATA-FIELDS', at: 'x.ndjson: row 21, field $.id' },
  ],
  'deep nesting': [
    `${ndjson}{"note":${'['.repeat(1000)}${']'.repeat(1000)}}\n`,
    { code: 'DATA-FIELDS', at: 'x.ndjson: row 21, field $.note' },
  ],
  'Latin-1': [Buffer.from(`${ndjson}{"id":"\u00e9"}\n`, 'latin1'), { code: 'DATA-ENCODING', at: 'x.ndjson: row 21' }],
  'UTF-16': [utf16(ndjson), { code: 'DATA-ENCODING', at: 'x.ndjson', says: 'UTF-16LE' }],
  'a NUL byte': [ndjson.replace('Name', 'N\0me'), { code: 'DATA-ENCODING', at: 'x.ndjson: row 1, field $.name' }],
  'random bytes': [noise, { code: 'DATA-ENCODING', at: 'x.ndjson', says: 'binary' }],
  CSV: [csv, { code: 'DATA-SYNTAX', at: 'x.ndjson: row 1' }],
  'gzip, cut short': [gzipSync(ndjson).subarray(0, 100), { code: 'DATA-COMPRESSION', at: 'x.ndjson' }],
};

const json = `[\n${jsonRows(20).trim().replaceAll('\n', ',\n')}\n]\n`;
const more = (text: string) => json.replace('\n]', `,\n${text}\n]`);
const inJson: Cases = {
  'an empty file': ['', { code: 'DATA-EMPTY', at: 'x.json' }],
  'blank lines alone': ['\n\n', { code: 'DATA-EMPTY', at: 'x.json' }],
  'an empty array': ['[\n]\n', { code: 'DATA-EMPTY', at: 'x.json' }],
  'a byte order mark': [`\ufeff${json}`, { code: 'DATA-ENCODING', at: 'x.json: row 1' }],
  lines: [ndjson, { code: 'DATA-SYNTAX', at: 'x.json', says: '--format ndjson' }],
  'two documents': [json + json, { code: 'DATA-SYNTAX', at: 'x.json', says: '--format ndjson' }],
  'something behind the document': [`${json}"${canary}"`, { code: 'DATA-SYNTAX', at: 'x.json', says: 'at byte' }],
  'a comma too few': [json.replace('},', '}'), { code: 'DATA-SYNTAX', at: 'x.json: row 1' }],
  'a comma too many': [json.replace('\n]', ',\n]'), { code: 'DATA-SYNTAX', at: 'x.json: row 21' }],
  'a key twice': [more(`{"id":"${canary}","id":"b"}`), { code: 'DATA-SYNTAX', at: 'x.json: row 21, field $.id' }],
  'a field without rule': [more('{"more":3}'), { code: 'DATA-FIELDS', at: 'x.json: row 21, field $.more' }],
  'a record that is no object': [more(`"${canary}"`), { code: 'DATA-SYNTAX', at: 'x.json: row 21', says: 'records:' }],
  'a value where there is no document': [`"${canary}"`, { code: 'DATA-SYNTAX', at: 'x.json', says: 'array or object' }],
  'no end': [json.slice(0, -2), { code: 'DATA-SYNTAX', at: 'x.json: row 20', says: 'cut short' }],
  'no end of a record': [json.slice(0, -9), { code: 'DATA-SYNTAX', at: 'x.json: row 20', says: 'cut short' }],
  'a NUL byte': [`${json}\0`, { code: 'DATA-ENCODING', at: 'x.json' }],
  'Latin-1': [Buffer.from(more('{"id":"\u00e9"}'), 'latin1'), { code: 'DATA-ENCODING', at: 'x.json: row 21' }],
  'UTF-16': [utf16(json), { code: 'DATA-ENCODING', at: 'x.json', says: 'UTF-16LE' }],
  CSV: [csv, { code: 'DATA-SYNTAX', at: 'x.json' }],
  'depth beyond reason': [
    more(`{"note":${'['.repeat(1000)}${']'.repeat(1000)}}`),
    { code: 'DATA-FIELDS', at: 'x.json: row 21, field $.note' },
  ],
  'gzip, cut short': [gzipSync(json).subarray(0, 100), { code: 'DATA-COMPRESSION', at: 'x.json' }],
};

describe.each([
  ['csv', policy, 'x.csv', inCsv],
  ['gzip', policy, 'x.csv.gz', inGzip],
  ['tsv', policy, 'x.tsv', inTsv],
  ['ndjson', jsonPolicy, 'x.ndjson', inNdjson],
  ['json', jsonPolicy, 'x.json', inJson],
] as const)('%s', (_, policyText, file, cases) => {
  it.each(Object.entries(cases))('%s', async (_name, [content, refusal]) => {
    const space = workspace();
    space.write('policy.yaml', policyText);
    space.write(file, content);
    const before = space.files();
    const run = await space.call(['apply', 'policy.yaml', file, '--out', 'bundle', '--key', 'issuer.key']);
    expectRefused(space, before, run, refusal);
  });
});

describe('accepted all the same', () => {
  it.each([
    ['several gzip members', 'x.csv', Buffer.concat([gzipSync(csv.slice(0, 99)), gzipSync(csv.slice(99))])],
    ['zeros behind gzip, as tapes pad', 'x.csv.gz', Buffer.concat([gzip, Buffer.alloc(512)])],
    ['a byte order mark', 'x.csv', `\ufeff${csv}`],
    ['no last line end', 'x.csv', csv.trimEnd()],
  ])('%s', async (_name, file, content) => {
    const space = workspace();
    space.write('policy.yaml', policy);
    space.write(file, content);
    const { status, stdout, stderr } = await space.call(['apply', 'policy.yaml', file, '--stdout']);
    expect(stderr).toContain('20 records written');
    expect(stdout.split('\n').filter(Boolean)).toHaveLength(21);
    expect(status).toBe(0);
  });
});

describe('a field of 100 MB', () => {
  const x = Buffer.alloc(1 << 20, 'x');
  const args = ['apply', 'policy.yaml', '-', '--out', 'bundle', '--key', 'issuer.key'];
  const watch = `process.on('exit', () => console.error('largest resident KiB', process.resourceUsage().maxRSS))`;

  it.each([
    ['csv', 'a field', `${header}1,${canary},3,`, 'standard input: row 1'],
    ['csv', 'a field in quotes', `${header}1,${canary},3,"\n`, 'standard input: row 1'],
    ['csv', 'a column name', 'id,name,', 'standard input: header'],
    ['ndjson', 'a value', `{"name":"${canary}","note":"`, 'standard input: row 1'],
  ])('%s: %s', async (format, _what, begin, at) => {
    const space = workspace();
    space.write('policy.yaml', format === 'csv' ? policy : jsonPolicy);
    space.write('watch.cjs', watch);
    const before = space.files();
    const child = spawn(process.execPath, ['--require', './watch.cjs', binary, ...args, '--format', format], {
      cwd: space.dir,
      env: space.env,
    });
    const stderr: Buffer[] = [];
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.stdin.on('error', () => {});
    child.stdin.write(begin);
    for (let i = 0; i < 100; i++) if (!child.stdin.write(x)) await once(child.stdin, 'drain');
    child.stdin.end();
    const [status] = await once(child, 'close');
    const text = Buffer.concat(stderr).toString();
    expectRefused(space, before, { status, stdout: '', stderr: text }, { code: 'DATA-SIZE', at });
    expect(Number(/resident KiB (\d+)/.exec(text)![1])).toBeLessThan(250 * 1024);
  });
});

describe('personal data in the wrong place', () => {
  it('shows no line of data that is given as the policy', async () => {
    const space = workspace();
    space.write('policy.yaml', policy);
    space.write('x.csv', csv);
    space.write('x.ndjson', ndjson);
    const before = space.files();
    for (const file of ['x.csv', 'x.ndjson']) {
      const run = await space.call(['apply', file, 'policy.yaml', '--out', 'bundle', '--key', 'issuer.key']);
      expectRefused(space, before, run, {
        code: 'POLICY-SHAPE',
        at: file,
        says: 'the policy comes first, the data second',
      });
    }
  });

  it('finds identifiers in the output: exit 1', async () => {
    const space = workspace();
    space.write('policy.yaml', policy);
    space.write('x.csv', header + rows(20).replaceAll('text\n', `text ${canary}-1003\n`));
    const before = space.files();
    const args = ['apply', 'policy.yaml', 'x.csv', '--out', 'bundle', '--key', 'issuer.key'];
    const run = await space.call(args);
    expectRefused(space, before, run, { code: 'LEAK', status: 1, at: 'x.csv: row 1, field note' });
    expect(space.run(args)).toEqual(run);
    expect(space.files()).toEqual(before);
  });

  it('stops when a model cannot hold: exit 1', async () => {
    const space = workspace();
    space.write('policy.yaml', policy.replace('k: 2', 'k: 50'));
    space.write('x.csv', csv);
    const before = space.files();
    const args = ['apply', 'policy.yaml', 'x.csv', '--out', 'bundle', '--key', 'issuer.key'];
    expectRefused(space, before, await space.call(args), { code: 'MODEL', status: 1 });
  });

  it('does not print it with --json either', async () => {
    const space = workspace();
    space.write('policy.yaml', policy);
    space.write('x.csv', `${csv}a,n,${canary},4\n`);
    const { status, stdout, stderr } = await space.call([
      'apply',
      'policy.yaml',
      'x.csv',
      '--data-only',
      'out',
      '--json',
    ]);
    expect(JSON.parse(stdout)).toMatchObject({
      diagnostics: [{ code: 'DATA-VALUE', row: 21, field: 'age', file: 'x.csv' }],
    });
    expect(stdout + stderr).not.toContain(canary);
    expect(status).toBe(2);
    expect(readFileSync(join(space.dir, 'x.csv'), 'utf8')).toContain(canary);
  });
});
