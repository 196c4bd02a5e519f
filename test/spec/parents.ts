import { keyFor } from '../release/trusted.ts';
import type { Json } from './json.ts';
import { at, bundle, type Case, day, revocations, sha256, trust, use } from './made.ts';

/** Licenses that stand on others, and what is answered: as `cases`. */

const lab = { id: 'urn:org:lab', name: 'Lab' };
const context = { ...use, organization: lab.id };
const all = trust(({ principals }) => principals['urn:org:example-university'].roles.push('issuer'));
type Change = (predicate: Json, statement: Json) => unknown;

/** A license of the university to the lab under the hospital's to the university, or as the changes make of them. */
function under(
  ofParent: Change,
  ofChild: Change = () => {},
  { signers = 'u', parentSigners = 'i', name = 'parent' } = {},
): Case {
  const parent = bundle(
    (statement) => {
      statement.predicate.terms.permissions = ['use', 'sublicense'];
      ofParent(statement.predicate, statement);
    },
    { signers: parentSigners },
  );
  return standingOn(parent, ofChild, { signers, name });
}

function standingOn(parent: Map<string, Buffer>, ofChild: Change, { signers = 'u', name = 'parent' } = {}): Case {
  const envelope = parent.get('license.intoto.json')!;
  const payload = Buffer.from(JSON.parse(String(envelope)).payload, 'base64');
  const member = `attestations/${name}.intoto.json`;
  const files = bundle(
    (statement) => {
      const { predicate } = statement;
      predicate.issuer = { id: 'urn:org:example-university', name: 'U', key: keyFor('u').id };
      predicate.terms.licensee = lab;
      predicate.id = `urn:anon:license:${sha256(name).slice(0, 32)}`;
      predicate.lineage.parents = [{ id: JSON.parse(String(payload)).predicate.id, sha256: sha256(payload) }];
      statement.subject.push({ name: member, digest: { sha256: sha256(envelope) } });
      for (const [other, bytes] of parent) {
        if (other.startsWith('attestations/'))
          statement.subject.push({ name: other, digest: { sha256: sha256(bytes) } });
      }
      ofChild(predicate, statement);
    },
    { signers },
  ).set(member, envelope);
  for (const [other, bytes] of parent) if (other.startsWith('attestations/')) files.set(other, bytes);
  return { files, context, trust: all };
}

const nothing: Change = () => {};
/** By the hospital itself. */
const own: Change = (predicate) => (predicate.issuer = { id: 'urn:hospital', name: 'H', key: keyFor('i').id });
const terms =
  (change: (terms: Json) => unknown): Change =>
  (predicate) =>
    change(predicate.terms);
const otherData: Change = (predicate, { subject }) => {
  subject.find(({ name }: Json) => name === 'data/patients.csv').digest.sha256 = sha256('other\n');
  subject.find(({ name }: Json) => name === 'data/patients.csv.chunks').digest.sha256 = sha256(
    `${sha256('other\n')}\n`,
  );
  predicate.files[0].bytes = 6;
};
const withOther = (one: Case): Case => ({
  ...one,
  files: new Map([
    ...one.files!,
    ['data/patients.csv', Buffer.from('other\n')],
    ['data/patients.csv.chunks', Buffer.from(`${sha256('other\n')}\n`)],
  ]),
});

const chain = standingOn(
  under(
    nothing,
    terms((t) => (t.permissions = ['use', 'sublicense'])),
  ).files!,
  own,
  {
    signers: 'i',
    name: 'child',
  },
);

