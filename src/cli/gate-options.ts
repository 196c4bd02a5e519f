import type { GateRequest } from '../app/gate.ts';
import { type Invocation, type OptionDefinition, optionText } from './definition.ts';

/** Whom to trust and what to remember: of all commands that decide about a bundle. */
export const gateOptions: readonly OptionDefinition[] = [
  {
    flags: '--trust <file>',
    summary: "the issuer's public key, or a trust file; default: the one that was adopted",
  },
  { flags: '--revocations <file>', summary: 'the list of revocations; default: the latest that was seen' },
  { flags: '--max-age <duration>', summary: 'how old that list may be, for example P1D; with it, one is needed' },
  { flags: '--state <dir>', summary: 'what runs remember; default: $XDG_STATE_HOME/anon or ~/.local/state/anon' },
];

export function gateFlags(invocation: Invocation): Pick<GateRequest, 'trust' | 'revocations' | 'maxAge' | 'state'> {
  return {
    trust: optionText(invocation, 'trust'),
    revocations: optionText(invocation, 'revocations'),
    maxAge: optionText(invocation, 'maxAge'),
    state: optionText(invocation, 'state'),
  };
}
