import { registry } from '../base/registry.ts';
import { dateShift } from './date-shift.ts';
import type { TransformDefinition } from './definition.ts';
import { drop } from './drop.ts';
import { fake } from './fake.ts';
import { generalize } from './generalize.ts';
import { keep } from './keep.ts';
import { mask } from './mask.ts';
import { microaggregate } from './microaggregate.ts';
import { noise } from './noise.ts';
import { pram } from './pram.ts';
import { redact } from './redact.ts';
import { redactText } from './redact-text.ts';
import { replace } from './replace.ts';
import { round } from './round.ts';
import { scramble } from './scramble.ts';
import { shuffle } from './shuffle.ts';
import { tokenize } from './tokenize.ts';
import { topBottomCode } from './top-bottom-code.ts';

export type * from './definition.ts';

/** The techniques that a policy may name. */
export const transforms = registry<TransformDefinition>('transform', [
  keep,
  drop,
  redact,
  replace,
  mask,
  scramble,
  round,
  topBottomCode,
  generalize,
  tokenize,
  fake,
  noise,
  dateShift,
  redactText,
  pram,
  microaggregate,
  shuffle,
]);
