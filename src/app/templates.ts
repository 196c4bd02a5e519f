import { fileURLToPath } from 'node:url';
import { type Diagnostic, Failure } from '../base/diagnostic.ts';
import { readFileUpTo } from '../io/files.ts';
import { pathOf } from '../io/secrets.ts';
import { templateProblems } from '../license/compose.ts';
import type { LicenseOptions } from '../license/options.ts';
import { isTemplateFile, type Template } from '../license/templates.ts';
import { parseTemplate } from '../policy/license-file.ts';
import type { PathInPolicy } from '../policy/policy.ts';

const maxTemplateBytes = 1 << 20;

/** Where a license section stands. */
export interface LicenseSection {
  /** What paths of files are relative to. */
  readonly directory: string;
  /** A diagnostic at a path within the section. */
  problem(path: PathInPolicy, message: string, hint?: string): Diagnostic;
}

/**
 * The templates and add-ons that a license uses, in its order. Throws a Failure: what is wrong with a file at its place there; what does
 * not go together at its place in the license.
 */
export async function readTemplates(options: LicenseOptions, section: LicenseSection): Promise<readonly Template[]> {
  const templates: Template[] = [];
  const problems: Diagnostic[] = [];
  for (const [i, name] of (options.use ?? []).entries()) {
    try {
      templates.push({ name, options: await readTemplate(name, section.directory) });
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      problems.push(
        ...error.diagnostics.map((diagnostic) =>
          diagnostic.code === 'FILE-MISSING' || diagnostic.code === 'FILE-READ'
            ? section.problem(['use', i], `\`${name}\`: ${diagnostic.message}`, diagnostic.hint)
            : diagnostic,
        ),
      );
    }
  }
  if (problems.length === 0) {
    for (const { path, message, hint } of templateProblems(options, templates)) {
      problems.push(section.problem(path, message, hint));
    }
  }
  if (problems.length > 0) throw new Failure(problems);
  return templates;
}

/** A template by name, or by path relative to `directory`. Throws a Failure: why it cannot be read, or what is wrong with it. */
export async function readTemplate(name: string, directory: string): Promise<Template['options']> {
  const path = isTemplateFile(name) ? pathOf(name, directory) : shipped(name);
  return parseTemplate(await readFileUpTo(path, maxTemplateBytes, 'POLICY-YAML'), path);
}

/** The file of a template that comes with anon. */
function shipped(name: string): string {
  return fileURLToPath(new URL(`../../policies/licenses/${name}.yaml`, import.meta.url));
}
