import type { z } from 'zod';
import { type Diagnostic, Failure } from '../base/diagnostic.ts';
import { type LicenseOptions, licenseOptionsSchema } from '../license/options.ts';
import { type Template, templateSchema } from '../license/templates.ts';
import { listed, read } from './issues.ts';
import type { PathInPolicy } from './policy.ts';
import { readSource } from './source.ts';

/** A file of license terms, with the way back to its lines. */
export interface LicenseFile<Options> {
  readonly options: Options;
  problem(path: PathInPolicy, message: string, hint?: string): Diagnostic;
}

/** A template: terms to be used by other licenses. Throws a Failure with every problem at its place in `file`. */
export function parseTemplate(bytes: Uint8Array, file: string): Template['options'] {
  return parseFile(bytes, file, templateSchema, 'a license template').options;
}

/** A whole license in a file of its own: what stands under `license` in a policy. Throws as `parseTemplate`. */
export function parseLicenseFile(bytes: Uint8Array, file: string): LicenseFile<LicenseOptions> {
  return parseFile(bytes, file, licenseOptionsSchema, 'a license');
}

function parseFile<Options>(
  bytes: Uint8Array,
  file: string,
  schema: z.ZodObject & z.ZodType<Options>,
  what: string,
): LicenseFile<Options> {
  const names = Object.keys(schema.shape);
  const source = readSource(bytes, file, names);
  if (typeof source.data !== 'object' || source.data === null || Array.isArray(source.data)) {
    throw new Failure([
      source.problem('POLICY-SHAPE', [], `${what} is a map of terms`, `its options are ${listed(names)}`),
    ]);
  }
  const { value, problems } = read(schema, source.data, []);
  if (value === undefined) {
    throw new Failure(
      problems.map(({ path, message, hint, part }) => source.problem('POLICY-SHAPE', path, message, hint, part)),
    );
  }
  return {
    options: value,
    problem: (path: PathInPolicy, message: string, hint?: string) =>
      source.problem('POLICY-MEANING', path, message, hint),
  };
}
