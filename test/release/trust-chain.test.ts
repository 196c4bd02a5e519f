import { describe, expect, it } from 'vitest';
import { parseInstant } from '../../src/base/time.ts';
import { checkRoots, checkUpdate } from '../../src/release/trust-chain.ts';
import type { Json } from './sample.ts';
import { keyFor, principal, trustFile } from './trusted.ts';

const now = parseInstant('2026-12-01T00:00:00Z')!;
const two = (c: Json) => {
  c.thresholds.root = 2;
};
const version =
  (n: number, change: (c: Json) => unknown = () => {}) =>
  (c: Json) => {
    c.version = n;
    change(c);
  };

describe('the roots', () => {
  it('sign by their threshold, counted as principals', () => {
    expect(() => checkRoots(trustFile(), now)).not.toThrow();
    expect(() => checkRoots(trustFile(two, 'ab'), now)).not.toThrow();
    expect(() => checkRoots(trustFile(two, 'a'), now)).toThrow(/1 of the 2/);
    expect(() => checkRoots(trustFile(two, 'aa'), now)).toThrow(/1 of the 2/);
    const both = (c: Json) => {
      two(c);
      c.principals['urn:ada'] = principal('ac', ['root']);
    };
    expect(() => checkRoots(trustFile(both, 'ac'), now)).toThrow(/1 of the 2/);
    expect(() => checkRoots(trustFile(both, 'acb'), now)).not.toThrow();
  });

  it('are only those in the role, with keys that are valid now', () => {
    expect(() => checkRoots(trustFile(undefined, 'ipqrux'), now)).toThrow(/0 of the 1/);
    expect(() => checkRoots(trustFile(undefined, 'z'), now)).toThrow(/0 of the 1/);
    const retired = (c: Json) => {
      c.principals['urn:ada'].keys = [{ pem: keyFor('a').pem, until: '2026-11-01T00:00:00Z' }];
    };
    expect(() => checkRoots(trustFile(retired), now)).toThrow(/0 of the 1/);
    expect(() => checkRoots(trustFile(retired), parseInstant('2026-10-01T00:00:00Z')!)).not.toThrow();
  });
});

describe('a version', () => {
  const first = trustFile();
  const refused = (next: ReturnType<typeof trustFile>, current = first) => {
    try {
      checkUpdate(current, next, now);
    } catch (error) {
      return (error as { code: string }).code;
    }
    return undefined;
  };

  it('follows the one before, and is the same as itself', () => {
    expect(checkUpdate(first, trustFile(version(2)), now)).toBe(true);
    expect(checkUpdate(first, trustFile(), now)).toBe(false);
    expect(checkUpdate(first, trustFile(undefined, 'ab'), now)).toBe(false);
  });

  it('is not skipped, and does not come back', () => {
    expect(refused(trustFile(version(3)))).toBe('TRUST');
    expect(refused(first, trustFile(version(2)))).toBe('ROLLBACK');
    expect(refused(trustFile((c) => (c.principals['urn:x'] = principal('z', ['issuer']))))).toBe('ROLLBACK');
  });

  it('is signed by the roots of the one before', () => {
    const taken = version(2, (c) => (c.principals = { 'urn:mallory': principal('m', ['root']) }));
    expect(refused(trustFile(taken, 'm'))).toBe('TRUST');
    expect(refused(trustFile(taken, 'ma'))).toBeUndefined();
    const strict = trustFile(two, 'ab');
    expect(refused(trustFile(version(2), 'a'), strict)).toBe('TRUST');
    expect(refused(trustFile(version(2), 'ab'), strict)).toBeUndefined();
  });
});
