import type { AuditEvent, EventOf, EventType, LoggedUse } from './event.ts';

/** An event for people, in a line. Text from outside stands in it as it is: whoever shows it escapes it. */
export interface EventSummary {
  /** Two or three words. */
  readonly what: string;
  /** Id of the license that it is about. */
  readonly license: string | null;
  readonly detail: string;
}

export function summaryOf(event: AuditEvent): EventSummary {
  // The table has for each type a function of that type; TypeScript cannot follow that through the index.
  const summarize = summaries[event.type] as (event: AuditEvent) => readonly [what: string, detail: string];
  const [what, detail] = summarize(event);
  return { what, detail, license: licenseOf(event) };
}

/** The license that an event is about. */
export function licenseOf(event: AuditEvent): string | null {
  return 'license' in event ? event.license : null;
}

const summaries: { readonly [Type in EventType]: (event: EventOf<Type>) => readonly [what: string, detail: string] } = {
  decision: ({ command, decision, code, use, basis }) => [
    `${command} ${decision}${code === null ? '' : ` ${code}`}`,
    `${useText(use)} (${basis})`,
  ],
  'export-start': ({ use, basis, file }) => [
    'export start',
    `${useText(use)} (${basis})${file === undefined ? '' : `, ${file}`}`,
  ],
  'export-end': ({ start, outcome, bytes }) => [`export ${outcome}`, `of entry ${start}, ${bytes} bytes`],
  'license-issued': ({ licensee }) => ['license issued', `to ${licensee}`],
  'license-approved': ({ approver }) => ['license approved', `by ${approver}`],
  'license-renewed': ({ replaces }) => ['license renewed', `in place of ${replaces}`],
  'trust-changed': ({ version, change }) => ['trust changed', `version ${version}, ${change}`],
  'revocations-changed': ({ version, entries, change }) => [
    `revocations ${change ?? 'changed'}`,
    `version ${version}, ${entries} entries`,
  ],
  'clock-reset': ({ from, to }) => ['clock reset', `from ${from} to ${to}`],
  'state-reset': ({ otherState }) => [
    'state reset',
    otherState ? 'the log begins here, beside older state' : 'the log begins here',
  ],
  checkpoint: ({ size, key }) => ['checkpoint', `of ${size} entries, signed with the key ${key.slice(0, 16)}`],
  recovered: ({ entries }) => ['recovered', `cut off: ${entries.map(({ seq }) => `entry ${seq}`).join(', ')}`],
};

function useText(use: LoggedUse): string {
  const said = Object.entries(use).flatMap(([name, value]) => (value === undefined ? [] : [`${name} ${value}`]));
  return said.length === 0 ? 'no use stated' : said.join(', ');
}
