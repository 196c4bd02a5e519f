import { z } from 'zod';
import { defineConstraint, type TermOutcome } from '../definition.ts';
import { stateWith } from '../explain-flag.ts';
import { pass, refuse, unstated } from '../outcome.ts';
import { shared } from '../sets.ts';
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
      outcomes.push(refuse('licensee', basis, `the stated organization is not the licensee, ${licensee.id}`));
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
  explain: ({ licensee }) => {
    // A signed statement is proved as a whole.
    const basis = licensee.key === undefined ? 'asserted' : 'verified';
    return [
      {
        term: 'licensee',
        basis,
        means: `Only ${licensee.name} may use the data.`,
        state: stateWith('--organization', licensee.id),
      },
      ...(licensee.users === undefined
        ? []
        : [
            {
              term: 'licensee.users',
              basis,
              means: `Only these users may use the data: ${licensee.users.join(', ')}.`,
              state: stateWith('--user', licensee.users[0]!),
            } as const,
          ]),
      ...(licensee.key === undefined
        ? []
        : [
            {
              term: 'licensee.key',
              basis,
              means: `The use must be stated in a context that is signed with the licensee's key ${licensee.key}.`,
              state: '--context FILE (made with `anon context sign`)',
            } as const,
          ]),
    ];
  },
  narrow: ({ licensee: a }, { licensee: b }) => {
    if (a === undefined && b === undefined) return { terms: {} };
    if (a !== undefined && b !== undefined && a.id !== b.id)
      return { conflict: 'licensee.id', detail: 'they are for different licensees' };
    if (a?.key !== undefined && b?.key !== undefined && a.key !== b.key)
      return { conflict: 'licensee.key', detail: 'they ask for different keys of the licensee' };
    const users = shared(a?.users, b?.users);
    if (users?.length === 0) return { conflict: 'licensee.users', detail: 'they have no user in common' };
    const { id, name } = (b ?? a)!;
    const key = a?.key ?? b?.key;
    return { terms: { licensee: { id, name, ...(users && { users }), ...(key && { key }) } } };
  },
});
