import { registry } from '../base/registry.ts';

/** First words of commands of two words, and what `--help` and shells say of them. */
export const groups = registry('command group', [
  { name: 'hierarchy', summary: 'Draft hierarchy files from data, and check them.' },
  { name: 'license', summary: 'Read the license of a bundle, approve it, renew it, or give its data another.' },
  { name: 'context', summary: 'State a use of licensed data, signed by who uses it.' },
  { name: 'keys', summary: 'Make keys that sign or make pseudonyms, and show their ids.' },
  { name: 'audit', summary: 'Read the log of decisions, report from it, check it, and sign checkpoints.' },
  { name: 'trust', summary: 'Say who may issue, approve and revoke, in a signed trust file; adopt and follow one.' },
  { name: 'revocations', summary: 'Show lists of what was taken back, and take them over for later checks.' },
]);
