import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseTables } from '../../src/policy/parse.ts';
import { type Line, reportOf } from '../../src/standards/definition.ts';
import { standards } from '../../src/standards/index.ts';
import { tablesOf } from '../lint/policies.ts';

type Found = Record<string, Line['status']>;

function lines(name: string, sections: string): readonly Line[] {
  const tables = tablesOf(sections);
  return reportOf(standards.get(name)!, { policy: tables[0], tables, data: undefined }).lines;
}

function statuses(name: string, sections: string): Found {
  return Object.fromEntries(lines(name, sections).map(({ id, status }) => [id, status]));
}

const keyed = 'keys: { k: { env: K } }\ndomains: { p: { key: k } }\n';
const of = (fields: string) => `${keyed}fields: { ${fields} }`;
/** A field that can hold nothing of the kind. */
const closed = 'flag: { role: insensitive, type: boolean, transform: keep }';

describe('HIPAA Safe Harbor', () => {
  const harbor = (fields: string) => statuses('hipaa-safe-harbor', of(fields));

  it('has the 18 identifiers in their order, codes and actual knowledge', () => {
    const ids = lines('hipaa-safe-harbor', of(closed)).map(({ id }) => id);
    expect(ids).toEqual([...[...'ABCDEFGHIJKLMNOPQR'].map((letter) => `(${letter})`), '(c)', '(ii)']);
  });

  it('passes identifiers where no field could hold them, and never what is not a matter of the policy', () => {
    const found = harbor(closed);
    const { '(R)': unique, '(ii)': knowledge, ...rest } = found;
    expect([unique, knowledge]).toEqual(['not-checkable', 'not-checkable']);
    expect(new Set(Object.values(rest))).toEqual(new Set(['pass']));
  });

  it('claims nothing where a text is kept', () => {
    const found = harbor('remark: { role: sensitive, transform: keep }');
    expect(Object.values(found).filter((status) => status === 'pass')).toEqual(['pass']);
    expect(found['(c)']).toBe('pass');
  });

  it.each([
    ['(A)', 'last_name'],
    ['(B)', 'street'],
    ['(C)', 'admitted'],
    ['(D)', 'homePhone'],
    ['(E)', 'fax'],
    ['(F)', 'email'],
    ['(G)', 'ssn'],
    ['(H)', 'mrn'],
    ['(I)', 'health_plan_number'],
    ['(J)', 'account_number'],
    ['(K)', 'driver_license'],
    ['(L)', 'vehicle_plate'],
    ['(M)', 'device_serial'],
    ['(N)', 'portal_url'],
    ['(O)', 'last_login_ip'],
    ['(P)', 'fingerprint'],
    ['(Q)', 'photo_file'],
  ])('%s fails where %s is kept, and not where it is dropped', (id, field) => {
    expect(harbor(`${field}: { role: sensitive, transform: keep }, ${closed}`)[id]).toBe('fail');
    expect(harbor(`${field}: { role: sensitive, transform: drop }, ${closed}`)[id]).toBe('pass');
  });

  it.each([
    ['generalize: { date: year }', 'pass'],
    ['generalize: { date: month }', 'fail'],
    ['date-shift: { domain: p, per: id, days: 30 }', 'fail'],
  ])('(C) of a date under %s: %s', (transform, status) => {
    const fields = `id: { role: identifier, transform: drop }, seen: { role: sensitive, type: date, transform: { ${transform} } }, ${closed}`;
    expect(harbor(fields)['(C)']).toBe(status);
  });

  it.each([
    ['keep', 'fail'],
    ['{ top-bottom-code: { top: 90 } }', 'not-checkable'],
    ['{ top-bottom-code: { top: 91 } }', 'fail'],
    ['{ generalize: { intervals: [0, 50, 90] } }', 'pass'],
    ['{ generalize: { intervals: [0, 50, 100] } }', 'fail'],
  ])('(C) of an age under %s: %s', (transform, status) => {
    expect(harbor(`age: { role: sensitive, type: integer, transform: ${transform} }, ${closed}`)['(C)']).toBe(status);
  });

  it('(C) wants early years of birth in one category', () => {
    const year = 'role: sensitive, type: date, transform: { generalize: { date: year } }';
    expect(harbor(`birth_date: { ${year} }`)['(C)']).toBe('fail');
    const coded = `${year}, when: { field: birth_date, greater: 1935-12-31 }, else: { redact: { with: early } }`;
    expect(harbor(`birth_date: { ${coded} }`)['(C)']).toBe('not-checkable');
  });

  it.each([
    ['{ generalize: { zip3: census-2020 } }', 'pass'],
    ['{ generalize: { prefix: 3 } }', 'fail'],
    ['{ mask: { keep-first: 3 } }', 'fail'],
  ])('(B) of a ZIP code under %s: %s', (transform, status) => {
    expect(harbor(`zip: { role: sensitive, transform: ${transform} }, ${closed}`)['(B)']).toBe(status);
  });

  it('(c) takes random codes only', () => {
    expect(harbor('mrn: { role: identifier, transform: { tokenize: { domain: p } } }')['(c)']).toBe('fail');
    expect(harbor('mrn: { role: identifier, transform: { tokenize: { random: true } } }')['(c)']).toBe('pass');
  });

  it('fails nothing of the policy that is made for it', () => {
    const text = readFileSync('policies/hipaa-safe-harbor.yaml');
    const tables = parseTables(text, { file: 'policy.yaml', directory: 'policies' });
    const report = reportOf(standards.get('hipaa-safe-harbor')!, { policy: tables[0], tables, data: undefined });
    expect(report.lines.filter(({ status }) => status === 'fail')).toEqual([]);
  });
});

