import { smallestClass } from '../lint/released.ts';
import { defineStandard } from './definition.ts';

const source = 'CMS cell size suppression policy: no cell of 1 to 10, and none that lets one be derived';
/** Individuals of the smallest cell that may be shown. */
const smallestCell = 11;

export const cmsCellSuppression = defineStandard({
  name: 'cms-cell-suppression',
  summary: 'CMS cell suppression: no cell of 1 to 10 individuals.',
  source,
  lines({ policy }) {
    const least = smallestClass(policy);
    const passed = least >= smallestCell;
    const why =
      least === 0
        ? 'no model gives classes a smallest size'
        : `classes of the quasi-identifiers have ${least} individuals at least${passed ? '' : `, and ${smallestCell} are needed`}`;
    const path = policy.privacy === undefined ? [] : ['privacy', 'models'];
    return [
      {
        id: '1',
        title: 'no cell of 1 to 10 by the quasi-identifiers',
        status: passed ? 'pass' : 'fail',
        why,
        source,
        path,
      },
      {
        id: '2',
        title: 'no such cell by other fields, nor by subtraction',
        status: 'not-checkable',
        why: 'which tables are made of the data, and what is published beside them, no policy shows',
        source,
      },
    ];
  },
});
