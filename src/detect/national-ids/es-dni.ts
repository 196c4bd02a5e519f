import { modulo } from '../checksums.ts';
import { defineNationalId } from './definition.ts';

export const esDni = defineNationalId({
  name: 'es-dni',
  country: 'ES',
  summary: 'Identity number of Spain: DNI of citizens, NIE of foreigners.',
  source: 'Ministerio del Interior, cálculo del dígito de control del NIF/NIE: letter by the number modulo 23',
  names: ['dni', 'nie', 'nif'],
  examples: {
    found: ['12345678Z', '12345678-Z', 'X1234567L', 'x-1234567-l', 'Z1234567R'],
    not: ['12345678A', '1234567Z', 'X1234567A', 'A1234567L'],
  },
  pattern: String.raw`(?:\d{8}|[XYZ]-?\d{7})-?[A-Z]`,
  accepts: (id) =>
    'TRWAGMYFPDXBNJZSQVHLCKE'[
      modulo(
        id.slice(0, 8).replace(/[XYZ]/, (letter) => String('XYZ'.indexOf(letter))),
        23,
      )
    ] === id[8],
});
