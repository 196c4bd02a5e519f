import { registry } from '../../../base/registry.ts';
import type { Standard } from '../proposal.ts';
import { fixture } from './fixture.ts';
import { gdpr } from './gdpr.ts';
import { research } from './research.ts';
import { safeHarbor } from './safe-harbor.ts';

/** What a draft can be for; the first one unless another is named. */
export const standards = registry<Standard>('standard', [research, safeHarbor, gdpr, fixture]);
