import { Failure } from '../../base/diagnostic.ts';
import { publicKeyOf, wipeSeed } from '../../crypto/ed25519.ts';
import { keyIdOf } from '../../crypto/keys.ts';
import { readSigningKey } from '../../io/secrets.ts';
import { defineCheck, ok, problemsOf } from './definition.ts';

export const signingKey = defineCheck({
  name: 'signing key',
  summary: 'The key that ANON_SIGNING_KEY names: its permissions, and whether it can be opened.',
  async run({ terminal }) {
    const path = terminal.env.ANON_SIGNING_KEY;
    if (path === undefined || path === '') return [ok('ANON_SIGNING_KEY is not set: commands that sign need --key')];
    try {
      // Nobody is asked for a passphrase.
      const seed = await readSigningKey(path, { ...terminal, askSecret: async () => null });
      const id = keyIdOf(publicKeyOf(seed));
      wipeSeed(seed);
      return [ok(`${path}: key id ${id}`)];
    } catch (error) {
      const asks = error instanceof Failure && error.code === 'KEY-PASSPHRASE' && !terminal.env.ANON_PASSPHRASE_FILE;
      if (asks) return [ok(`${path}: has a passphrase, which will be asked for`)];
      return problemsOf(error);
    }
  },
});
