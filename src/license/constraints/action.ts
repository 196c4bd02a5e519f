import { actionNames, actions } from '../actions.ts';
import { defineConstraint, type TermOutcome } from '../definition.ts';
import { stateWith } from '../explain-flag.ts';
import { pass, refuse } from '../outcome.ts';
import { shared, united } from '../sets.ts';
import { basisOf } from '../use.ts';
import { setOf, word } from '../values.ts';

const actionSet = setOf(word('action', actionNames));
const permitted = 'What may be done with the data. What is not permitted is refused.';
const prohibitions = actionSet.optional().describe('What must not be done with the data, even where it is permitted.');

export const action = defineConstraint({
  name: 'action',
  summary: 'What may and what must not be done with the data. A prohibition beats a permission.',
  members: { permissions: actionSet.describe(permitted), prohibitions },
  options: { permissions: actionSet.optional().describe(`${permitted} Default: \`use\`.`), prohibitions },
  decide: ({ permissions, prohibitions }, { action }, situation) => {
    const basis = basisOf(situation);
    const outcomes: TermOutcome[] = [
      permissions.includes(action)
        ? pass('permissions', basis, `${action} is permitted`)
        : refuse('permissions', basis, `${action} is not permitted: the license permits ${permissions.join(', ')}`),
    ];
    if (prohibitions?.includes(action)) outcomes.push(refuse('prohibitions', basis, `${action} is prohibited`));
    else if (prohibitions !== undefined)
      outcomes.push(pass('prohibitions', 'legal', `the licensee must not: ${prohibitions.join(', ')}`));
    return outcomes;
  },
  render: ({ permissions, prohibitions }) => [
    ...permissions
      .filter((name) => !prohibitions?.includes(name))
      .map((name) => `The licensee may ${actions[name]} (${name}).`),
    ...(prohibitions ?? []).map((name) => `The licensee must not ${actions[name]} (${name}).`),
    'What is not permitted here is not allowed.',
  ],
  explain: ({ permissions, prohibitions }) => [
    {
      term: 'permissions',
      basis: 'asserted',
      means: `Only this may be done with the data: ${permissions.join(', ')}; what is not stated with --action is use.`,
      // Nothing has to be stated for `use`.
      ...(permissions.includes('use') ? {} : { state: stateWith('--action', permissions[0]!) }),
    },
    ...(prohibitions === undefined
      ? []
      : [
          {
            term: 'prohibitions',
            basis: 'legal' as const,
            means: `This must not be done with the data, and is refused when it is stated: ${prohibitions.join(', ')}.`,
          },
        ]),
  ],
  narrow: (a, b) => {
    const prohibitions = united(a.prohibitions, b.prohibitions);
    const permissions = shared(a.permissions, b.permissions)?.filter((name) => !prohibitions?.includes(name));
    if (permissions?.length === 0)
      return { conflict: 'permissions', detail: 'they permit nothing in common that is not prohibited' };
    return { terms: { ...(permissions && { permissions }), ...(prohibitions && { prohibitions }) } };
  },
});
