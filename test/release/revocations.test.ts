import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseInstant } from '../../src/base/time.ts';
import {
  checkFresh,
  checkNotRevoked,
  checkRevoker,
  checkSuccession,
  findRevokedKey,
  isOfTrust,
  parseRevocations,
  type Revocable,
} from '../../src/release/revocations.ts';
import { nextRevocations, type RevocationChange } from '../../src/release/revocations-edit.ts';
import type { Json } from './sample.ts';
import {
  entry,
  keyFor,
  licenseId,
  revocationsBytes,
  revocationsContent,
  revocationsList,
  trustFile,
} from './trusted.ts';

const now = parseInstant('2026-12-01T00:00:00Z')!;
const day = 86_400_000;
const hex = 'd'.repeat(64);
const license: Revocable = {
  id: licenseId,
  issued: '2026-11-21T12:00:00Z',
  keys: [keyFor('i').id],
  digests: [hex],
  parents: [],
};

function codeOf(action: () => unknown): string | undefined {
  try {
    action();
  } catch (error) {
    return (error as { code: string }).code;
  }
  return undefined;
}

function holding(...entries: Json[]) {
  return revocationsList((c) => (c.entries = entries));
}

describe('a list of revocations', () => {
  const changes: [string, (content: Json) => unknown][] = [
    ['an unknown member', (c) => (c.entry = [])],
    ['an unknown kind', (c) => (c.entries = [entry('user', hex)])],
    ['no reason', (c) => (c.entries = [entry('key', hex, { reason: '' })])],
    ['a license that is no id', (c) => (c.entries = [entry('license', hex)])],
    ['a key in capitals', (c) => (c.entries = [entry('key', 'D'.repeat(64))])],
    ['an entry twice', (c) => (c.entries = [entry('key', hex), entry('key', hex, { reinstated: true })])],
    ['an unknown member of an entry', (c) => (c.entries = [entry('key', hex, { by: 'x' })])],
    ['an end before its beginning', (c) => (c.expires = c.issued)],
    ['version 0', (c) => (c.version = 0)],
    ['a text for reinstated', (c) => (c.entries = [entry('key', hex, { reinstated: 'false' })])],
  ];
  it.each(changes)('with %s is refused', (_, change) => {
    const bytes = revocationsBytes(revocationsContent(change));
    expect(codeOf(() => parseRevocations(bytes))).toBe('REVOCATIONS-FORMAT');
  });

  it('is signed by a revoker with a key that is valid and not revoked', () => {
    const { trust } = trustFile();
    expect(codeOf(() => checkRevoker(revocationsList(), trust, now))).toBeUndefined();
    expect(codeOf(() => checkRevoker(revocationsList(undefined, 'aiz'), trust, now))).toBe('SIGNATURE');
    const self = (c: Json) => (c.entries = [entry('key', keyFor('r').id)]);
    expect(codeOf(() => checkRevoker(revocationsList(self), trust, now))).toBe('SIGNATURE');
    expect(codeOf(() => checkRevoker(revocationsList(self, 'rt'), trust, now))).toBeUndefined();
    expect(codeOf(() => checkRevoker(revocationsList(), trust, now, revocationsList(self, 't')))).toBe('SIGNATURE');
    const retired = trustFile((c) => (c.principals['urn:revoker'].keys[0].until = '2026-11-01T00:00:00Z')).trust;
    expect(codeOf(() => checkRevoker(revocationsList(), retired, now))).toBe('SIGNATURE');
    expect(isOfTrust(revocationsList(), retired)).toBe(true);
    expect(isOfTrust(revocationsList(undefined, 'a'), trust)).toBe(false);
  });

  it('is fresh by its own end and by the age that is asked for', () => {
    const list = revocationsList();
    const at = (instant: string, age: number, ms = 0) =>
      codeOf(() => checkFresh(list, parseInstant(instant)! + ms, age));
    expect(at('2026-12-01T12:00:00Z', day)).toBeUndefined();
    expect(at('2026-12-01T12:00:00Z', day, 1)).toBe('STALE');
    expect(at('2026-12-30T12:00:00Z', Number.POSITIVE_INFINITY, -1)).toBeUndefined();
    expect(at('2026-12-30T12:00:00Z', Number.POSITIVE_INFINITY)).toBe('STALE');
    expect(at('2026-11-30T11:55:00Z', day)).toBeUndefined();
    expect(at('2026-11-30T11:55:00Z', day, -1)).toBe('CLOCK');
  });
});

