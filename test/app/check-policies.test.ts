import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { checkPolicies } from '../../src/app/check-policies.ts';

function written(texts: Readonly<Record<string, string>>): string[] {
  const dir = mkdtempSync(join(tmpdir(), 'anon-check-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return Object.entries(texts).map(([name, text]) => {
    writeFileSync(join(dir, name), text);
    return join(dir, name);
  });
}

const head = 'policy: anon/v1\nname: x\nversion: "1"\n';

it('finds nothing in the policies that come with the package', async () => {
  const shipped = readdirSync('policies').filter((name) => name.endsWith('.yaml'));
  expect(shipped.length).toBeGreaterThan(5);
  expect(await checkPolicies(shipped.map((name) => join('policies', name)))).toEqual([]);
});

it('needs no key', async () => {
  const [file] = written({
    'p.yaml': `${head}keys: { k: { file: ./not-there.key } }\ndomains: { d: { key: k, scope: global } }\nfields: { a: { role: identifier, transform: { tokenize: { domain: d } } } }\n`,
  });
  expect(await checkPolicies([file!])).toEqual([]);
});

it('tells the mistakes of all policies, and goes on behind one that cannot be read', async () => {
  const [first, second, third, fourth] = written({
    'a.yaml': `${head}fields: { a: { role: identifer, transform: { maks: {} } } }\n`,
    'b.yaml': `${head}fields: { a: { role: sensitive, transform: { replace: { file: ./codes.csv, from: a, to: b } } } }\n`,
    'c.yaml': `${head}hierarchies: { h: { file: ./bad.csv } }\nfields: { a: { role: quasi-identifier, transform: { generalize: { hierarchy: h, level: 1 } } } }\n`,
    'bad.csv': 'a;x;*\na;y;*\n',
  });
  expect(fourth).toMatch(/bad\.csv$/);
  const found = await checkPolicies([first!, `${first}.none`, second!, third!]);
  expect(found.map(({ code, place }) => [code, place?.file?.replace(/^.*[/\\]/, '')])).toEqual([
    ['POLICY-SHAPE', 'a.yaml'],
    ['POLICY-SHAPE', 'a.yaml'],
    ['FILE-MISSING', 'a.yaml.none'],
    ['FILE-MISSING', 'b.yaml'],
    ['POLICY-MEANING', expect.stringMatching(/^(?:c\.yaml|bad\.csv)$/)],
  ]);
});
