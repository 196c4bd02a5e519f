import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { records } from '../engine/harness.ts';
import { type Workspace, workspace } from './session.ts';

const policy = `policy: anon/v1
name: vitals
version: "1"
keys: { pseudonym: { file: pseudonym.key } }
domains: { patient: { key: pseudonym } }
fields:
  patient_id: { role: identifier, transform: { tokenize: { domain: patient } } }
  ward: { role: quasi-identifier, transform: keep }
  pulse: { role: sensitive, type: integer, transform: { microaggregate: { k: 3, with: vitals } } }
  temperature: { role: sensitive, type: number, transform: { microaggregate: { k: 3, with: vitals } } }
  cost: { role: insensitive, type: number, transform: { shuffle: { within: ward } } }
license:
  licensor: { name: Example }
  licensee: { id: "urn:org:x", name: X }
  purposes: [AcademicResearch]
  valid: { from: 2026-01-01, until: 2036-12-31 }
`;
const visits = (count: number) =>
  `patient_id,ward,pulse,temperature,cost\n${Array.from(
    { length: count },
    (_, i) => `patient-${1000 + (i >> 1)},${'ABC'[i % 3]},${60 + ((i * 7) % 40)},${36 + ((i * 3) % 40) / 10},${i}.50\n`,
  ).join('')}`;

function prepared(text = policy): Workspace {
  const space = workspace();
  space.write('p.yaml', text);
  space.write('x.csv', visits(300));
  return space;
}

const bundle = ['apply', 'p.yaml', 'x.csv', '--key', 'issuer.key', '--out', 'b'];
const read = (space: Workspace, name: string) => readFileSync(join(space.dir, name), 'utf8');
const costs = (rows: readonly string[][], ward: string) =>
  rows
    .filter((row) => row[1] === ward)
    .map((row) => row[4]!)
    .sort();

describe('techniques over the whole table', () => {
  it('aggregate and shuffle a bundle that verifies', async () => {
    const space = prepared();
    expect(await space.call(bundle)).toMatchObject({ status: 0 });
    const before = records(visits(300)).slice(1);
    const after = records(read(space, 'b/data/x.csv')).slice(1);
    const counts = new Map<string, number>();
    for (const [, , pulse, temperature] of after) {
      const key = `${pulse},${temperature}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
      expect(key).toMatch(/^\d+,\d+\.\d$/);
    }
    expect(Math.min(...counts.values())).toBeGreaterThanOrEqual(3);
    for (const ward of ['A', 'B', 'C']) expect(costs(after, ward)).toEqual(costs(before, ward));
    expect(after.map((row) => row[4])).not.toEqual(before.map((row) => row[4]));
    expect(JSON.parse(read(space, 'b/report.json')).fields).toMatchObject([
      {},
      {},
      { name: 'pulse', leftEmpty: 0 },
      {},
      { name: 'cost', aloneInTheirStratum: 0 },
    ]);
    const use = ['--trust', 'issuer.pub', '--organization', 'urn:org:x', '--purpose', 'AcademicResearch'];
    expect(await space.call(['verify', 'b', ...use])).toMatchObject({ status: 0 });
  });

  it('show a reading of its own among the phases, and read standard input as often as they need', () => {
    const space = prepared();
    const { status, stdout } = space.run(['apply', 'p.yaml', '-', '--format', 'csv', '--data-only', 'd', '--json'], {
      input: visits(300),
    });
    expect(status).toBe(0);
    const names = JSON.parse(stdout).phases.map(({ name }: { name: string }) => name);
    expect(names).toEqual(['prepare', 'plan', 'collect', 'pass 1', 'pass 2', 'write']);
  });
});

describe('a sample', () => {
  it('is stated in the license, the report and the outcome, and keeps individuals whole', async () => {
    const space = prepared(`${policy}sample: { share: 0.4, per: patient_id }\n`);
    const { status, stderr } = await space.call(bundle);
    expect(status).toBe(0);
    const after = records(read(space, 'b/data/x.csv')).slice(1);
    expect(stderr).toContain(`${after.length} records written of a sample of ${after.length}`);
    const counts = new Map<string, number>();
    for (const [id] of after) counts.set(id!, (counts.get(id!) ?? 0) + 1);
    expect(new Set(counts.values())).toEqual(new Set([2]));
    // Binomial(150, 0.4): standard deviation 6; within 5 of them.
    expect(Math.abs(counts.size - 60)).toBeLessThan(31);
    expect(read(space, 'b/LICENSE.md')).toContain(
      `- Sampled at random: ${after.length} of 300 records, each with probability 0.4\n- Suppressed: 0 of ${after.length} records`,
    );
    const { payload } = JSON.parse(read(space, 'b/license.intoto.json'));
    const { privacy } = JSON.parse(Buffer.from(payload, 'base64').toString()).predicate;
    expect(privacy).toMatchObject({
      sampled: { records: after.length, of: 300, share: 0.4 },
      suppressed: { records: 0, of: after.length },
    });
    expect(JSON.parse(read(space, 'b/report.json')).records).toEqual({
      written: after.length,
      suppressed: 0,
      sampled: after.length,
    });
  });

  it('is another one each time, unless the policy says `reproducible`', async () => {
    const space = prepared(`${policy}sample: { records: 30 }\n`);
    const sampled = async (name: string) => {
      expect(await space.call(['apply', 'p.yaml', 'x.csv', '--data-only', name])).toMatchObject({ status: 0 });
      return read(space, `${name}/x.csv`);
    };
    const [one, other] = [await sampled('1'), await sampled('2')];
    expect(records(one).length).toBe(31);
    expect(one).not.toBe(other);
    space.write('p.yaml', `${policy}sample: { records: 30 }\nreproducible: true\n`);
    expect(await sampled('3')).toBe(await sampled('4'));
  });

  it('that is empty writes nothing', async () => {
    const space = prepared(`${policy}sample: { share: 0.000001 }\n`);
    const result = await space.call(bundle);
    expect(result).toMatchObject({ status: 2, stderr: expect.stringContaining('the sample holds no records') });
    expect(space.files()).toEqual(['p.yaml', 'x.csv']);
  });
});
