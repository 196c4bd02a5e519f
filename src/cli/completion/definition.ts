import type { CommandWords } from './words.ts';

/** A shell that completes commands by a script. */
export interface ShellDefinition {
  readonly name: string;
  /** How to switch it on. */
  readonly summary: string;
  /** The script, for `name` on the command line. */
  script(commands: readonly CommandWords[]): string;
}

export function defineShell(definition: ShellDefinition): ShellDefinition {
  return definition;
}

/** Text as one word of a POSIX shell. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
