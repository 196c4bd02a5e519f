import fc from 'fast-check';
import { actionNames } from '../../src/license/actions.ts';
import { decideTerms } from '../../src/license/decide.ts';
import type { TermOutcome } from '../../src/license/definition.ts';
import type { LicenseOptions } from '../../src/license/options.ts';
import { purposes } from '../../src/license/purposes.ts';
import type { Terms } from '../../src/license/terms.ts';
import { type Situation, type StatedUse, statedUseSchema } from '../../src/license/use.ts';

export const organization = 'urn:org:example-university';
export const licenseId = 'urn:anon:license:00112233445566778899aabbccddeeff';
export const key = 'ab'.repeat(32);
export const now = Date.parse('2026-11-21T12:00:00Z');

/** Plain flags on a machine that can count and verify nothing. */
export const plain: Situation = { now, contextSigned: false, licenseId, stateful: false };

/** A signed context where everything can be counted and verified. */
export const able: Situation = {
  ...plain,
  contextSigned: true,
  stateful: { canCountExports: true, canCountUsers: true, canVerifyContext: true },
};

export const leastTerms: Terms = {
  licensee: { id: organization, name: 'Example University' },
  permissions: ['use'],
};

export function stated(use: Record<string, unknown>): StatedUse {
  return statedUseSchema.parse(use);
}

/** The failures, as `term code`; empty when the use is allowed. */
export function refusals(terms: Partial<Terms>, use: Record<string, unknown>, situation: Situation = plain): string[] {
  return failuresOf(decideTerms({ ...leastTerms, ...terms }, stated({ organization, ...use }), situation));
}

export function failuresOf(outcomes: readonly TermOutcome[]): string[] {
  return outcomes.filter((outcome) => outcome.status === 'fail').map((outcome) => `${outcome.term} ${outcome.code}`);
}

export function isAllowed(terms: Terms, use: StatedUse, situation: Situation): boolean {
  return decideTerms(terms, use, situation).every((outcome) => outcome.status === 'pass');
}

const action = fc.constantFrom(...actionNames);
const purpose = fc.constantFrom(...purposes);
const region = fc.constantFrom('GB', 'DE', 'NO', 'US', 'CH', 'EU', 'EEA');
const country = fc.constantFrom('GB', 'DE', 'NO', 'US', 'CH');
const user = fc.constantFrom('u1', 'u2', 'u3');
const project = fc.constantFrom('P-17', 'P-18');
const safeguard = fc.constantFrom('EncryptionAtRest', 'AccessControl');
const count = fc.integer({ min: 1, max: 20 });
const day = fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true });
const dayText = day.map((date) => date.toISOString().slice(0, 10));
const duration = fc.constantFrom('P3D', 'P1M', 'PT12H', 'P2W', 'P1Y');

function someOf<T>(values: fc.Arbitrary<T>): fc.Arbitrary<T[]> {
  return fc.uniqueArray(values, { minLength: 1, maxLength: 3 });
}

const duty = fc.oneof(
  fc.constantFrom('report-breach' as const, 'permit-audit' as const),
  fc.record({ 'delete-by': dayText }),
  fc.record({ 'report-breach': duration }),
  fc.record({ attribute: fc.constantFrom('Example Hospital Trust', 'Étude № 7') }),
  fc.record({ 'report-usage': duration }),
);

/** `license` sections that the schema accepts. */
export const licenseOptions: fc.Arbitrary<LicenseOptions> = fc.record(
  {
    title: fc.constantFrom('Readmission cohort 2026', 'R*', '患者'),
    licensor: fc.record(
      { name: fc.constant('Example Hospital Trust'), id: fc.constant('urn:org:h') },
      { requiredKeys: ['name'] },
    ),
    licensee: fc.record(
      {
        id: fc.constant(organization),
        name: fc.constant('Example University'),
        users: someOf(user),
        key: fc.constant(key),
      },
      { requiredKeys: ['id', 'name'] },
    ),
    permissions: someOf(action),
    prohibitions: someOf(action),
    purposes: someOf(purpose),
    regions: someOf(region),
    projects: someOf(project),
    safeguards: someOf(safeguard),
    limits: fc.oneof(
      fc.record({ exports: count }),
      fc.record({ users: count }),
      fc.record({ exports: count, users: count }),
    ),
    duties: fc.array(duty, { minLength: 1, maxLength: 3 }),
    classification: fc.oneof(
      fc.record({ source: fc.constant('restricted') }),
      fc.record({ release: fc.constant('internal') }),
    ),
    valid: fc.tuple(dayText, dayText).map(([a, b]) => (a < b ? { from: a, until: b } : { from: b, until: a })),
    approvals: fc.record({ threshold: fc.integer({ min: 0, max: 5 }) }),
    status: fc.record({ 'max-age': fc.constantFrom('P1D', 'PT6H') }),
  },
  { requiredKeys: ['licensor', 'licensee', 'permissions', 'valid'] },
);

/** Uses that state everything or only some of it, within a license or not. */
export const uses: fc.Arbitrary<StatedUse> = fc.record(
  {
    organization: fc.constantFrom(organization, organization, organization, 'urn:org:other'),
    user,
    purpose,
    region: country,
    project,
    action,
    safeguards: fc.uniqueArray(safeguard),
  },
  { requiredKeys: ['action', 'safeguards'] },
);
