/** What a reader sees as one character: extended grapheme clusters (Unicode UAX #29). */
export function charactersOf(text: string): string[] {
  return onlySimple.test(text) ? text.split('') : Array.from(clusters.segment(text), ({ segment }) => segment);
}

/**
 * Latin, Greek, Cyrillic, kana, Han and Hangul, as far as each code point is a cluster by itself beside any other of them:
 * splitting takes a tenth of the time that segmenting does.
 */
const onlySimple =
  /^[\0-\u02ff\u0370-\u0482\u048a-\u052f\u1e00-\u1eff\u2010-\u2027\u3041-\u3096\u30a1-\u30fc\u4e00-\u9fff\uac00-\ud7a3]*$/;
const clusters = new Intl.Segmenter('en', { granularity: 'grapheme' });
