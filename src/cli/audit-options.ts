import { fail } from '../base/diagnostic.ts';
import { parseDay, parseInstant } from '../base/time.ts';
import { type Invocation, type OptionDefinition, optionText } from './definition.ts';

/** Options that the commands about the audit log share. */
export const stateOption: OptionDefinition = {
  flags: '--state <dir>',
  summary: 'the state directory; default: anon in the XDG state directory',
};
export const sinceOption: OptionDefinition = {
  flags: '--since <time>',
  summary: 'only from then on: a UTC day, 2026-12-01, or a time, 2026-12-01T12:00:00Z',
};

/** Milliseconds since 1970-01-01T00:00:00Z. */
export function sinceOf(invocation: Invocation): number | undefined {
  const text = optionText(invocation, 'since');
  if (text === undefined) return undefined;
  const since = parseDay(text) ?? parseInstant(text);
  if (since === null)
    throw fail('USAGE', "option '--since <time>' takes a day or a time in UTC", {
      hint: '2026-12-01 or 2026-12-01T12:00:00Z',
    });
  return since;
}
