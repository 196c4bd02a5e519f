import type { EditedTrust } from '../app/trust-edit.ts';
import { formatInstant } from '../base/time.ts';
import { printable } from '../release/names.ts';
import type { TrustFile } from '../release/trust.ts';
import { asciiJson } from './json.ts';

/** A trust file, for people; `did` says what was done with it. */
export function renderTrust({ trust, content, sha256 }: TrustFile, did?: string): string {
  const { thresholds } = content;
  const approver = thresholds.approver === undefined ? '' : `, at least ${thresholds.approver} of approvers`;
  const lines = [
    ...(did === undefined ? [] : [printable(did, 1000)]),
    `version ${trust.version}, ${content.issued} to ${content.expires}`,
    `fingerprint sha256:${sha256}`,
    `signatures: ${thresholds.root} of roots${approver}`,
  ];
  for (const { id, name, roles, datasets, keys } of trust.principals.values()) {
    const globs = datasets === undefined ? '' : ` of ${datasets.map((glob) => printable(glob)).join(', ')}`;
    lines.push('', `${printable(id)}: ${[...roles].join(', ')}${globs}`);
    if (name !== id) lines.push(`  ${printable(name)}`);
    for (const { keyId, from, until } of keys) {
      const window = [
        ...(from === null ? [] : [`from ${formatInstant(from)}`]),
        ...(until === null ? [] : [`until ${formatInstant(until)}`]),
      ];
      lines.push(`  key ${[keyId, ...window].join(' ')}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

/** The same for programs. */
export function trustJson({ trust, content, sha256 }: TrustFile): string {
  const { version, issued, expires, thresholds } = content;
  const principals = [...trust.principals.values()].map(({ id, name, roles, datasets, keys }) => ({
    id,
    name,
    roles: [...roles],
    datasets: datasets ?? null,
    keys: keys.map(({ keyId, from, until }) => ({ keyId, from: instantOrNull(from), until: instantOrNull(until) })),
  }));
  return asciiJson({ version, fingerprint: sha256, issued, expires, thresholds, principals });
}

/** What an edit wrote, and who must sign it still. */
export function renderEdit({ path, file, signatures }: EditedTrust): string {
  const lines = [`${path}: version ${file.trust.version}, fingerprint sha256:${file.sha256}`];
  for (const { version, signed, threshold } of signatures) {
    const missing = threshold - signed;
    lines.push(
      `  signed by ${signed} of the ${threshold} ${threshold === 1 ? 'root' : 'roots'} of version ${version}` +
        (missing > 0 ? `: ${missing} more must sign it, \`anon trust sign ${path} --sign KEY\`` : ''),
    );
  }
  return `${lines.join('\n')}\n`;
}

export function editJson({ path, file, signatures }: EditedTrust): string {
  const { version } = file.trust;
  return asciiJson({ file: path, version, fingerprint: file.sha256, signatures });
}

function instantOrNull(ms: number | null): string | null {
  return ms === null ? null : formatInstant(ms);
}
