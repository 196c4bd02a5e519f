import type { Recognizer } from './definition.ts';
import { matchesOf, wordCharacter } from './scan.ts';

export const ip: Recognizer = {
  name: 'ip',
  summary: 'Addresses of the Internet Protocol, versions 4 and 6.',
  source: 'RFC 3986 §3.2.2 (IPv4address), RFC 4291 §2.2',
  needs: '.:',
  names: ['ip', 'ip address', 'ipv4', 'ipv6', 'remote addr', 'client ip'],
  examples: {
    found: [
      '192.0.2.1',
      '255.255.255.255',
      '2001:db8::1',
      '::1',
      'fe80::1:2',
      '2001:DB8:0:0:8:800:200C:417A',
      '::ffff:192.0.2.128',
    ],
    not: [
      '256.1.1.1',
      '1.2.3',
      '1.2.3.4.5',
      '01.2.3.4',
      '10:20:30',
      '00:1b:44:11:3a:b7',
      'std::find',
      'a::b',
      '1:2:3:4:5:6:7:8:9',
      '::',
      '2001:db8:::1',
    ],
  },
  find(text) {
    return matchesOf(text, candidate, (found, at) => {
      const end = at + found.length;
      // Longer than any address: what begins here goes on.
      if (found.length > longest) return 0;
      const whole = found.replace(/[.:]+$/, (ending) => (ending === '::' ? ending : ''));
      if (isVersion4(whole) || isVersion6(whole)) return whole.length;
      // A port or a sentence's colon.
      const address = /^[\d.]+(?=:\d{1,5}$)/.exec(whole)?.[0];
      return address !== undefined && isVersion4(address) && end > at ? address.length : 0;
    });
  },
};

const longest = 46;
const candidate = new RegExp(
  `(?=[\\da-f:]{1,4}[.:])(?<!${wordCharacter}|[.:])[\\da-f.:]{3,47}(?!${wordCharacter})`,
  'giu',
);

function isVersion4(text: string): boolean {
  return /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/.test(text);
}

/** Eight groups, or fewer around one `::`; the last two may be written as version 4. */
function isVersion6(text: string): boolean {
  // Words of the letters a to f around two colons are no address.
  if (!/\d/.test(text) || !text.includes(':')) return false;
  const halves = text.split('::');
  if (halves.length > 2) return false;
  let groups = 0;
  for (const [h, half] of halves.entries()) {
    if (half === '') continue;
    const parts = half.split(':');
    for (const [p, part] of parts.entries()) {
      const isLast = h === halves.length - 1 && p === parts.length - 1;
      if (/^[\da-f]{1,4}$/i.test(part)) groups++;
      else if (isLast && isVersion4(part)) groups += 2;
      else return false;
    }
  }
  return halves.length === 2 ? groups < 8 : groups === 8;
}
