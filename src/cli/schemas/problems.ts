import { z } from 'zod';
import type { JsonDiagnostic } from '../diagnostics.ts';
import { defineDocument } from './definition.ts';

const diagnostic = z.strictObject({
  code: z.string(),
  severity: z.enum(['error', 'warning', 'note']),
  message: z.string(),
  file: z.string().nullable(),
  line: z.int().nullable(),
  column: z.int().nullable(),
  row: z.int().nullable(),
  field: z.string().nullable(),
  hint: z.string().nullable(),
}) satisfies z.ZodType<JsonDiagnostic>;

export const problems = defineDocument({
  name: 'problems',
  summary: 'What every command with `--json` prints where it cannot do what was asked.',
  shape: z.strictObject({ diagnostics: z.array(diagnostic).min(1) }),
  words: {
    diagnostics: 'All that is wrong. What is not known is null.',
    'diagnostics[].code': 'Code of the failure, or rule of `check`.',
    'diagnostics[].severity': 'How much it matters.',
    'diagnostics[].message': 'What is wrong.',
    'diagnostics[].file': 'In which file.',
    'diagnostics[].line': 'In which line of it, from 1.',
    'diagnostics[].column': 'At which character of the line, from 1.',
    'diagnostics[].row': 'In which record of the data, from 1; 0 is the header.',
    'diagnostics[].field': 'In which field.',
    'diagnostics[].hint': 'What to do next.',
  },
});
