import type { Node } from './grammar.ts';

/**
 * Numbers that ring nowhere. Where a country's regulator keeps ranges for films and plays, numbers of these; elsewhere numbers under
 * +999, a country code that ITU-T E.164 leaves unassigned. In a pattern `#` is a digit, `(…|…)` one of several.
 */
export function fictitiousPhone(country: string | undefined): Node {
  return { of: (ranges[country ?? ''] ?? nowhere).map(expand) };
}

const nowhere = ['+999 ### ######'];

/** North American Numbering Plan: 555-0100 to 555-0199 in every area (ATIS-0300115). */
const northAmerica = ['+1-(2|3|4|5|6|7|8|9)(0|2|3|4|5|6|7|8)#-555-01##'];

const ranges: Readonly<Record<string, readonly string[]>> = {
  US: northAmerica,
  CA: northAmerica,
  // Ofcom, "Telephone numbers for use in TV and radio drama programmes".
  GB: [
    '+44 20 7946 0###',
    '+44 (113|114|115|116|117|118|121|131|141|151|161) 496 0###',
    '+44 191 498 0###',
    '+44 1632 960###',
    '+44 7700 900###',
  ],
  // ComReg, National Numbering Scheme: 020 91X XXXX.
  IE: ['+353 20 91# ####'],
  // ACMA, "Phone numbers for use in TV shows, films and creative works".
  AU: ['+61 (2|3|7|8) (5550|7010) ####'],
  // Bundesnetzagentur, "Rufnummern für Medienproduktionen".
  DE: ['+49 30 23125###', '+49 40 66969###', '+49 69 90009###', '+49 89 99998###', '+49 221 4710###'],
  // Arcep, decision 2018-0881: numbers for audiovisual works.
  FR: [
    '+33 1 99 00 ## ##',
    '+33 2 61 91 ## ##',
    '+33 3 53 01 ## ##',
    '+33 4 65 71 ## ##',
    '+33 5 36 49 ## ##',
    '+33 6 39 98 ## ##',
  ],
  // PTS, "Telefonnummer för användning i böcker och filmer".
  SE: ['+46 8 465004##', '+46 31 39006##', '+46 40 62804##', '+46 980 3192##'],
};

function expand(pattern: string): Node {
  const parts = pattern.match(/#+|\([^)]*\)|[^#(]+/g)!;
  return {
    seq: parts.map((part): Node => {
      if (part[0] === '#') return { chars: '0123456789', count: part.length };
      return part[0] === '(' ? { of: part.slice(1, -1).split('|') } : part;
    }),
  };
}
