import { fail } from '../../base/diagnostic.ts';
import { defineCommand, isSet, optionText } from '../definition.ts';
import { asciiJson } from '../json.ts';

export const keysGenerateCommand = defineCommand({
  name: 'keys generate',
  summary: 'Make a key: for signing, or for pseudonyms.',
  arguments: [{ name: 'file', summary: 'where the key goes; the public part goes beside it, as .pub' }],
  options: [
    {
      flags: '--type <type>',
      summary: 'signing (default; Ed25519, PKCS#8) or pseudonym (32 random bytes)',
      choices: ['signing', 'pseudonym'],
    },
    { flags: '--passphrase-file <file>', summary: 'encrypt the private key with the first line of a file' },
    { flags: '--plain', summary: 'do not encrypt the private key: its file permissions alone protect it' },
    { flags: '--json', summary: 'print the outcome as JSON' },
  ],
  examples: [
    { command: 'anon keys generate issuer.key', does: 'asks for a passphrase; writes issuer.key and issuer.pub' },
    { command: 'anon keys generate --type pseudonym pseudonym.key', does: 'writes a key for tokens' },
  ],
  async run(invocation, terminal) {
    const type = optionText(invocation, 'type') === 'pseudonym' ? 'pseudonym' : 'signing';
    const passphraseFile = optionText(invocation, 'passphraseFile');
    const plain = isSet(invocation, 'plain');
    if (passphraseFile !== undefined && (plain || type === 'pseudonym')) {
      throw fail(
        'USAGE',
        plain ? '--plain and --passphrase-file exclude each other' : 'a pseudonym key has no passphrase',
      );
    }
    const { generateKey } = await import('../../app/keys.ts');
    const made = await generateKey({ path: invocation.arguments.file!, type, passphraseFile, plain }, terminal);
    if (isSet(invocation, 'json')) {
      await terminal.out(asciiJson({ files: made.files, keyId: made.keyId ?? null }));
    } else {
      terminal.err(`wrote ${made.files.join(' and ')}\n${made.keyId === undefined ? '' : `key id ${made.keyId}\n`}`);
    }
    return 0;
  },
});
