import { describe, expect, it } from 'vitest';
import { statedUseSchema } from '../../../src/license/use.ts';
import { decisionEvent, exportStart } from '../../../src/release/audit/occasions.ts';
import { createReplay } from '../../../src/release/audit/replay.ts';
import type { LicensePredicate } from '../../../src/release/statement.ts';
import { parts, use } from '../sample.ts';
import { license, reset, start } from './logs.ts';

const predicate = {
  ...parts.statement,
  id: license,
  terms: {
    ...parts.statement.terms,
    limits: { exports: 3, users: 2 },
    duties: [{ permitAudit: true }, { deleteBy: '2028-01-01T00:00:00Z' }, { deleteBy: '2027-12-31T00:00:00Z' }],
  },
} as unknown as LicensePredicate;

const by = (user: string | undefined) => ({ use: statedUseSchema.parse({ ...use, user }), signed: false });

function logOf(users: readonly string[]) {
  const replay = createReplay();
  const put = (event: Parameters<typeof replay.next>[0]) => replay.accept(replay.next(event, start).line);
  put(reset);
  for (const user of users) put(exportStart(predicate, by(user))(replay));
  return replay;
}

describe('a decision', () => {
  it('tells of the use and of what falls due, and of no license that nobody vouches for', () => {
    const occasion = { ...by('u1'), predicate };
    expect(decisionEvent('verify', { decision: 'allow', code: null, license }, occasion)).toEqual({
      type: 'decision',
      command: 'verify',
      decision: 'allow',
      code: null,
      license,
      title: 'Readmission cohort 2026',
      notAfter: '2027-10-01T00:00:00Z',
      deleteBy: '2027-12-31T00:00:00Z',
      use: {
        organization: 'urn:org:example-university',
        user: 'u1',
        purpose: 'AcademicResearch',
        region: 'DE',
        action: 'use',
      },
      basis: 'asserted',
    });
    const refused = decisionEvent(
      'export',
      { decision: 'deny', code: 'SIGNATURE', license: null },
      { use, signed: true, predicate: undefined },
    );
    expect(refused).toMatchObject({ command: 'export', license: null, code: 'SIGNATURE', basis: 'verified' });
    expect(refused).not.toHaveProperty('title');
  });
});

describe('the start of an export', () => {
  it('is refused once as many exports were started as the license allows', () => {
    const replay = logOf(['a', 'a', 'b']);
    expect(() => exportStart(predicate, by('a'))(replay)).toThrow(
      expect.objectContaining({
        code: 'QUOTA',
        message: 'limits.exports: the license allows 3 exports, and all are used up',
      }),
    );
  });

  it('is refused to a user too many, and allowed to those who were counted', () => {
    const replay = logOf(['a', 'b']);
    expect(() => exportStart(predicate, by('c'))(replay)).toThrow(/limits\.users: the license allows 2 users/);
    expect(() => exportStart(predicate, by(undefined))(replay)).toThrow(/none is stated/);
    expect(exportStart(predicate, by('b'), 'data/x.csv')(replay)).toMatchObject({
      use: { user: 'b' },
      file: 'data/x.csv',
    });
    expect(exportStart({ ...predicate, id: 'urn:anon:license:other' }, by('c'))(replay)).toMatchObject({
      use: { user: 'c' },
    });
  });

  it('tells all that is wrong at once, and asks nothing of a license without limits', () => {
    const replay = logOf(['a', 'b', 'b']);
    expect(() => exportStart(predicate, by('c'))(replay)).toThrow(/limits\.exports[\s\S]*limits\.users/);
    const { limits: _, ...terms } = predicate.terms;
    expect(exportStart({ ...predicate, terms }, by(undefined))(replay)).toMatchObject({ license });
  });
});
