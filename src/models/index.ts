import { registry } from '../base/registry.ts';
import { kAnonymity } from './k-anonymity.ts';
import { lDiversity } from './l-diversity.ts';

export const models = registry('model', [kAnonymity, lDiversity]);
