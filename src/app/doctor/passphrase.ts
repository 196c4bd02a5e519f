import { readPassphrase } from '../../io/secrets.ts';
import { defineCheck, ok } from './definition.ts';

export const passphrase = defineCheck({
  name: 'passphrase',
  summary: 'The file that ANON_PASSPHRASE_FILE names: its permissions, and whether it holds one.',
  async run({ terminal }) {
    const file = terminal.env.ANON_PASSPHRASE_FILE;
    if (file === undefined) return [ok('ANON_PASSPHRASE_FILE is not set: passphrases are asked for')];
    const read = await readPassphrase('', terminal, file);
    read?.fill(0);
    return [ok(`${file}: can be read by its owner alone`)];
  },
});
