import { actionNames, actions } from '../actions.ts';
import { defineConstraint, type TermOutcome } from '../definition.ts';
import { pass, refuse } from '../outcome.ts';
import { basisOf } from '../use.ts';
import { setOf, word } from '../values.ts';

const actionSet = setOf(word('action', actionNames));
const permitted = 'What may be done with the data. What is not permitted is refused.';
const prohibitions = actionSet.optional().describe('What must not be done with the data, even where it is permitted.');

export const action = defineConstraint({
  name: 'action',
  summary: 'What may and what must not be done with the data. A prohibition beats a permission.',
  members: { permissions: actionSet.describe(permitted), prohibitions },
  options: { permissions: actionSet.default(['use']).describe(permitted), prohibitions },
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
});
