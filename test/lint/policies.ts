import type { TableProfile } from '../../src/lint/profile.ts';
import { runLints } from '../../src/lint/run.ts';
import { parseTables } from '../../src/policy/parse.ts';
import { withSections } from '../policy/policies.ts';

const anyLicense = `license:
  licensor: { name: Example Hospital, contact: data@hospital.example }
  licensee: { id: "urn:org:example", name: Example }
  valid: { from: 2026-10-01, until: 2027-09-30 }
`;

/** A policy of these sections, with a license unless another text is given in its place. */
export function tablesOf(sections: string, license = anyLicense) {
  const head = 'policy: anon/v1\nname: x\nversion: "1"\n';
  const text = /^tables:/m.test(sections) ? head + sections : withSections(sections);
  return parseTables(Buffer.from(`${text}\n${license}`), { file: 'policy.yaml', directory: '/policies' });
}

export function found(sections: string, data?: TableProfile, license?: string) {
  return runLints(tablesOf(sections, license), new Map(data === undefined ? [] : [['', data]]));
}
