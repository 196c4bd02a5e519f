import { modulo } from '../checksums.ts';
import { defineNationalId } from './definition.ts';

export const frNir = defineNationalId({
  name: 'fr-nir',
  country: 'FR',
  summary: 'Social security number of France (NIR), with its key.',
  source:
    "INSEE, Répertoire national d'identification des personnes physiques: key is 97 less the number modulo 97, 2A as 19 and 2B as 18",
  names: ['nir', 'numero de securite sociale', 'numéro de sécurité sociale', 'securite sociale', 'insee'],
  examples: {
    found: ['2 55 08 14 168 025 38', '255081416802538', '1 84 12 76 451 089 46'],
    not: ['255081416802537', '355081416802538', '2 55 13 14 168 025 38', '25508141680253'],
  },
  pattern: String.raw`[12] ?\d\d ?(?:0[1-9]|1[0-2]|[2-4]\d|[5-9]\d) ?(?:\d\d|2[AB]) ?\d{3} ?\d{3} ?\d\d`,
  accepts: (id) => 97 - modulo(id.slice(0, 13).replace('2A', '19').replace('2B', '18'), 97) === Number(id.slice(13)),
});
