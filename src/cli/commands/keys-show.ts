import { defineCommand, isSet, optionText } from '../definition.ts';
import { asciiJson } from '../json.ts';

export const keysShowCommand = defineCommand({
  name: 'keys show',
  summary: 'Show the id and the public part of a key.',
  arguments: [{ name: 'file', summary: 'a public or private key file' }],
  options: [
    { flags: '--passphrase-file <file>', summary: "read the key's passphrase from a file" },
    { flags: '--json', summary: 'print as JSON' },
  ],
  examples: [{ command: 'anon keys show issuer.pub', does: 'prints the key id, to compare over another channel' }],
  async run(invocation, terminal) {
    const { showKey } = await import('../../app/keys.ts');
    const key = await showKey(invocation.arguments.file!, optionText(invocation, 'passphraseFile'), terminal);
    if (isSet(invocation, 'json')) await terminal.out(asciiJson(key));
    else {
      const kind = key.encrypted ? `${key.kind}, with a passphrase` : key.kind;
      await terminal.out(`Ed25519 key, ${kind}\nkey id ${key.keyId}\n${key.pem}`);
    }
    return 0;
  },
});
