import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../../src/base/strict-json.ts';
import { memoryBundle } from '../../src/release/bundle-source.ts';
import { diffReleases } from '../../src/release/diff.ts';
import { readRelease, type StatedRelease } from '../../src/release/integrity.ts';
import type { LicensePredicate } from '../../src/release/statement.ts';
import { sampleBundle } from './sample.ts';

const sample = await readRelease(memoryBundle(sampleBundle()));

function changed(edit: (predicate: LicensePredicate) => void, schema = sample.schema): StatedRelease {
  const statement = structuredClone(sample.statement);
  edit(statement.predicate);
  return { ...sample, statement, schema };
}

/** Each difference on a line. */
function lines(before: StatedRelease, after: StatedRelease): string[] {
  const text = (value: JsonValue | undefined) => (value === undefined ? '' : ` ${JSON.stringify(value)}`);
  return diffReleases(before, after).map(
    ({ section, path, change, before: was, after: is }) =>
      `${section} ${path.join('/')} ${change}${text(was)}${was !== undefined && is !== undefined ? ' ->' : ''}${text(is)}`,
  );
}

const both = (edit: (predicate: LicensePredicate) => void) => [
  ...lines(sample, changed(edit)),
  ...lines(changed(edit), sample),
];

describe('two releases', () => {
  it('that state the same do not differ, whenever and under whichever id they were issued', () => {
    expect(lines(sample, sample)).toEqual([]);
    const later = changed((predicate) => {
      predicate.id = `urn:anon:license:${'0'.repeat(32)}`;
      predicate.issued = '2027-01-01T00:00:00Z';
    });
    expect(lines(sample, later)).toEqual([]);
  });

  it('differ in single terms; the order of a list says nothing', () => {
    expect(both(({ terms }) => terms.regions!.reverse())).toEqual([]);
    expect(both(({ terms }) => terms.regions!.push('CH'))).toEqual([
      'terms regions added "CH"',
      'terms regions removed "CH"',
    ]);
    expect(both(({ terms }) => delete terms.regions)).toEqual([
      'terms regions removed ["GB","EEA"]',
      'terms regions added ["GB","EEA"]',
    ]);
    expect(both(({ terms }) => (terms.licensee.name = 'Other'))).toEqual([
      'terms licensee/name changed "Example University" -> "Other"',
      'terms licensee/name changed "Other" -> "Example University"',
    ]);
    expect(both(({ terms }) => (terms.duties = [{ deleteBy: '2027-12-31T00:00:00Z' }]))[0]).toBe(
      'terms duties added ["{\\"deleteBy\\":\\"2027-12-31T00:00:00Z\\"}"]',
    );
  });

  it('differ in fields: technique, in its order, and parameters', () => {
    const field = (name: string, technique: string[], parameters = {}) => ({
      field: name,
      role: 'identifier' as const,
      technique,
      reversible: false,
      parameters,
    });
    const one = changed((predicate) => {
      predicate.transforms = [
        field('a', ['mask', 'round'], { mask: { 'keep-last': 2 } }),
        field('__proto__', ['drop']),
      ];
    });
    const other = changed((predicate) => {
      predicate.transforms = [field('b', ['drop']), field('a', ['round', 'mask'], { mask: { 'keep-last': 4 } })];
    });
    expect(lines(one, other)).toEqual([
      'fields __proto__ removed {"role":"identifier","technique":["drop"],"reversible":false,"parameters":{}}',
      'fields a/parameters/mask/keep-last changed 2 -> 4',
      'fields a/technique changed ["mask","round"] -> ["round","mask"]',
      'fields b added {"role":"identifier","technique":["drop"],"reversible":false,"parameters":{}}',
    ]);
    const reordered = changed((predicate) => predicate.transforms!.reverse());
    expect(lines(sample, reordered)).toEqual([]);
  });

  it('differ in models, risk, suppression and levels', () => {
    expect(
      lines(
        sample,
        changed(({ privacy: stated }) => {
          const privacy = stated!;
          privacy.models[0]!.required = { k: 20 };
          privacy.models.push({ name: 'k-anonymity', required: { k: 2 }, measured: { k: 2 } });
          privacy.suppressed.records = 8;
          privacy.sampled = { records: 900, of: 1000 };
          privacy.risk = null;
          privacy.generalization = null;
          privacy.unit = null;
          privacy.quasiIdentifiers.pop();
        }),
      ),
    ).toEqual([
      'privacy generalization changed {"age":2} -> null',
      'privacy models/k-anonymity/required/k changed 11 -> 20',
      'privacy models/k-anonymity (2) added {"required":{"k":2},"measured":{"k":2}}',
      'privacy quasiIdentifiers removed "zip"',
      'privacy risk changed {"highest":0.083,"average":0.01} -> null',
      'privacy sampled added {"records":900,"of":1000}',
      'privacy suppressed/records changed 7 -> 8',
      'privacy unit changed "patient_id" -> null',
    ]);
  });

  it('differ in issuer, policy, source, tool and validity', () => {
    const found = lines(
      sample,
      changed((predicate) => {
        predicate.issuer.key = '0'.repeat(64);
        predicate.notAfter = '2028-10-01T00:00:00Z';
        predicate.lineage.policy.version = '9';
        predicate.lineage.source!.records = 1;
        predicate.lineage.parents = [{ id: predicate.id, sha256: '0'.repeat(64) }];
        predicate.tool.version = '9';
      }),
    );
    expect(found.map((line) => line.split(' ').slice(0, 3).join(' '))).toEqual([
      'license notAfter changed',
      'issuer key changed',
      'policy version changed',
      'source records changed',
      expect.stringMatching(/^parents urn:anon:license:[0-9a-f]{32} added$/),
      'tool version changed',
    ]);
  });

  it('differ in columns and files', () => {
    const [file, columns] = [...sample.schema][0]!;
    const retyped = new Map([
      [
        file,
        [
          { ...columns[0]!, type: 'date' },
          { name: 'new', type: 'integer' },
        ],
      ],
    ]);
    const found = lines(
      sample,
      changed((predicate) => {
        predicate.files[0]!.records++;
      }, retyped),
    );
    expect(found).toContain(`schema ${file}/${columns[0]!.name} changed ${JSON.stringify(columns[0]!.type)} -> "date"`);
    expect(found).toContain(`schema ${file}/new added "integer"`);
    const { records } = sample.statement.predicate.files[0]!;
    expect(found).toContain(`files ${file}/records changed ${records} -> ${records + 1}`);
  });
});
