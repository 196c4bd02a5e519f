import { registry } from '../base/registry.ts';
import { dateShift } from './date-shift.ts';
import type { TransformDefinition } from './definition.ts';
import { drop } from './drop.ts';
import { fake } from './fake.ts';
import { generalize } from './generalize.ts';
import { keep } from './keep.ts';
import { mask } from './mask.ts';
import { noise } from './noise.ts';
import { redact } from './redact.ts';
import { redactText } from './redact-text.ts';
import { round } from './round.ts';
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
  fake,
  noise,
  dateShift,
  redactText,
]);
