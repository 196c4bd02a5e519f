import { isIP } from 'node:net';
import { en, Faker } from '@faker-js/faker';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Country } from '../../src/base/countries.ts';
import { type Recognizer, recognizes, recognizesName } from '../../src/detect/definition.ts';
import { recognizers } from '../../src/detect/index.ts';

const anywhere = { countries: undefined };
const from = (...countries: Country[]) => ({ countries });

function of(name: string): Recognizer {
  return recognizers.get(name)!;
}

/** The texts of the matches. */
function found(recognizer: Recognizer, text: string, context: Parameters<Recognizer['find']>[1] = anywhere): string[] {
  return recognizer.find(text, context).map(({ start, end }) => text.slice(start, end));
}

beforeAll(async () => {
  for (const recognizer of recognizers.all) await recognizer.load?.();
});

describe.each(recognizers.all)('$name', (recognizer) => {
  const { examples } = recognizer;

  it('is described', () => {
    expect(recognizer.summary).toMatch(/^[A-Z].*\.$/);
    expect(recognizer.source).not.toBe('');
    for (const name of recognizer.names) expect(recognizesName(recognizer, name), name).toBe(true);
  });

  it.each(examples.found)('recognizes %j, alone and in a sentence', (text) => {
    expect(found(recognizer, text)).toEqual([text]);
    expect(recognizes(recognizer, ` ${text}\n`, anywhere)).toBe(true);
    expect(recognizes(recognizer, `see ${text}`, anywhere)).toBe(false);
    for (const [before, behind] of [
      ['See ', ' there.'],
      ['“', '”'],
      ['(', '), and'],
      ['é 😀 ', ', 😀'],
      ['x: ', '\n'],
      ['', ';'],
    ]) {
      expect(found(recognizer, before + text + behind), before).toEqual([text]);
    }
    expect([...text].some((character) => recognizer.needs.includes(character))).toBe(true);
  });

  it.each(examples.found)('does not recognize %j within a longer word', (text) => {
    for (const longer of [`x${text}`, `${text}é`, `${text}9`, `7${text}`, `é${text}`, `${text}٣`]) {
      expect(found(recognizer, longer)).not.toContain(text);
    }
  });

  it.each(examples.not)('finds nothing in %j', (text) => {
    expect(found(recognizer, text)).toEqual([]);
    expect(found(recognizer, `so ${text} it is`)).toEqual([]);
  });

  it('finds every one of several', () => {
    const several = examples.found.slice(0, 6);
    expect(found(recognizer, several.join(', and '))).toEqual(several);
    expect(found(recognizer, several.join('\n'))).toEqual(several);
  });

  it('finds matches in order and apart from each other, each of which is one by itself', () => {
    const character = fc.constantFrom(...'0123456789012345679 -./:@()+,aeDMIBANwé😀');
    const piece = fc.oneof(
      fc.constantFrom(...examples.found),
      fc.string({ unit: character, maxLength: 24 }),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), fc.constantFrom('', ' ', ', '), (pieces, separator) => {
        const text = pieces.join(separator);
        let last = 0;
        for (const { start, end } of recognizer.find(text, anywhere)) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
          expect(found(recognizer, text.slice(start, end))[0]).toBeDefined();
          last = end;
        }
      }),
      { numRuns: 300 },
    );
  });

  it('takes time that is linear in the text', () => {
    const size = 1 << 18;
    const units = [
      'a',
      '1',
      '1 ',
      '11 ',
      '+1 2',
      '@',
      'a@',
      'a.',
      '1.',
      '1:',
      ':',
      'ab1:',
      'DE89 ',
      'http://',
      'www.a(',
      ')',
      ' ',
    ];
    units.push(
      '1-',
      'jan 1 ',
      'AB1',
      'a\u0301',
      '😀',
      '4111 1111 1111 1112 ',
      '12345678901',
      'x@y.',
      '2024-',
      '(1',
      '1\n',
    );
    for (const unit of units) {
      const text = unit.repeat(size / unit.length);
      for (const whole of [text, `a@${text}`, `http://${text}`]) {
        // A loop over the characters takes half a millisecond, so that this bound leaves each of them some hundred steps and a busy machine;
        // steps that grow with the text would be a quarter of a million. What takes longer may, if it is in proportion.
        const long = timeOf(recognizer, whole);
        if (long < 250) continue;
        const short = timeOf(recognizer, whole.slice(0, size / 4));
        const again = [1, 2, 3].map(() => timeOf(recognizer, whole));
        expect(Math.min(long, ...again), `${whole.slice(0, 20)}…`).toBeLessThan(12 * short);
      }
    }
  }, 120_000);
});

