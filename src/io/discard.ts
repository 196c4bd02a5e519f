import { fail } from '../base/diagnostic.ts';
import type { Spool } from './spool.ts';

/** A spool that keeps nothing of what it is given but its size: for runs that are only looked at. */
export function discardingSpool(): Spool {
  let size = 0;
  const nothing = (): never => {
    throw fail('INTERNAL', 'the output of this run was not kept');
  };
  return {
    get size() {
      return size;
    },
    async write(bytes) {
      size += bytes.length;
    },
    open: nothing,
    read: nothing,
    close: async () => {},
  };
}
