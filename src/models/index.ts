import { registry } from '../base/registry.ts';
import { averageRisk } from './average-risk.ts';
import { betaLikeness } from './beta-likeness.ts';
import type { ModelDefinition } from './definition.ts';
import { deltaDisclosure } from './delta-disclosure.ts';
import { deltaPresence } from './delta-presence.ts';
import { kAnonymity } from './k-anonymity.ts';
import { kMap } from './k-map.ts';
import { lDiversity } from './l-diversity.ts';
import { tCloseness } from './t-closeness.ts';
import { uniqueness } from './uniqueness.ts';

export const models = registry<ModelDefinition>('model', [
  kAnonymity,
  kMap,
  deltaPresence,
  lDiversity,
  tCloseness,
  deltaDisclosure,
  betaLikeness,
  averageRisk,
  uniqueness,
]);
