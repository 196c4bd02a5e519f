import { z } from 'zod';
import { defineTransform, INVALID } from '../transforms/definition.ts';

/**
 * `reject`: what a draft says of a field that a person has to decide about. It stands in no registry, because it does nothing: a policy
 * that has it is refused, with every such field at its place.
 */
export const undecided = defineTransform({
  name: 'reject',
  summary: 'It is left to decide what happens to this field: the policy is refused.',
  options: z.strictObject({}),
  examples: [],
  traits: {
    kinds: ['any'],
    reversible: 'no',
    keeps: { format: 'no', order: 'no', uniqueness: 'no', distribution: 'no' },
  },
  whole: true,
  check: () => [
    {
      path: [],
      message: 'it is left to decide what happens to this field',
      hint: 'check its role, and write a transform in the place of `reject`; `drop` leaves the field out',
    },
  ],
  bind: () => () => INVALID,
});
