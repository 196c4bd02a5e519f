import type { FieldProfile } from '../field.ts';
import { namesIn } from '../words/index.ts';
import type { FieldKind } from './definition.ts';

const people =
  'patient|patienten|person|personen|customer|client|user|member|subject|participant|employee|staff|student|pupil|kunde|kunden|benutzer|mitarbeiter|mitglied|versicherter|proband|cliente|paciente|usuario|empleado|utilisateur|adherent|visitor|subscriber|account|donor|voter|tenant|guest|driver|citizen|resident|applicant|borrower|cardholder|medical record|health record'.split(
    '|',
  );
/** What a field that names somebody or something is called, behind the word for whom or what. */
export const numbers = [
  'id',
  'uid',
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
    names: [
      ...namesIn('id of a person'),
      'mrn',
      'msisdn hash',
      'personalnr',
      'personalnummer',
      ...people.flatMap((who) => numbers.map((number) => `${who} ${number}`)),
    ],
    fits: isCode,
  },
  {
    name: 'id',
    group: 'key',
    names: [
      ...namesIn('id'),
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

/** One word, and not a fraction. */
function isCode({ form, words, longest }: FieldProfile): boolean {
  return (form === 'integer' || form === 'string') && words <= 1.2 && longest <= 128;
}
