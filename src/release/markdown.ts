/**
 * Text from outside as it may stand within a line of Markdown: nothing in it can begin a heading, list, link, image, tag or code, end the
 * line, steer a terminal or turn the reading direction. Characters without a shape of their own become `<U+202E>`.
 */
export function escapeMarkdown(text: string): string {
  return (
    visible(text)
      // CommonMark §2.4: a backslash in front of ASCII punctuation makes it literal. §6.2: `_` within a word means nothing.
      .replace(/[\\`*[\]<>&|~#!$]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, '\\$&')
      // GitHub Flavored Markdown §6.9 makes links of bare addresses.
      .replace(/:(?=\/\/)|(?<=www)\./gi, '\\$&')
  );
}

/** Text from outside as it may stand in a terminal: as above, without what only Markdown gives a meaning. */
export function visible(text: string): string {
  return text.replace(shapeless, (c) => `<U+${c.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}>`);
}

/**
 * Controls, spaces other than the common one, joiners, direction marks, fillers, variation selectors, tags, lone surrogates. Written out,
 * as Unicode's own classes grow and a rendering must come out the same for ever.
 */
const shapeless = new RegExp(
  `[${[
    '\\0-\\x1f\\x7f-\\xa0\\xad\\u034f\\u061c\\u115f\\u1160\\u1680\\u17b4\\u17b5\\u180b-\\u180f\\u2000-\\u200f\\u2028-\\u202f',
    '\\u205f-\\u206f\\u2800\\u3000\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0\\ufff0-\\uffff',
    '\\ud800-\\udfff\\u{1bca0}-\\u{1bca3}\\u{1d173}-\\u{1d17a}\\u{e0000}-\\u{e0fff}',
  ].join('')}]`,
  'gu',
);
