import { checkFresh } from '../../release/revocations.ts';
import { seenRevocations } from '../revocation-store.ts';
import { adoptedTrust } from '../trust-store.ts';
import { defineCheck, ok } from './definition.ts';
import { openedState } from './opened-state.ts';

export const revocations = defineCheck({
  name: 'revocations',
  summary: 'The latest list of revocations that was seen, and whether it has ended.',
  async run({ terminal, state }) {
    const opened = await openedState(state);
    const found = opened === null ? null : await adoptedTrust(opened);
    if (opened === null || found === null) return [ok('none is kept, as no trust is adopted')];
    const list = await seenRevocations(opened, found.chain, found.file.trust);
    if (list === undefined) return [ok('none was seen yet')];
    checkFresh(list, terminal.now(), Number.POSITIVE_INFINITY);
    const { version, issued, expires } = list.content;
    return [ok(`version ${version} of ${issued}, until ${expires}`)];
  },
});
