import { z } from 'zod';
import { members } from './constraints/index.ts';

/** The `terms` of a license statement: the members of all constraints, and nothing else. */
export const termsSchema = z.strictObject(members);

export type Terms = z.output<typeof termsSchema>;
