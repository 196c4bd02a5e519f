import type { Terminal } from '../io/terminal.ts';

export interface ArgumentDefinition {
  readonly name: string;
  readonly summary: string;
  readonly optional?: boolean;
  /** May be given several times; the last argument only. */
  readonly repeatable?: boolean;
  /** The only values allowed. */
  readonly choices?: readonly string[];
  /** Values that a shell completes it by. Default: the choices, or names of files. */
  readonly suggestions?: () => Promise<readonly string[]>;
}

export interface OptionDefinition {
  /** `--out <dir>`, or `--json` for a switch. */
  readonly flags: string;
  readonly summary: string;
  /** May be given several times; its value is a list. Other options with a value may be given once. */
  readonly repeatable?: boolean;
  /** The only values allowed. */
  readonly choices?: readonly string[];
  /** Says where data goes: to standard output as a switch, or where its value is `-`. */
  readonly data?: boolean;
}

/** Values of the arguments by name (of one that is repeatable the first), and of the options by their long name in camel case. */
export interface Invocation {
  readonly arguments: Readonly<Record<string, string | undefined>>;
  /** All values of the repeatable argument. */
  readonly repeated: readonly string[];
  readonly options: Readonly<Record<string, string | boolean | readonly string[] | undefined>>;
}

export interface CommandDefinition {
  /** Words of the command: `apply`, `keys generate`. */
  readonly name: string;
  /** One sentence. */
  readonly summary: string;
  readonly arguments: readonly ArgumentDefinition[];
  readonly options: readonly OptionDefinition[];
  readonly examples: readonly { readonly command: string; readonly does: string }[];
  /** Returns the exit status. Loads what it needs when it runs, so that other commands start fast. */
  run(invocation: Invocation, terminal: Terminal): Promise<number>;
}

export function defineCommand(definition: CommandDefinition): CommandDefinition {
  return definition;
}

/** The value of an option that takes one. */
export function optionText({ options }: Invocation, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
}

export function optionList({ options }: Invocation, name: string): readonly string[] {
  const value = options[name];
  return Array.isArray(value) ? value : [];
}

export function isSet({ options }: Invocation, name: string): boolean {
  return options[name] === true;
}
