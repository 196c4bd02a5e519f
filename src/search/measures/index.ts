import { registry } from '../../base/registry.ts';
import { averageClassSize, discernibility } from './class-sizes.ts';
import type { MeasureDefinition } from './definition.ts';
import { nonUniformEntropy } from './entropy.ts';
import { height, precision } from './levels.ts';
import { arithmeticLoss, loss } from './loss.ts';

export type * from './definition.ts';

/** Measures of information loss that a search may minimize; the first is the default. */
export const measures = registry<MeasureDefinition>('measure', [
  loss,
  arithmeticLoss,
  nonUniformEntropy,
  averageClassSize,
  discernibility,
  precision,
  height,
]);
