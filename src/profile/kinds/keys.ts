import { type FieldProfile, isUnique } from '../field.ts';
import type { FieldKind } from './definition.ts';

const people =
  'patient|patienten|person|personen|customer|client|user|member|subject|participant|employee|staff|student|pupil|kunde|kunden|benutzer|mitarbeiter|mitglied|versicherter|proband|cliente|paciente|usuario|empleado|utilisateur|adherent|visitor|subscriber|account|donor|voter|tenant|guest|driver|citizen|resident|applicant|borrower|cardholder|medical record|health record'.split(
    '|',
  );
const numbers = [
  'id',
  'no',
  'nr',
  'num',
  'number',
  'nummer',
  'numero',
  'key',
  'code',
  'identifier',
  'kennung',
  'identifiant',
  'identificador',
];

export const keyKinds: readonly FieldKind[] = [
  {
    name: 'id of a person',
    group: 'subject',
    names: ['mrn', 'msisdn hash', ...people.flatMap((who) => numbers.map((number) => `${who} ${number}`))],
    fits: isCode,
  },
  {
    name: 'id',
    group: 'key',
    names: [
      ...numbers.filter((number) => number !== 'code'),
      'ids',
      'record',
      'record id',
      'row id',
      'visit id',
      'encounter id',
      'case id',
      'fallnummer',
      'order number',
      'bestellnummer',
      'auftragsnummer',
      'invoice',
      'rechnungsnummer',
      'transaction id',
      'session',
      'session id',
      'request id',
      'trace id',
      'booking',
      'ticket',
      'belegnummer',
    ],
    fits: isCode,
  },
];

/** One word, not a fraction, and more than a handful of them. */
function isCode(field: FieldProfile): boolean {
  const { form, words, distinct, longest, values } = field;
  if (form !== 'integer' && form !== 'string') return false;
  return words <= 1.2 && longest <= 128 && (distinct.count > 20 || isUnique(field) || values < 20);
}
