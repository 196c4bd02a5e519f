import { checkTrustTime } from '../../release/trust.ts';
import { adoptedTrust } from '../trust-store.ts';
import { defineCheck, ok } from './definition.ts';
import { openedState } from './opened-state.ts';

export const trust = defineCheck({
  name: 'trust',
  summary: 'The trust that was adopted, and until when it holds.',
  async run({ terminal, state }) {
    const opened = await openedState(state);
    const found = opened === null ? null : await adoptedTrust(opened);
    if (found === null) return [ok('none is adopted: commands that verify need --trust')];
    return [ok(checkTrustTime(found.file.trust, terminal.now()).detail)];
  },
});
