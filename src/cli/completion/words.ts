import type { CommandDefinition, OptionDefinition } from '../definition.ts';
import { groups } from '../groups.ts';

/** What completes a value. */
export type Completes = 'files' | 'directories' | 'nothing' | readonly string[];

/** An option as a shell sees it. */
export interface OptionWords {
  readonly short: string | undefined;
  /** `--out`. */
  readonly long: string;
  readonly summary: string;
  readonly repeatable: boolean;
  /** Null: a switch. */
  readonly value: { readonly name: string; readonly completes: Completes } | null;
}

export interface ArgumentWords {
  readonly name: string;
  readonly repeatable: boolean;
  readonly completes: Completes;
}

export interface CommandWords {
  /** `keys generate`. */
  readonly name: string;
  readonly summary: string;
  readonly options: readonly OptionWords[];
  readonly arguments: readonly ArgumentWords[];
}

/** A command or group in front of which nothing stands: `apply`, `keys`. */
export interface FirstWord {
  readonly name: string;
  readonly summary: string;
  /** Of a group: what may follow. */
  readonly follow: readonly CommandWords[];
}

/** All that shells complete, read off the definitions of the commands. */
export async function wordsOf(commands: readonly CommandDefinition[]): Promise<CommandWords[]> {
  return Promise.all(
    commands.map(async ({ name, summary, arguments: given, options }) => ({
      name,
      summary,
      options: [...options, help].map(optionWords),
      arguments: await Promise.all(
        given.map(async (argument) => ({
          name: argument.name,
          repeatable: argument.repeatable ?? false,
          completes: argument.choices ?? (await argument.suggestions?.())?.filter(isPlain) ?? 'files',
        })),
      ),
    })),
  );
}

export function firstWords(commands: readonly CommandWords[]): FirstWord[] {
  const words = new Map<string, FirstWord>();
  for (const command of commands) {
    const [first = '', second] = command.name.split(' ');
    const before = words.get(first)?.follow ?? [];
    if (second === undefined) words.set(first, { name: first, summary: command.summary, follow: [] });
    else words.set(first, { name: first, summary: groups.get(first)!.summary, follow: [...before, command] });
  }
  return [...words.values()];
}

/** The last word of a command's name. */
export function lastWord({ name }: CommandWords): string {
  return name.split(' ').at(-1)!;
}

const help: OptionDefinition = { flags: '-h, --help', summary: 'print help' };

/** What no shell needs quoted. */
function isPlain(word: string): boolean {
  return /^[\w.-]+$/.test(word);
}

function optionWords({ flags, summary, repeatable = false, choices }: OptionDefinition): OptionWords {
  const { short, long, value } = /^(?:(?<short>-\w), )?(?<long>--[\w-]+)(?: <(?<value>[^>]+)>)?$/.exec(flags)!.groups!;
  return {
    short,
    long: long!,
    summary,
    repeatable,
    value: value === undefined ? null : { name: value, completes: choices ?? valueKinds[value] ?? 'nothing' },
  };
}

/** By what an option's value is called in its flags. */
const valueKinds: Readonly<Record<string, Completes>> = {
  file: 'files',
  pem: 'files',
  bundle: 'files',
  policy: 'files',
  dir: 'directories',
};
