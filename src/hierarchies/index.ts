import { registry } from '../base/registry.ts';
import { age } from './age.ts';
import { date } from './date.ts';
import type { HierarchyDefinition } from './definition.ts';
import { file } from './file.ts';
import { groups } from './groups.ts';
import { intervals } from './interval.ts';
import { prefix } from './prefix.ts';
import { zip3 } from './zip3.ts';

export type * from './definition.ts';

/** The ways of building a hierarchy; the policy tells them apart by the option that bears their name. */
export const hierarchies = registry<HierarchyDefinition>('hierarchy', [
  intervals,
  date,
  age,
  prefix,
  zip3,
  groups,
  file,
]);
