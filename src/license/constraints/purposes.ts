import { defineConstraint } from '../definition.ts';
import { stateWith } from '../explain-flag.ts';
import { pass, refuse, unstated } from '../outcome.ts';
import { purpose, purposesWithin, purposeWithin } from '../purposes.ts';
import { basisOf } from '../use.ts';
import { setOf } from '../values.ts';

export const purposes = defineConstraint({
  name: 'purposes',
  summary: 'What the data may be used for: these purposes and narrower ones.',
  members: {
    purposes: setOf(purpose)
      .optional()
      .describe('Purposes by their local names in the W3C Data Privacy Vocabulary; narrower ones are included.'),
  },
  decide: ({ purposes }, use, situation) => {
    if (purposes === undefined) return [];
    const stated = use.purpose;
    if (stated === undefined) return [unstated('purposes', 'purpose', '--purpose')];
    const licensed = purposes.find((purpose) => purposeWithin(stated, purpose));
    if (licensed === undefined)
      return [refuse('purposes', basisOf(situation), `${stated} is not within ${purposes.join(', ')}`)];
    return [
      pass('purposes', basisOf(situation), `${stated} is ${stated === licensed ? 'licensed' : `within ${licensed}`}`),
    ];
  },
  render: ({ purposes }) =>
    purposes === undefined
      ? []
      : [
          `The data may be used only for these purposes of the W3C Data Privacy Vocabulary, and narrower ones: ${purposes.join(', ')}.`,
        ],
  explain: ({ purposes }) =>
    purposes === undefined
      ? []
      : [
          {
            term: 'purposes',
            basis: 'asserted',
            means: `The data may be used only for ${purposes.join(', ')}, and narrower purposes of the W3C Data Privacy Vocabulary.`,
            state: stateWith('--purpose', purposes[0]!),
          },
        ],
  narrow: (a, b) => {
    const lists = [a.purposes, b.purposes].filter((list) => list !== undefined);
    if (lists.length === 0) return { terms: {} };
    const purposes = purposesWithin(lists);
    if (purposes.length === 0) return { conflict: 'purposes', detail: 'they have no purpose in common' };
    return { terms: { purposes } };
  },
});
