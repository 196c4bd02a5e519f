import { z } from 'zod';
import { defineConstraint, type TermOutcome } from '../definition.ts';
import { pass, refuse } from '../outcome.ts';
import { able } from '../use.ts';
import { someOf } from '../values.ts';

const count = z.int().min(1);

/** Counting needs state: whoever says that it can count has counted before anything is released. */
export const limits = defineConstraint({
  name: 'limits',
  summary: 'How often the data may be exported, and by how many users.',
  members: {
    limits: someOf({
      exports: count.optional().describe('How often the data may be exported.'),
      users: count.optional().describe('How many different users may use the data.'),
    })
      .optional()
      .describe('Limits that are counted where the data is exported.'),
  },
  decide: ({ limits }, use, situation) => {
    const outcomes: TermOutcome[] = [];
    if (limits?.exports !== undefined) {
      outcomes.push(
        able(situation, 'canCountExports')
          ? pass('limits.exports', 'verified', `counted against a limit of ${limits.exports}`)
          : refuse(
              'limits.exports',
              'verified',
              'the license limits the exports, which cannot be counted here',
              'QUOTA',
            ),
      );
    }
    if (limits?.users !== undefined) {
      if (!able(situation, 'canCountUsers'))
        outcomes.push(
          refuse('limits.users', 'verified', 'the license limits the users, who cannot be counted here', 'QUOTA'),
        );
      else if (use.user === undefined)
        outcomes.push(
          refuse('limits.users', 'asserted', 'the license counts its users, and none is stated: state it with --user'),
        );
      else outcomes.push(pass('limits.users', 'verified', `counted against a limit of ${limits.users}`));
    }
    return outcomes;
  },
  render: ({ limits }) => [
    ...(limits?.exports === undefined ? [] : [`The data may be exported at most ${times(limits.exports)}.`]),
    ...(limits?.users === undefined
      ? []
      : [`At most ${limits.users === 1 ? 'one user' : `${limits.users} different users`} may use the data.`]),
  ],
  explain: ({ limits }) => [
    ...(limits?.exports === undefined
      ? []
      : [
          {
            term: 'limits.exports',
            basis: 'verified' as const,
            means: `The data may be exported at most ${times(limits.exports)}, counted where it is exported.`,
          },
        ]),
    ...(limits?.users === undefined
      ? []
      : [
          {
            term: 'limits.users',
            basis: 'verified' as const,
            means: `At most ${limits.users === 1 ? 'one user' : `${limits.users} different users`} may use the data, counted where it is exported.`,
            state: '--user ID',
          },
        ]),
  ],
  narrow: ({ limits: a }, { limits: b }) => {
    if (a === undefined && b === undefined) return { terms: {} };
    const exports = least(a?.exports, b?.exports);
    const users = least(a?.users, b?.users);
    return { terms: { limits: { ...(exports && { exports }), ...(users && { users }) } } };
  },
});

function least(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}