/** Milliseconds. */
function timeOf(recognizer: Recognizer, text: string): number {
  const began = performance.now();
  recognizer.find(text, from('US', 'GB', 'DE'));
  return performance.now() - began;
}

describe('what other programs make up is recognized', () => {
  const faker = new Faker({ locale: en, seed: 7 });
  const many = Array.from({ length: 300 }, (_, i) => i);
  it.each([
    ['iban', () => faker.finance.iban({ formatted: true })],
    ['iban', () => faker.finance.iban()],
    ['card', () => faker.finance.creditCardNumber({ issuer: 'visa' })],
    ['card', () => faker.finance.creditCardNumber({ issuer: 'mastercard' })],
    ['card', () => faker.finance.creditCardNumber({ issuer: 'american_express' })],
    ['email', () => faker.internet.email()],
    ['url', () => faker.internet.url()],
    ['ip', () => faker.internet.ipv4()],
    ['ip', () => faker.internet.ipv6()],
    ['date', () => faker.date.past().toISOString()],
    ['date', () => faker.date.past().toLocaleDateString('en-US')],
    ['date', () => faker.date.past().toLocaleDateString('en-US', { dateStyle: 'long' })],
    ['date', () => faker.date.past().toLocaleDateString('de-DE', { dateStyle: 'long' })],
    ['date', () => faker.date.past().toLocaleDateString('fr-FR', { dateStyle: 'long' })],
    ['date', () => faker.date.past().toLocaleDateString('es-ES', { dateStyle: 'long' })],
    ['date', () => faker.date.past().toLocaleDateString('it-IT', { dateStyle: 'long' })],
    ['date', () => faker.date.past().toLocaleDateString('nl-NL', { dateStyle: 'medium' })],
  ])('%s (%#)', (name, make) => {
    const texts = many.map(make);
    expect(texts.filter((text) => found(of(name), text)[0] !== text)).toEqual([]);
  });
});

describe('what the check digits are for', () => {
  it.each([
    ['iban', 'DE89370400440532013000'],
    ['iban', 'GB29NWBK60161331926819'],
    ['card', '4111111111111111'],
    ['card', '378282246310005'],
  ])('%s: no single wrong digit of %s goes unseen', (name, text) => {
    for (let at = 0; at < text.length; at++) {
      if (!/\d/.test(text[at]!)) continue;
      for (let digit = 0; digit < 10; digit++) {
        const other = text.slice(0, at) + digit + text.slice(at + 1);
        expect(found(of(name), other), other).toEqual(other === text ? [text] : []);
      }
    }
  });
});

describe('addresses', () => {
  it('of the Internet Protocol are those that Node takes for some', () => {
    const group = fc.oneof(fc.stringMatching(/^[0-9a-f]{0,5}$/), fc.constantFrom('', '0', '1', '255', '256', '01'));
    const text = fc
      .tuple(fc.array(group, { maxLength: 9 }), fc.constantFrom(':', ':', '.', '::'))
      .map(([groups, separator]) => groups.join(separator));
    fc.assert(
      fc.property(text, (address) => {
        // Words around colons are left out on purpose, as is `::`.
        fc.pre(/\d/.test(address));
        expect(found(of('ip'), address).includes(address)).toBe(isIP(address) !== 0);
      }),
      { numRuns: 2000 },
    );
  });
  it.each([
    ['connect to 192.0.2.1:8080 now', ['192.0.2.1']],
    ['from 192.0.2.1.', ['192.0.2.1']],
    ['[2001:db8::1]:443', ['2001:db8::1']],
    ['192.0.2.1/24 and 10.0.0.1-10.0.0.9', ['192.0.2.1', '10.0.0.1', '10.0.0.9']],
    ['host 192.0.2.1: down', ['192.0.2.1']],
  ])('stand in %j', (text, addresses) => {
    expect(found(of('ip'), text)).toEqual(addresses);
  });
  it.each([
    ['Mail: ada@example.org.', ['ada@example.org']],
    ['<ada@example.org>;bob@example.org', ['ada@example.org', 'bob@example.org']],
    ["'ada@example.org'", ['ada@example.org']],
    ['mailto:ada@example.org?subject=x', ['ada@example.org']],
    ['ada@example.org@example.com', ['ada@example.org']],
    [`${'a'.repeat(65)}@example.org`, []],
    ['ada@example.org_x', ['ada@example.org']],
  ])('of mail stand in %j', (text, addresses) => {
    expect(found(of('email'), text)).toEqual(addresses);
  });
  it.each([
    ['(see https://example.org/a_(b)).', ['https://example.org/a_(b)']],
    ['<a href="http://example.org/?q=1&r=2">', ['http://example.org/?q=1&r=2']],
    ['https://example.org/a, http://example.org!', ['https://example.org/a', 'http://example.org']],
  ])('of the web stand in %j', (text, addresses) => {
    expect(found(of('url'), text)).toEqual(addresses);
  });
});

