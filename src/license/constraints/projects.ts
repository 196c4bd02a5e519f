import { defineConstraint } from '../definition.ts';
import { stateWith } from '../explain-flag.ts';
import { pass, refuse, unstated } from '../outcome.ts';
import { shared } from '../sets.ts';
import { basisOf } from '../use.ts';
import { setOf, text } from '../values.ts';

export const projects = defineConstraint({
  name: 'projects',
  summary: 'The projects that the data may be used in.',
  members: { projects: setOf(text).optional().describe('Ids of the projects that the data may be used in.') },
  decide: ({ projects }, use, situation) => {
    if (projects === undefined) return [];
    if (use.project === undefined) return [unstated('projects', 'project', '--project')];
    if (!projects.includes(use.project))
      return [refuse('projects', basisOf(situation), 'the stated project is not one that the license names')];
    return [pass('projects', basisOf(situation), `the project is ${use.project}`)];
  },
  render: ({ projects }) =>
    projects === undefined ? [] : [`The data may be used only in these projects: ${projects.join(', ')}.`],
  explain: ({ projects }) =>
    projects === undefined
      ? []
      : [
          {
            term: 'projects',
            basis: 'asserted',
            means: `The data may be used only in these projects: ${projects.join(', ')}.`,
            state: stateWith('--project', projects[0]!),
          },
        ],
  narrow: (a, b) => {
    const projects = shared(a.projects, b.projects);
    if (projects?.length === 0) return { conflict: 'projects', detail: 'they have no project in common' };
    return { terms: projects === undefined ? {} : { projects } };
  },
});