describe('the limited data set', () => {
  it('has the 16 identifiers and the agreement; dates, towns and codes stay', () => {
    const fields = of(
      `seen: { role: sensitive, type: date, transform: keep }, city: { role: sensitive, transform: keep }, mrn: { role: identifier, transform: { tokenize: { domain: p } } }`,
    );
    const found = statuses('hipaa-limited-data-set', fields);
    expect(Object.keys(found)).toHaveLength(17);
    expect(Object.values(found).filter((status) => status === 'fail')).toEqual(['fail']);
    expect(found['(4)']).toBe('fail');
    expect(statuses('hipaa-limited-data-set', of(`street: { role: sensitive, transform: keep }`))['(ii)']).toBe('fail');
  });
});

const classes = (k: number) => `fields: { age: { role: quasi-identifier, type: integer, transform: keep } }
privacy: { models: [ { k-anonymity: { k: ${k} } } ] }`;

describe('GDPR WP216', () => {
  it('singles out by pseudonyms and without a model', () => {
    expect(statuses('gdpr-wp216', classes(5))).toEqual({ 1: 'pass', 2: 'not-checkable', 3: 'not-checkable' });
    const pseudonym = of('id: { role: identifier, transform: { tokenize: { domain: p } } }');
    expect(statuses('gdpr-wp216', pseudonym)).toMatchObject({ 1: 'fail', 2: 'fail' });
    expect(statuses('gdpr-wp216', of('a: { role: sensitive, transform: keep }'))).toMatchObject({
      1: 'fail',
      3: 'fail',
    });
  });
});

describe('EMA Policy 0070', () => {
  // 1/12 = 0.0833 is below 0.09, 1/11 = 0.0909 is above.
  it.each([
    [12, 'pass'],
    [11, 'fail'],
    [10, 'fail'],
  ])('k = %i: %s', (k, status) => {
    expect(statuses('ema-0070', classes(k))['1']).toBe(status);
  });

  it('says that 11 is a common reading', () => {
    expect(lines('ema-0070', classes(11))[0]!.why).toContain('1/11, as is common');
    expect(lines('ema-0070', classes(10))[0]!.why).not.toContain('common');
  });
});

describe('CMS cell suppression', () => {
  it.each([
    [11, 'pass'],
    [10, 'fail'],
  ])('k = %i: %s', (k, status) => {
    expect(statuses('cms-cell-suppression', classes(k))).toEqual({ 1: status, 2: 'not-checkable' });
  });
});

describe('CCPA', () => {
  it('fails keyed identifiers, and a release without an obligation', () => {
    const found = statuses('ccpa-deidentified', of('id: { role: identifier, transform: { tokenize: { domain: p } } }'));
    expect(found).toEqual({ '(m)': 'fail', '(1)': 'not-checkable', '(2)': 'not-checkable', '(3)': 'fail' });
    expect(statuses('ccpa-deidentified', of(closed))['(m)']).toBe('not-checkable');
  });
});
