import type { Node } from './grammar.ts';
import { form, hex, hexDigits, type Kinds, range } from './kind.ts';
import type { Locale } from './locales.ts';
import { textsAt } from './words.ts';

/** Names of hosts are reserved ones (RFC 2606), addresses those of documents: nothing made up here leads to anybody. */
export const internetKinds: Kinds = {
  'internet.domainName': {
    grammar: (locale, token) => host(locale, token('-')),
    unique: 'token',
  },
  'internet.url': {
    grammar: (locale, token) => ({ seq: ['https://', host(locale, token('-')), '/'] }),
    unique: 'token',
  },
  // RFC 5737: TEST-NET-1 to TEST-NET-3.
  'internet.ipv4': form({ seq: [{ of: ['192.0.2.', '198.51.100.', '203.0.113.'] }, range(1, 254)] }),
  // RFC 3849. No group begins with a zero, so that the text is the canonical one (RFC 5952 §4).
  'internet.ipv6': form(
    { seq: ['2001:db8', ...Array<Node>(6).fill({ seq: [':', { chars: hexDigits.slice(1), count: 1 }, hex(3)] })] },
    { unique: Math.floor(6 * Math.log2(15 * 16 ** 3)) },
  ),
  // RFC 9542 §2.1.1: addresses for documents.
  'internet.mac': form({ seq: ['00:00:5e:00:53:', hex(2)] }),
};

/** Two English words under the top-level domain `example` (RFC 2606 §2): host names are ASCII. */
function host({ english }: Locale, token: Node): Node {
  const [first, second] = ['word.adjective', 'word.noun'].map((path) => ({
    of: textsAt(english, path).filter((word) => /^[a-z]+$/.test(word)),
  }));
  return { seq: [first!, '-', second!, token, '.example'] };
}
