import { registry } from '../base/registry.ts';
import type { TransformDefinition } from './definition.ts';
import { drop } from './drop.ts';
import { generalize } from './generalize.ts';
import { keep } from './keep.ts';
import { mask } from './mask.ts';
import { microaggregate } from './microaggregate.ts';
import { noise } from './noise.ts';
import { redact } from './redact.ts';
import { round } from './round.ts';
import { shuffle } from './shuffle.ts';
import { tokenize } from './tokenize.ts';

export type * from './definition.ts';

/** The techniques that a policy may name. */
export const transforms = registry<TransformDefinition>('transform', [
  keep,
  drop,
  redact,
  mask,
  round,
  generalize,
  tokenize,
  noise,
  microaggregate,
  shuffle,
]);
