import { defineConstraint } from '../definition.ts';
import { stateWith } from '../explain-flag.ts';
import { pass, refuse } from '../outcome.ts';
import { united } from '../sets.ts';
import { basisOf } from '../use.ts';
import { setOf, text } from '../values.ts';

export const safeguards = defineConstraint({
  name: 'safeguards',
  summary: 'Safeguards that must all be in place where the data is used.',
  members: {
    safeguards: setOf(text)
      .optional()
      .describe('Safeguards that must all be in place, for example `EncryptionAtRest`; compared letter by letter.'),
  },
  decide: ({ safeguards }, use, situation) => {
    if (safeguards === undefined) return [];
    const missing = safeguards.filter((safeguard) => !use.safeguards.includes(safeguard));
    if (missing.length > 0)
      return [
        refuse(
          'safeguards',
          basisOf(situation),
          `the license asks for safeguards that are not stated: ${missing.join(', ')}: state each with --safeguard`,
        ),
      ];
    return [pass('safeguards', basisOf(situation), `in place: ${safeguards.join(', ')}`)];
  },
  render: ({ safeguards }) =>
    safeguards === undefined ? [] : [`These safeguards must be in place: ${safeguards.join(', ')}.`],
  explain: ({ safeguards }) =>
    safeguards === undefined
      ? []
      : [
          {
            term: 'safeguards',
            basis: 'asserted',
            means: `These safeguards must be in place: ${safeguards.join(', ')}.`,
            state: safeguards.map((safeguard) => stateWith('--safeguard', safeguard)).join(' '),
          },
        ],
  narrow: (a, b) => {
    const safeguards = united(a.safeguards, b.safeguards);
    return { terms: safeguards === undefined ? {} : { safeguards } };
  },
});
