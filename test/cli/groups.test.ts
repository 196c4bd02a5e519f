import { describe, expect, it } from 'vitest';
import { groups } from '../../src/cli/groups.ts';
import { commands } from '../../src/cli/index.ts';
import { called } from './called.ts';

describe('groups of commands', () => {
  it('have a summary each, and none is left over', () => {
    const first = commands.names.filter((name) => name.includes(' ')).map((name) => name.split(' ')[0]);
    expect(groups.names.toSorted()).toEqual([...new Set(first)].toSorted());
  });

  it('and commands stand in the help by name, in lines of 80 columns', async () => {
    const { stdout } = await called(['--help'], {}, process.cwd());
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    expect(stdout).toMatch(/^ {2}apply {2,}Anonymize files by a policy into a signed bundle\.$/m);
  });

  it('say in the help what they are for', async () => {
    const { stdout } = await called(['--help'], {}, process.cwd());
    for (const { name, summary } of groups.all) {
      expect(stdout.replace(/\s+/g, ' ')).toContain(`${name} ${summary}`);
      expect((await called([name, '--help'], {}, process.cwd())).stdout.replace(/\s+/g, ' ')).toContain(summary);
    }
  });
});
