import { Command, Option } from 'commander';
import { fail } from '../base/diagnostic.ts';
import { tool } from '../base/version.ts';
import type { Terminal } from '../io/terminal.ts';
import type { CommandDefinition, Invocation, OptionDefinition } from './definition.ts';
import { groups } from './groups.ts';
import { commands } from './index.ts';
import type { ProgressScreen } from './progress.ts';

/** The command line as commander reads it, made from the definitions. `done` receives the exit status. */
export function buildProgram(screen: ProgressScreen, done: (status: number) => void): Command {
  const { terminal } = screen;
  const program = quiet(new Command('anon'), terminal)
    .description(
      'Anonymize CSV, TSV, JSON and NDJSON into signed, licensed, measurably private bundles, and verify them.',
    )
    .version(tool.version, '--version', 'print the version')
    .helpOption('-h, --help', 'print help');
  const made = new Map<string, Command>();
  for (const definition of commands.all) {
    const [first = '', second] = definition.name.split(' ');
    const parent = second === undefined ? program : groupOf(program, made, first, terminal);
    parent.addCommand(commandOf(definition, second ?? first, screen, done));
  }
  return program;
}

function groupOf(program: Command, made: Map<string, Command>, name: string, terminal: Terminal): Command {
  let group = made.get(name);
  if (group === undefined) {
    group = quiet(new Command(name), terminal).description(groups.get(name)!.summary);
    made.set(name, group);
    program.addCommand(group);
  }
  return group;
}

function commandOf(
  definition: CommandDefinition,
  word: string,
  screen: ProgressScreen,
  done: (status: number) => void,
): Command {
  const { terminal } = screen;
  const command = quiet(new Command(word), terminal).description(definition.summary).allowExcessArguments(false);
  for (const { name, summary, optional, repeatable } of definition.arguments) {
    const word = repeatable ? `${name}...` : name;
    command.argument(optional ? `[${word}]` : `<${word}>`, summary);
  }
  for (const option of definition.options) command.addOption(optionOf(option));
  const examples = definition.examples.map(({ command: line, does }) => `  $ ${line}\n      ${does}`);
  if (examples.length > 0) command.addHelpText('after', `\nExamples:\n${examples.join('\n')}`);
  return command.action(async (...given) => {
    const all = given.slice(0, definition.arguments.length).map((value) => [value].flat() as (string | undefined)[]);
    const values = all.map(([first]) => first);
    const empty = definition.arguments.find((_, i) => all[i]!.includes(''));
    if (empty !== undefined) throw fail('USAGE', `argument '${empty.name}' is empty`, { hint: unset });
    for (const [i, { name, choices }] of definition.arguments.entries()) {
      if (choices !== undefined && !all[i]!.every((value) => value === undefined || choices.includes(value)))
        throw fail('USAGE', `argument '${name}' takes one of ${choices.join(', ')}`);
    }
    const invocation: Invocation = {
      arguments: Object.fromEntries(definition.arguments.map(({ name }, i) => [name, values[i]])),
      repeated: all.flatMap((list, i) =>
        definition.arguments[i]!.repeatable ? list.filter((value) => value !== undefined) : [],
      ),
      options: command.opts(),
    };
    const { quiet: silent, verbose } = invocation.options;
    screen.start(silent ? 'quiet' : verbose ? 'verbose' : 'usual');
    done(await definition.run(invocation, terminal));
    screen.stop();
  });
}

function optionOf({ flags, summary, repeatable, choices }: OptionDefinition): Option {
  const option = new Option(flags, summary);
  const takesValue = flags.includes('<');
  if (!takesValue) return option;
  return option.argParser((value: string, previous: unknown) => {
    if (value === '') throw fail('USAGE', `option '${flags}' is empty`, { hint: unset });
    if (choices !== undefined && !choices.includes(value)) {
      throw fail('USAGE', `option '${flags}' takes one of ${choices.join(', ')}`);
    }
    if (repeatable) return [...((previous as string[] | undefined) ?? []), value];
    if (previous !== undefined) throw fail('USAGE', `option '${flags}' is given twice`, { hint: 'give it once' });
    return value;
  });
}

const unset = 'is it made from a variable that is not set?';

/** Errors are thrown, not printed: `main` shows them like all others. */
function quiet(command: Command, terminal: Terminal): Command {
  return (
    command
      .exitOverride()
      .showSuggestionAfterError(true)
      // The name alone: what follows it stands in the command's own help, and leaves the summaries no room.
      .configureHelp({ subcommandTerm: (subcommand) => subcommand.name() })
      .configureOutput({ writeOut: (text) => void terminal.out(text), writeErr: () => {} })
  );
}