describe('the next list', () => {
  const known = holding(entry('license', licenseId), entry('key', hex, { reinstated: true }));
  const next = (change: (c: Json) => unknown) =>
    codeOf(() =>
      checkSuccession(
        known,
        revocationsList((c) => {
          c.version = 2;
          c.previous = known.sha256;
          c.entries = structuredClone(known.content.entries);
          change(c);
        }),
      ),
    );

  it('holds all earlier entries, reinstated or not', () => {
    expect(next(() => {})).toBeUndefined();
    expect(next((c) => c.entries.push(entry('digest', hex)))).toBeUndefined();
    expect(next((c) => (c.entries[0].reinstated = true))).toBeUndefined();
    expect(next((c) => c.entries.pop())).toBe('ROLLBACK');
    expect(next((c) => (c.entries[1].reinstated = false))).toBe('ROLLBACK');
    expect(next((c) => (c.entries[0].reason = 'superseded'))).toBe('ROLLBACK');
    expect(next((c) => (c.entries[0].at = '2026-11-02T00:00:00Z'))).toBe('ROLLBACK');
  });

  it('names the one before, where no version lies between', () => {
    expect(next((c) => (c.previous = hex))).toBe('ROLLBACK');
    expect(next((c) => delete c.previous)).toBe('ROLLBACK');
    expect(next((c) => Object.assign(c, { version: 3, previous: hex }))).toBeUndefined();
    expect(next((c) => Object.assign(c, { version: 3, entries: [] }))).toBe('ROLLBACK');
    expect(next((c) => (c.version = 1))).toBe('ROLLBACK');
    expect(checkSuccession(known, known)).toBe(false);
    expect(
      codeOf(() =>
        checkSuccession(
          revocationsList((c) => (c.version = 2)),
          known,
        ),
      ),
    ).toBe('ROLLBACK');
  });

  it('that anon makes always follows, and one that lacks an entry never does', () => {
    const change = fc.record({
      kind: fc.constant('key' as const),
      value: fc.integer({ min: 0, max: 3 }).map((n) => String(n).repeat(64)),
      reason: fc.constantFrom('superseded', 'lost', undefined),
    });
    fc.assert(
      fc.property(fc.array(fc.array(change, { maxLength: 3 }), { minLength: 1, maxLength: 5 }), (steps) => {
        let list: ReturnType<typeof holding> | undefined;
        steps.forEach((changes, hour) => {
          const meant: RevocationChange[] = [];
          const revoked = new Set(
            list?.content.entries.filter(({ reinstated }) => !reinstated).map(({ value }) => value),
          );
          for (const one of changes) {
            if ((one.reason === undefined) !== revoked.has(one.value)) continue;
            if (meant.some(({ value }) => value === one.value)) continue;
            meant.push(one);
          }
          const content = nextRevocations(list, meant, now + hour * 3_600_000, '2027-01-01T00:00:00Z');
          const made = parseRevocations(revocationsBytes(content));
          if (list !== undefined) {
            expect(checkSuccession(list, made)).toBe(true);
            const lacking = { ...content, entries: content.entries.slice(1) };
            if (list.content.entries.length > 0)
              expect(codeOf(() => checkSuccession(list!, parseRevocations(revocationsBytes(lacking))))).toBe(
                'ROLLBACK',
              );
          }
          for (const { value, reason } of meant)
            expect(findRevokedKey(content.entries, value, '2030-01-01T00:00:00Z') !== undefined).toBe(
              reason !== undefined,
            );
          list = made;
        });
      }),
      { seed: 1, numRuns: 60 },
    );
  });

  it('refuses what is revoked already, and to give back what is not', () => {
    const change = { kind: 'license' as const, value: licenseId };
    expect(codeOf(() => nextRevocations(known, [{ ...change, reason: 'again' }], now, '2027-01-01T00:00:00Z'))).toBe(
      'USAGE',
    );
    expect(
      codeOf(() => nextRevocations(undefined, [{ ...change, reason: undefined }], now, '2027-01-01T00:00:00Z')),
    ).toBe('USAGE');
    expect(
      codeOf(() => nextRevocations(undefined, [{ kind: 'key', value: 'x', reason: 'y' }], now, '2027-01-01T00:00:00Z')),
    ).toBe('USAGE');
  });
});

describe('a license is revoked', () => {
  const revoked = (one: Json, of: Partial<Revocable> = {}) =>
    codeOf(() => checkNotRevoked(holding(one), { ...license, ...of })) === 'REVOKED';

  it('by its id, a digest of it or its data, or its key', () => {
    expect(revoked(entry('license', licenseId))).toBe(true);
    expect(revoked(entry('digest', hex))).toBe(true);
    expect(revoked(entry('key', keyFor('i').id))).toBe(true);
    expect(revoked(entry('license', `urn:anon:license:${'2'.repeat(32)}`))).toBe(false);
    expect(revoked(entry('digest', keyFor('i').id))).toBe(false);
    expect(revoked(entry('key', hex))).toBe(false);
  });

  it('not when that was reinstated, but again by a further entry', () => {
    expect(revoked(entry('license', licenseId, { reinstated: true }))).toBe(false);
    const again = holding(
      entry('license', licenseId, { reinstated: true }),
      entry('license', licenseId, { at: '2026-11-05T00:00:00Z' }),
    );
    expect(codeOf(() => checkNotRevoked(again, license))).toBe('REVOKED');
  });

  it('by a superseded key only when it was issued after that', () => {
    const at = (instant: string) => entry('key', keyFor('i').id, { reason: 'superseded', at: instant });
    expect(revoked(at('2026-11-21T11:59:59Z'))).toBe(true);
    expect(revoked(at('2026-11-21T12:00:00Z'))).toBe(false);
    expect(revoked(entry('key', keyFor('i').id, { reason: 'Superseded', at: '2026-12-21T12:00:00Z' }))).toBe(true);
  });

  it('with a license that it stands on', () => {
    const parent = `urn:anon:license:${'3'.repeat(32)}`;
    const parents = [{ id: parent, sha256: 'e'.repeat(64) }];
    expect(revoked(entry('license', parent), { parents })).toBe(true);
    expect(revoked(entry('digest', 'e'.repeat(64)), { parents })).toBe(true);
    expect(revoked(entry('license', parent))).toBe(false);
  });
});
