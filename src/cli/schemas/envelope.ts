import { z } from 'zod';
import { defineDocument } from './definition.ts';

/** Either alphabet of RFC 4648, padded or not. */
const base64 = z.string().regex(/^(?:[A-Za-z0-9+/]*|[A-Za-z0-9_-]*)={0,2}$/);

const signature = z.looseObject({ keyid: z.string().optional(), sig: base64 });

export const envelope = defineDocument({
  name: 'envelope',
  summary: 'The DSSE envelope around a license, trust file, list of revocations or signed context.',
  shape: z.looseObject({
    payloadType: z.string(),
    payload: base64,
    signatures: z.array(signature).min(1).max(16),
  }),
  words: {
    '': 'Beyond this schema: at most 4 MiB; strict JSON; base64 has its padding whole or not at all, and no bits left over.',
    payloadType:
      'What the payload is: `application/vnd.in-toto+json` (license), `application/vnd.anon.trust+json`, `application/vnd.anon.revocations+json` or `application/vnd.anon.context+json`.',
    payload: 'The signed bytes, in base64.',
    signatures: 'One or more; approvals are signatures, too.',
    'signatures[].keyid': 'Hint at the key; a wrong one is as good as none.',
    'signatures[].sig': 'Ed25519 signature of the pre-authentication encoding of type and payload, in base64.',
  },
});
