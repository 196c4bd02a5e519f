import { freemem, totalmem } from 'node:os';
import { defineCheck, ok, problem } from './definition.ts';
import { mebibytes } from './sizes.ts';

/** What verify and apply stay within, class table and units aside. */
const leastBytes = 512 * 1024 * 1024;

export const memory = defineCheck({
  name: 'memory',
  summary: 'Memory of the machine, or of the container.',
  async run() {
    // A container may have less than the machine; 0 or a huge number: no limit.
    const limit = process.constrainedMemory();
    const bytes = limit > 0 && limit < totalmem() ? limit : totalmem();
    const detail = `${mebibytes(bytes)} in all, ${mebibytes(Math.min(bytes, freemem()))} free`;
    if (bytes >= leastBytes) return [ok(detail)];
    return [problem(detail, `give it ${mebibytes(leastBytes)} or more`)];
  },
});