describe('numbers beside numbers', () => {
  it.each([
    ['card', '4111 1111 1111 1111 12/28 123', ['4111 1111 1111 1111']],
    ['card', '12 4111111111111111 7', ['4111111111111111']],
    ['card', '4111111111111111,4012888888881881', ['4111111111111111', '4012888888881881']],
    [
      'iban',
      'to DE89 3704 0044 0532 0130 00 and GB29NWBK60161331926819.',
      ['DE89 3704 0044 0532 0130 00', 'GB29NWBK60161331926819'],
    ],
    ['iban', 'IBAN DE89 3704 0044 0532 0130 00 COBADEFFXXX', ['DE89 3704 0044 0532 0130 00']],
    ['phone', 'call 213-373-4253 10 times', ['213-373-4253']],
    ['phone', '(213) 373-4253, (213) 373-4254', ['(213) 373-4253', '(213) 373-4254']],
    ['phone', '+1 213 373 4253 +44 20 7946 0958', ['+1 213 373 4253', '+44 20 7946 0958']],
    ['date', 'from 2024-01-02 to 03.04.2024', ['2024-01-02', '03.04.2024']],
    ['date', 'seen 12 March 2024, again Mar. 14', ['12 March 2024', 'Mar. 14']],
  ])('%s in %j', (name, text, texts) => {
    expect(found(of(name), text)).toEqual(texts);
  });
});

describe('countries', () => {
  it('decide which telephone numbers are read', () => {
    const phone = of('phone');
    expect(found(phone, '020 7946 0958', from('GB'))).toEqual(['020 7946 0958']);
    expect(found(phone, '020 7946 0958', from('US'))).toEqual([]);
    expect(found(phone, '030 901820', from('US', 'DE'))).toEqual(['030 901820']);
    expect(found(phone, '0044 20 7946 0958', from('DE'))).toEqual(['0044 20 7946 0958']);
    expect(found(phone, '011 44 20 7946 0958', from('US'))).toEqual(['011 44 20 7946 0958']);
    expect(found(phone, '+44 20 7946 0958, 213-373-4253', from('GB'))).toEqual(['+44 20 7946 0958']);
    // A territory without a numbering plan of its own.
    expect(found(phone, '213-373-4253', from('AQ'))).toEqual([]);
  });
  it('decide which national identifiers are read', () => {
    expect(found(of('national-id'), '123-45-6789 943 476 5919', from('US'))).toEqual(['123-45-6789']);
    expect(found(of('national-id'), '123-45-6789 943 476 5919', from('GB'))).toEqual(['943 476 5919']);
    expect(found(of('national-id'), '123-45-6789', from())).toEqual([]);
  });
});

describe('names of fields', () => {
  it.each([
    [
      'email',
      ['email', 'Home_Email', 'emailAddress', '$.contact.email', 'E-Mail', 'mail_address'],
      ['emailed', 'mailing_list'],
    ],
    ['phone', ['phone', 'homePhone', 'tel.', 'Phone Number', 'FAX', 'téléphone'], ['phoneme', 'hotel', 'microphone']],
    ['ip', ['ip', 'client_ip', 'IPv4'], ['zip', 'tip', 'ship_date']],
    ['national-id', ['ssn', 'patient_ssn', 'BSN', 'codice fiscale', 'National-ID'], ['session', 'assn']],
    ['date', ['dob', 'birth_date', 'birthDate', 'date_of_birth', 'admission_date'], ['update', 'mandate']],
  ])('%s', (name, yes, no) => {
    const says = (field: string) => recognizesName(of(name), field);
    expect(yes.filter((field) => !says(field))).toEqual([]);
    expect(no.filter(says)).toEqual([]);
  });
});
