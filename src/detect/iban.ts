import { modulo } from './checksums.ts';
import type { Recognizer } from './definition.ts';
import { digits, isNumberEnd, matchesOf, wordCharacter } from './scan.ts';

export const iban: Recognizer = {
  name: 'iban',
  summary: 'International bank account numbers of the length that their country has, with the right check digits.',
  source: "ISO 13616; lengths from the SWIFT IBAN registry, and Iran's, check digits by ISO/IEC 7064 MOD 97-10",
  needs: digits,
  names: ['iban', 'bank account', 'account number', 'bankverbindung', 'kontonummer'],
  examples: {
    found: [
      'DE89 3704 0044 0532 0130 00',
      'GB29NWBK60161331926819',
      'NO9386011117947',
      'FR14 2004 1010 0505 0001 3M02 606',
      'mt84malt011000012345mtlcast001s',
    ],
    not: [
      'DE88 3704 0044 0532 0130 00',
      'DE89 3704 0044 0532 0130 0',
      'XX89 3704 0044 0532 0130 00',
      'DE89370400440532013000X',
      'ADE89370400440532013000',
    ],
  },
  find(text) {
    return matchesOf(text, candidate, (found, at) => {
      const size = lengths.get(found.slice(0, 2).toUpperCase());
      if (size === undefined) return 0;
      let compact = '';
      let taken = 0;
      for (; taken < found.length && compact.length < size; taken++) if (found[taken] !== ' ') compact += found[taken];
      if (compact.length < size || !isNumberEnd(text, at + taken)) return 0;
      return isValid(compact.toUpperCase()) ? taken : 0;
    });
  },
};

const candidate = new RegExp(`(?<!${wordCharacter})[A-Z]{2}\\d{2}(?: ?[A-Z\\d]){11,31}`, 'giu');

/** The first four characters go to the end, letters are 10 to 35, and the number leaves 1 modulo 97. */
function isValid(compact: string): boolean {
  const turned = compact.slice(4) + compact.slice(0, 4);
  return (
    modulo(
      turned.replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55)),
      97,
    ) === 1
  );
}

const lengths = new Map(
  (
    'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 ' +
    'FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IR26 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 ' +
    'MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 ' +
    'SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30'
  )
    .split(' ')
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);
