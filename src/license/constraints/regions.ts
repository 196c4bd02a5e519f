import { defineConstraint } from '../definition.ts';
import { pass, refuse, unstated } from '../outcome.ts';
import { region, regionsWithin, regionTitle, regionWithin } from '../regions.ts';
import { basisOf } from '../use.ts';
import { setOf } from '../values.ts';

export const regions = defineConstraint({
  name: 'regions',
  summary: 'Where the data may be used: countries, and the groups EU and EEA.',
  members: {
    regions: setOf(region)
      .optional()
      .describe('Countries by ISO 3166-1 alpha-2 code, in capitals, and the groups `EU` and `EEA`.'),
  },
  decide: ({ regions }, use, situation) => {
    if (regions === undefined) return [];
    if (use.region === undefined) return [unstated('regions', 'region', '--region')];
    if (!regionWithin(use.region, regions))
      return [refuse('regions', basisOf(situation), `${use.region} is not within ${regions.join(', ')}`)];
    return [pass('regions', basisOf(situation), `${use.region} is within ${regions.join(', ')}`)];
  },
  render: ({ regions }) =>
    regions === undefined ? [] : [`The data may be used only in: ${regions.map(regionTitle).join('; ')}.`],
  explain: ({ regions }) =>
    regions === undefined
      ? []
      : [
          {
            term: 'regions',
            basis: 'asserted',
            means: `The data may be used only in: ${regions.map(regionTitle).join('; ')}.`,
            state: '--region CODE (the country of the use, ISO 3166-1 alpha-2)',
          },
        ],
  narrow: (a, b) => {
    const lists = [a.regions, b.regions].filter((list) => list !== undefined);
    if (lists.length === 0) return { terms: {} };
    const regions = regionsWithin(lists);
    if (regions.length === 0) return { conflict: 'regions', detail: 'they have no country in common' };
    return { terms: { regions } };
  },
});
