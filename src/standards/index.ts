import { registry } from '../base/registry.ts';
import { ccpaDeidentified } from './ccpa-deidentified.ts';
import { cmsCellSuppression } from './cms-cell-suppression.ts';
import type { Standard } from './definition.ts';
import { ema0070 } from './ema-0070.ts';
import { gdprWp216 } from './gdpr-wp216.ts';
import { hipaaLimitedDataSet } from './hipaa-limited-data-set.ts';
import { hipaaSafeHarbor } from './hipaa-safe-harbor.ts';

/** What a policy can be held against, line by line. */
export const standards = registry<Standard>('standard', [
  hipaaSafeHarbor,
  hipaaLimitedDataSet,
  gdprWp216,
  ccpaDeidentified,
  ema0070,
  cmsCellSuppression,
]);
