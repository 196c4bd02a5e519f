import { tool } from '../../base/version.ts';
import { addOnNames, templateNames } from '../../license/templates.ts';
import { readTemplate } from '../templates.ts';
import { defineCheck, ok, problem } from './definition.ts';

/** `engines` of package.json; a test holds the two equal. */
export const leastNode = [20, 19] as const;

export const program = defineCheck({
  name: 'program',
  summary: 'The version of Node, and whether the package is whole.',
  async run() {
    // Throws a Failure where a file of the package is missing.
    for (const name of [...templateNames, ...addOnNames]) await readTemplate(name, '.');
    const { node } = process.versions;
    const detail = `${tool.name} ${tool.version}, Node ${node}, ${process.platform} ${process.arch}`;
    if (isLeast(node)) return [ok(detail)];
    return [problem(detail, `install Node ${leastNode.join('.')} or later`)];
  },
});

/** Is this version of Node, `20.19.1`, one that anon runs on? */
export function isLeast(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > leastNode[0] || (major === leastNode[0] && minor >= leastNode[1]);
}
