import { trustSchema } from '../../release/trust.ts';
import { defineDocument } from './definition.ts';

export const trust = defineDocument({
  name: 'trust',
  summary: 'Whom a recipient believes: the payload of a trust file.',
  shape: trustSchema,
  words: {
    '': 'Beyond this schema: at most 64 keys in all, each once; `expires` is later than `issued`; `thresholds.root` is at most the number of principals in the role root.',
    version: 'One more than that of the file before.',
    issued: 'When it was made; a clock that is more than five minutes behind it is refused.',
    expires: 'When it ends, this instant not included.',
    principals: 'Organizations and people, by their ids.',
    'principals.*.name': 'Name, as it is shown.',
    'principals.*.keys': 'Keys of the principal.',
    'principals.*.keys[].pem': 'Ed25519 public key as SubjectPublicKeyInfo in PEM: one block, and nothing else.',
    'principals.*.keys[].from': 'The key is valid from this instant on.',
    'principals.*.keys[].until': 'The key is valid until this instant, which is not included; later than `from`.',
    'principals.*.roles': 'What its signatures are good for.',
    'principals.*.datasets':
      'Of an issuer: globs, anchored, over the names of data files without `data/`; without it, any.',
    thresholds: 'How many principals must have signed.',
    'thresholds.root': 'This file: so many in the role root, of this version and of the one before.',
    'thresholds.approver': 'Every license: at least so many in the role approver.',
  },
});
