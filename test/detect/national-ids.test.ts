import { describe, expect, it } from 'vitest';
import { nationalId } from '../../src/detect/national-id.ts';
import { nationalIds } from '../../src/detect/national-ids/index.ts';

/** Those whose check digits let no wrong digit pass, whichever it is. */
const strong = [
  'ca-sin',
  'ch-ahv',
  'cn-resident-id',
  'cz-rodne-cislo',
  'de-steuer-id',
  'es-dni',
  'fi-hetu',
  'fr-nir',
  'gb-nhs',
  'hu-taj',
  'ie-pps',
  'in-aadhaar',
  'nl-bsn',
  'no-fodselsnummer',
  'pl-pesel',
  'ro-cnp',
  'ru-snils',
  'sg-nric',
  'tr-tckn',
  'za-id',
];

describe.each(nationalIds.all)('$name', ({ name, country, summary, source, names, examples }) => {
  const found = (text: string) =>
    nationalId.find(text, { countries: [country] }).map(({ start, end }) => text.slice(start, end));

  it('is described', () => {
    expect(name).toMatch(new RegExp(`^${country.toLowerCase()}-`));
    expect(summary).toMatch(/^[A-Z].*\.$/);
    expect(source).not.toBe('');
    expect(names.length).toBeGreaterThan(0);
  });

  it.each(examples.found)('finds %s', (text) => {
    expect(found(text)).toEqual([text]);
    expect(found(`(${text}), ${text}`)).toEqual([text, text]);
    const longer = [`1${text}`, `${text}1`, `a${text}`, `${text}a`];
    if (/^\d/.test(text)) longer.push(`1-${text}`, `1.${text}`);
    if (/\d$/.test(text)) longer.push(`${text}-5`, `${text}.5`);
    for (const word of longer) expect(found(word), word).not.toContain(text);
  });

  it.each(examples.not)('does not find %s', (text) => {
    expect(found(text)).toEqual([]);
  });

  it.runIf(strong.includes(name))('lets no single wrong digit pass', () => {
    for (const text of examples.found) {
      for (let at = 0; at < text.length; at++) {
        if (!/\d/.test(text[at]!)) continue;
        for (let digit = 0; digit < 10; digit++) {
          const other = text.slice(0, at) + digit + text.slice(at + 1);
          if (other !== text) expect(found(other), other).not.toContain(other);
        }
      }
    }
  });
});

describe('the countries', () => {
  it('of strong check digits are listed right', () => {
    expect(strong.filter((name) => nationalIds.get(name) === undefined)).toEqual([]);
  });
});
