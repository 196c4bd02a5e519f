import { thousands } from '../base/thousands.ts';
import type { Sightings } from './profile.ts';

/** `3 times, first in rows 2, 5, 9`, without a value. */
export function inRows({ count, rows }: Sightings): string {
  const times = count === 1 ? 'once' : `${thousands(count)} times`;
  const first = count === 1 ? 'in row' : rows.length === 1 ? 'first in row' : 'first in rows';
  return `${times}, ${first} ${rows.join(', ')}${count > rows.length ? ', …' : ''}`;
}
