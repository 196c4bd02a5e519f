import { z } from 'zod';
import { defineConstraint, type TermOutcome } from '../definition.ts';
import { pass, refuse, unstated } from '../outcome.ts';
import { basisOf } from '../use.ts';
import { keyId, setOf, text } from '../values.ts';

export const licensee = defineConstraint({
  name: 'licensee',
  summary: 'Who may use the data: one organization, and within it all users or those named.',
  members: {
    licensee: z
      .strictObject({
        id: text.describe('Id of the organization, for example `urn:org:example-university`.'),
        name: text.describe('Name of the organization, as it is shown.'),
        users: setOf(text)
          .optional()
          .describe('Ids of the users who may use the data. Default: all of the organization.'),
        key: keyId
          .optional()
          .describe("Key id of the licensee's key: only a stated use that is signed with it is accepted."),
      })
      .describe('Who may use the data.'),
  },
  decide: ({ licensee }, use, situation) => {
    const basis = basisOf(situation);
    const outcomes: TermOutcome[] = [];
    if (use.organization === undefined) outcomes.push(unstated('licensee', 'organization', '--organization'));
    else if (use.organization !== licensee.id)
      outcomes.push(refuse('licensee', basis, 'the stated organization is not the licensee'));
    else outcomes.push(pass('licensee', basis, `the organization is ${licensee.id}`));

    if (licensee.users !== undefined) {
      const term = 'licensee.users';
      if (use.user === undefined) outcomes.push(unstated(term, 'users', '--user'));
      else if (!licensee.users.includes(use.user))
        outcomes.push(refuse(term, basis, 'the stated user is not one that the license names'));
      else outcomes.push(pass(term, basis, `the user is ${use.user}`));
    }

    if (licensee.key !== undefined) {
      const term = 'licensee.key';
      if (basis === 'verified')
        outcomes.push(pass(term, 'verified', "the stated use is signed with the licensee's key"));
      else
        outcomes.push(
          refuse(
            term,
            'verified',
            "the license takes only a stated use that is signed with the licensee's key: --context",
          ),
        );
    }
    return outcomes;
  },
  render: ({ licensee }) => [
    `The licensee is ${licensee.name} (${licensee.id}).`,
    ...(licensee.users === undefined ? [] : [`Only these users may use the data: ${licensee.users.join(', ')}.`]),
    ...(licensee.key === undefined
      ? []
      : [`The use of the data must be stated in a context signed with the licensee's key ${licensee.key}.`]),
  ],
});
