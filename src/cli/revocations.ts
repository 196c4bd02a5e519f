import { printable } from '../release/names.ts';
import type { Revocations } from '../release/revocations.ts';
import { asciiJson } from './json.ts';

/** A list of revocations, for people; `did` says what was done with it. */
export function renderRevocations(
  { content: { version, issued, expires, entries }, sha256 }: Revocations,
  did?: string,
): string {
  const lines = [
    ...(did === undefined ? [] : [printable(did, 1000)]),
    `version ${version}, ${issued} to ${expires}`,
    `sha256:${sha256}`,
  ];
  if (entries.length === 0) lines.push('nothing is revoked');
  for (const { kind, value, at, reason, reinstated } of entries) {
    lines.push(`${at}  ${kind.padEnd(7)}  ${value}  ${printable(reason, 200)}${reinstated ? ' (reinstated)' : ''}`);
  }
  return `${lines.join('\n')}\n`;
}

/** The same for programs. */
export function revocationsJson({ content, sha256 }: Revocations): string {
  return asciiJson({ ...content, sha256 });
}