export const parentCases: Record<string, Record<string, Case>> = {
  allow: {
    'a sublicense': under(nothing),
    'a license of the same issuer': under(
      terms((t) => (t.permissions = ['use'])),
      own,
      { signers: 'i' },
    ),
    'a narrower region': under(
      nothing,
      terms((t) => (t.regions = ['DE', 'FR'])),
    ),
    'a stricter duty': under(
      terms((t) => (t.duties = [{ reportBreach: 'P3D' }, { deleteBy: at(2 * day) }])),
      terms((t) => (t.duties = [{ deleteBy: at(day) }, { reportBreach: 'PT24H' }])),
    ),
    'a stricter classification': under(
      terms((t) => (t.classification = { source: 'internal' })),
      terms((t) => (t.classification = { source: 'internal', release: 'secret' })),
    ),
    'other data, where it may be derived': withOther(
      under(
        terms((t) => t.permissions.push('derive')),
        otherData,
      ),
    ),
  },
  DELEGATION: {
    'no permission': under(terms((t) => (t.permissions = ['use']))),
    'a permission that is prohibited': under(terms((t) => t.prohibitions.push('sublicense'))),
    'another licensee': under(terms((t) => (t.licensee.id = 'urn:org:other'))),
    'a child that ends later': under((p) => (p.notAfter = at(day - 1))),
    'a child that begins earlier': under((p) => (p.notBefore = at(-day + 1))),
    'a broader purpose': under(
      nothing,
      terms((t) => (t.purposes = ['ResearchAndDevelopment'])),
    ),
    'no purpose': under(
      nothing,
      terms((t) => delete t.purposes),
    ),
    'another region': under(
      nothing,
      terms((t) => (t.regions = ['EEA', 'GB', 'US'])),
    ),
    'another permission': under(
      nothing,
      terms((t) => t.permissions.push('publish-aggregates')),
    ),
    'a prohibition less': under(
      nothing,
      terms((t) => t.prohibitions.pop()),
    ),
    'another user': under(
      terms((t) => (t.licensee.users = ['u1'])),
      nothing,
    ),
    'another project': under(terms((t) => (t.projects = ['P1']))),
    'a safeguard less': {
      ...under(
        terms((t) => (t.safeguards = ['A', 'B'])),
        terms((t) => (t.safeguards = ['A'])),
      ),
      context: { ...context, safeguards: ['A'] },
    },
    'a duty less': under(
      terms((t) => (t.duties = [{ reportBreach: 'P3D' }, { permitAudit: true }])),
      terms((t) => (t.duties = [{ permitAudit: true }])),
    ),
    'a laxer duty': under(
      terms((t) => (t.duties = [{ reportBreach: 'P3D' }])),
      terms((t) => (t.duties = [{ reportBreach: 'P4D' }])),
    ),
    'a laxer classification': under(
      terms((t) => (t.classification = { release: 'restricted' })),
      terms((t) => (t.classification = { release: 'internal' })),
    ),
    'an approval less': under((p) => (p.approvals.threshold = 1), nothing, { parentSigners: 'ip' }),
    'a parent without its approval': under(
      (p) => (p.approvals.threshold = 1),
      (p) => (p.approvals.threshold = 1),
      { signers: 'up' },
    ),
    'other data': withOther(under(nothing, otherData)),
    'a parent that is not there': under(nothing, (p) => (p.lineage.parents[0].sha256 = 'a'.repeat(64))),
    'a parent of another id': under(nothing, (p) => (p.lineage.parents[0].id = `urn:anon:license:${'1'.repeat(32)}`)),
    'a parent by nobody who is trusted': under(nothing, nothing, { parentSigners: 'z' }),
    'a parent that is malformed': under((p) => (p.more = 1)),
    'a parent that has ended': under((p) => (p.notAfter = at(-1)), nothing),
    'a grandchild by somebody else': chain,
  },
  DIGEST: {
    'an attestation that was changed': {
      ...under(nothing),
      files: under(nothing).files!.set('attestations/parent.intoto.json', Buffer.from('{}')),
    },
  },
  REVOKED: {
    'a parent': { ...under(nothing), revocations: revocations([{ kind: 'key', value: keyFor('i').id }]) },
  },
  EXTRA: {
    'an attestation that was not signed': {
      ...under(nothing),
      files: under(nothing).files!.set('attestations/x.intoto.json', Buffer.from('{}')),
    },
  },
};
