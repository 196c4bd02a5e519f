import { z } from 'zod';
import { didYouMean } from '../base/suggest.ts';
import { options } from './constraints/index.ts';
import { approvalsOption, statusOption } from './release-options.ts';
import { setOf, text } from './values.ts';

/** Terms for a purpose, to be used by name. Each is the file `NAME.yaml` among the policies that come with the package. */
export const templateNames = [
  'research-restricted',
  'internal-analytics',
  'partner-share',
  'open-aggregate',
  'test-fixture',
] as const;

/** One term each, to be used beside a template. */
export const addOnNames = [
  'eea-only',
  'four-eyes',
  'encryption-at-rest',
  'audit-right',
  'delete-on-expiry',
  'no-linkage',
  'report-usage',
] as const;

const names: readonly string[] = [...templateNames, ...addOnNames];
/** Whatever looks like a path is one, so that a mistyped name is never taken for a file. */
const pathForm = /^(?:\.{1,2}\/|\/|~\/).*[^/]$/;

export function isTemplateFile(used: string): boolean {
  return pathForm.test(used);
}

const used = z
  .string()
  .max(1000)
  .refine((value) => names.includes(value) || isTemplateFile(value), {
    error: ({ input }) => {
      const meant = typeof input === 'string' && input.length <= 60 ? didYouMean(input, names) : undefined;
      return `must be a known license template: ${meant ?? `one of ${names.map((name) => `\`${name}\``).join(', ')}; files begin with \`./\``}`;
    },
  })
  .meta({ title: 'license template', anyOf: [{ enum: names }, { pattern: pathForm.source }] });

/** `use` of a license section. */
export const useOption = setOf(used)
  .optional()
  .describe(
    'Templates and add-ons by name, or files of your own by path (`./terms.yaml`). All of them hold; what else the section says can only narrow them.',
  );

const { licensee: _, ...ownOptions } = options;

/** A template: what a license section says, without parties and time. */
export const templateSchema = z.strictObject({
  terms: z.literal('anon/v1').describe('Version of the language of license templates.'),
  summary: text.describe('What the terms come to, in one sentence.'),
  for: text.describe('For whom, or for which situation, they are meant.'),
  ...ownOptions,
  approvals: approvalsOption,
  status: statusOption,
});

/** A template under the name by which the license section uses it. */
export interface Template {
  readonly name: string;
  readonly options: z.output<typeof templateSchema>;
}
