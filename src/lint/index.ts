import { registry } from '../base/registry.ts';
import type { Lint } from './definition.ts';
import { freeText } from './free-text.ts';
import { globalDomain } from './global-domain.ts';
import { largeSuppression } from './large-suppression.ts';
import { leakReport } from './leak-report.ts';
import { linkingDomains } from './linking-domains.ts';
import { lostKey } from './lost-key.ts';
import { namedIdentifier } from './named-identifier.ts';
import { noiseScale } from './noise-scale.ts';
import { orderedDates } from './ordered-dates.ts';
import { publicSeed } from './public-seed.ts';
import { recognizedData } from './recognized-data.ts';
import { sensitiveWithoutModel } from './sensitive-without-model.ts';
import { shiftedDates } from './shifted-dates.ts';
import { smallK } from './small-k.ts';
import { smallTokenSpace } from './small-token-space.ts';
import { unlistedKept } from './unlisted-kept.ts';

/** What a well-formed policy is looked through for. */
export const lints = registry<Lint>('lint', [
  smallTokenSpace,
  noiseScale,
  linkingDomains,
  globalDomain,
  shiftedDates,
  orderedDates,
  lostKey,
  freeText,
  namedIdentifier,
  recognizedData,
  smallK,
  sensitiveWithoutModel,
  leakReport,
  largeSuppression,
  publicSeed,
  unlistedKept,
]);
