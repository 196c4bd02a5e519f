import { recognizes } from '../../detect/definition.ts';
import { email } from '../../detect/email.ts';
import { ip } from '../../detect/ip.ts';
import { phone } from '../../detect/phone.ts';
import { url } from '../../detect/url.ts';
import { foldedWords } from '../field-name.ts';
import { namesIn } from '../words/index.ts';
import type { FieldKind } from './definition.ts';

const anywhere = { countries: undefined };
/** Countries whose numbers are recognized as they are dialled there. */
const dialled = { countries: ['US', 'GB', 'DE', 'FR', 'ES', 'IT', 'NL', 'CH', 'AT', 'SE', 'IN', 'AU'] as const };

/** By the recognizers of `redact-text`, for whole values. */
export const contactKinds: readonly FieldKind[] = [
  {
    name: 'email',
    group: 'direct',
    names: [
      ...namesIn('email'),
      ...email.names.map(foldedWords),
      'emails',
      'mails',
      'mailadresse',
      'e mail adresse',
      'adresse mail',
      'correo electronico',
    ],
    matches: (text) => recognizes(email, text, anywhere),
    alone: 0.7,
    named: 0.3,
    fake: 'internet.email',
  },
  {
    name: 'url',
    group: 'direct',
    names: [...namesIn('url'), ...url.names.map(foldedWords), 'site web', 'pagina web', 'href', 'referrer', 'referer'],
    matches: (text) => recognizes(url, text, anywhere),
    alone: 0.8,
    fake: 'internet.url',
  },
  {
    name: 'ip',
    group: 'direct',
    names: [...ip.names.map(foldedWords), 'ip adresse', 'adresse ip', 'direccion ip', 'remote ip', 'src ip', 'dst ip'],
    matches: (text) => recognizes(ip, text, anywhere),
    alone: 0.9,
    fake: 'internet.ipv4',
  },
  {
    name: 'phone',
    group: 'direct',
    names: [
      ...namesIn('phone'),
      ...phone.names.map(foldedWords),
      'phones',
      'telefonnummer',
      'telefonnr',
      'rufnummer',
      'mobilnummer',
      'handynummer',
      'faxnummer',
      'mobil',
      'portable',
      'numero de telephone',
      'movil',
      'celular',
      'gsm',
    ],
    // Film and test numbers are valid nowhere: under such a name, the form is enough.
    matches: (text) =>
      /^\+?[\d\s()./-]{6,24}(?:\s*(?:x|ext\.?)\s*\d+)?$/i.test(text) && text.replace(/\D/g, '').length >= 6,
    named: 0.6,
  },
  {
    // Digits alone are a telephone number under its name only: any number of ten digits may be one.
    name: 'phone',
    group: 'direct',
    names: [],
    matches: (text) =>
      /[\s().+-]/.test(text.trim()) &&
      !decimal.test(text) &&
      !isShortOrBook(text) &&
      recognizes(phone, text.replace(/\s*(?:x|ext\.?)\s*\d+$/i, ''), dialled),
    alone: 0.6,
  },
];

/** Of fewer digits, too much else is written in groups: postal codes such as `88639-487`. ISO 2108: ISBN of 13 digits begin with 978 or 979. */
function isShortOrBook(text: string): boolean {
  const compact = text.replace(/\D/g, '');
  return (compact.length < 9 && !text.includes('+')) || /^97[89]\d{10}$/.test(compact);
}

/** An amount or a measurement, whose digits are as many as those of a telephone number. */
const decimal = /^\s*[+-]?\d+\.\d+\s*$/;
