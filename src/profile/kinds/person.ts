import { type Dictionary, folded } from '../dictionary.ts';
import type { FieldKind } from './definition.ts';

export const personKinds: readonly FieldKind[] = [
  {
    name: 'first name',
    group: 'direct',
    names: [
      'first name',
      'given name',
      'forename',
      'fname',
      'vorname',
      'vornamen',
      'rufname',
      'prenom',
      'prenoms',
      'nombre de pila',
      'middle name',
      'primer nombre',
      'nickname',
    ],
    matches: (text, { first }) => isNameLike(text) && partsOf(text).length <= 3 && first.has(partsOf(text)[0] ?? ''),
    named: 0.15,
    fake: 'person.firstName',
  },
  {
    name: 'last name',
    group: 'direct',
    names: [
      'last name',
      'surname',
      'family name',
      'lname',
      'nachname',
      'familienname',
      'zuname',
      'geburtsname',
      'maiden name',
      'nom de famille',
      'nom',
      'apellido',
      'apellidos',
      'primer apellido',
      'segundo apellido',
    ],
    matches: (text, { last }) => isNameLike(text) && partsOf(text).length <= 3 && last.has(partsOf(text).at(-1) ?? ''),
    named: 0.15,
    fake: 'person.lastName',
  },
  // One word each: of two, the other may be a thing's.
  {
    name: 'first name',
    group: 'direct',
    names: [],
    fits: ({ distinct }) => distinct.count >= leastDistinct,
    matches: (text, { first }) => isWord(text) && first.has(folded(text)),
    alone: 0.7,
    fake: 'person.firstName',
  },
  {
    name: 'last name',
    group: 'direct',
    names: [],
    fits: ({ distinct }) => distinct.count >= leastDistinct,
    matches: (text, { last }) => isWord(text) && last.has(folded(text)),
    alone: 0.7,
    fake: 'person.lastName',
  },
  {
    name: 'full name',
    group: 'direct',
    names: [
      'name',
      'full name',
      'display name',
      'patient name',
      'customer name',
      'contact',
      'contact name',
      'account holder',
      'cardholder',
      'card holder',
      'holder',
      'vollstandiger name',
      'kontoinhaber',
      'karteninhaber',
      'ansprechpartner',
      'patientenname',
      'kundenname',
      'nom complet',
      'nombre',
      'nombre completo',
      'titulaire',
      'titular',
      'author',
      'recipient',
      'sender',
      'empfanger',
      'physician',
      'doctor',
      'arzt',
      'medecin',
      'medico',
      'employee',
      'mother',
      'father',
      'spouse',
      'guardian',
      'next of kin',
    ],
    matches: isFullName,
    alone: 0.6,
    named: 0.2,
    fake: 'person.fullName',
  },
  {
    name: 'user name',
    group: 'direct',
    names: [
      'username',
      'user name',
      'login',
      'login name',
      'benutzername',
      'nom utilisateur',
      'usuario',
      'screen name',
      'handle',
      'twitter',
      'skype',
      'account name',
    ],
    fits: ({ form }) => form === 'string',
    fake: 'internet.username',
  },
  {
    name: 'sex',
    group: 'trait',
    names: ['sex', 'gender', 'geschlecht', 'sexe', 'genre', 'sexo', 'genero'],
    fits: ({ distinct }) => distinct.count <= 12,
    matches: (text) =>
      /^(?:m|f|w|h|d|x|u|o|male|female|man|woman|mannlich|weiblich|divers|homme|femme|masculin|feminin|hombre|mujer|masculino|femenino|other|unknown|nonbinary|non-binary|[0-39])$/i.test(
        folded(text),
      ),
    named: 0.5,
  },
  {
    name: 'marital status',
    group: 'trait',
    names: ['marital status', 'civil status', 'familienstand', 'etat civil', 'situation familiale', 'estado civil'],
    fits: ({ distinct }) => distinct.count <= 20,
  },
  {
    name: 'nationality',
    group: 'trait',
    names: ['nationality', 'citizenship', 'staatsangehorigkeit', 'nationalitat', 'nationalite', 'nacionalidad'],
    fits: ({ distinct }) => distinct.count <= 60,
  },
  {
    name: 'age',
    group: 'age',
    names: ['age', 'age years', 'alter', 'lebensalter', 'age at admission', 'edad', 'age ans'],
    fits: ({ form, range }) => form === 'integer' && range![0] >= 0 && range![1] <= 125,
  },
  {
    name: 'special category',
    group: 'sensitive',
    names: [
      'race',
      'ethnicity',
      'ethnic',
      'ethnic group',
      'religion',
      'konfession',
      'confession',
      'ethnie',
      'etnia',
      'raza',
      'political',
      'party',
      'union',
      'gewerkschaft',
      'sexual orientation',
      'orientation',
      'disability',
      'behinderung',
      'handicap',
    ],
    fits: ({ distinct }) => distinct.count <= 60,
  },
];

const particles = new Set([
  'de',
  'del',
  'della',
  'der',
  'den',
  'di',
  'da',
  'dos',
  'la',
  'le',
  'van',
  'von',
  'zu',
  'bin',
  'ibn',
  'al',
  'el',
  'y',
  'du',
]);
const titles =
  /^(?:dr|prof|mr|mrs|ms|miss|herr|frau|mme|mlle|m|sr|sra|sta|sig|dott|don|dona|ing|dipl|med|phd|md|mba|jr|i|ii|iii|iv|v|dds|dvm)\.?$/;

/** Of fewer different words, too many may be names by chance: months, colours. */
const leastDistinct = 12;

function isWord(text: string): boolean {
  return /^\p{Lu}[\p{L}\p{M}'’-]+$/u.test(text);
}

function isNameLike(text: string): boolean {
  return text.length <= 60 && !/[\d@_/\\#&]/.test(text) && /^\p{L}/u.test(text);
}

/** Words of a name in their order, titles and particles left out; what stands before a comma goes last. */
function partsOf(text: string): string[] {
  const [before, after] = text.split(',', 2);
  const ordered = after === undefined || after.trim() === '' ? text : `${after} ${before}`;
  return folded(ordered)
    .split(/[\s,]+/)
    .filter((part) => part !== '' && !particles.has(part) && !titles.test(part))
    .map((part) => part.replace(/\.$/, ''));
}

/** A first name and a surname, both in the lists, in either order. */
function isFullName(text: string, { first, last }: Dictionary): boolean {
  if (!isNameLike(text)) return false;
  const parts = partsOf(text);
  if (parts.length < 2 || parts.length > 5) return false;
  const [given] = parts as [string];
  const family = parts.at(-1)!;
  const isIn = (list: ReadonlySet<string>, part: string) =>
    list.has(part) || part.split('-').some((half) => list.has(half));
  // In Hungary and elsewhere the surname comes first.
  return (isIn(first, given) && isIn(last, family)) || (isIn(last, given) && isIn(first, family));
}
