import { registry } from '../../base/registry.ts';
import { action } from './action.ts';
import { classification } from './classification.ts';
import { duties } from './duties.ts';
import { licensee } from './licensee.ts';
import { limits } from './limits.ts';
import { projects } from './projects.ts';
import { purposes } from './purposes.ts';
import { regions } from './regions.ts';
import { safeguards } from './safeguards.ts';

/** In the order in which terms are decided, shown and written. */
const definitions = [
  licensee,
  action,
  purposes,
  regions,
  projects,
  safeguards,
  limits,
  duties,
  classification,
] as const;

export const constraints = registry('constraint', definitions);

type Definition = (typeof definitions)[number];
type All<Shapes> = (Shapes extends unknown ? (shape: Shapes) => void : never) extends (all: infer Every) => void
  ? Every
  : never;

// Object.assign loses the types that the list knows.
/** The members of `terms`, of all constraints. */
export const members = Object.assign({}, ...definitions.map((d) => d.members)) as All<Definition['members']>;
/** The options of the policy's `license` section, of all constraints. */
export const options = Object.assign({}, ...definitions.map((d) => d.options)) as All<Definition['options']>;
