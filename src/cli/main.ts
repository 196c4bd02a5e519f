import { type Command, CommanderError } from 'commander';
import { type Diagnostic, Failure, fail } from '../base/diagnostic.ts';
import { exitOnInterrupt } from '../io/interrupt.ts';
import { createTerminal, type Terminal } from '../io/terminal.ts';
import { diagnosticsJson, renderDiagnostics } from './diagnostics.ts';
import { commands } from './index.ts';
import { asciiJson } from './json.ts';
import { buildProgram } from './program.ts';
import { createProgress } from './progress.ts';
import { annotations } from './reports/github.ts';

/** Run a command line (without `node` and the script). Returns the exit status. */
export async function main(argv: readonly string[], plain: Terminal = createTerminal()): Promise<number> {
  const progress = createProgress(plain);
  const { terminal } = progress;
  const json = argv.includes('--json');
  exitOnInterrupt(
    (leaves) => {
      const diagnostic = { code: 'INTERRUPTED', message: `interrupted; ${leaves}` } as const;
      terminal.err(renderDiagnostics([diagnostic], { color: terminal.color }));
    },
    (error) => terminal.err(renderDiagnostics(failureOf(error).diagnostics, { color: terminal.color })),
  );
  try {
    let status = 0;
    const program = buildProgram(progress, (result) => {
      status = result;
    });
    await parse(program, argv);
    return status;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    const failure = failureOf(error, argv);
    await show(failure.diagnostics, { json, streams: streamsData(argv) }, terminal);
    if (failure.code === 'INTERNAL' && error instanceof Error && terminal.env.ANON_DEBUG)
      terminal.err(`${error.stack}\n`);
    return failure.exit;
  } finally {
    progress.stop();
  }
}

async function parse(program: Command, argv: readonly string[]): Promise<void> {
  await program.parseAsync([...argv], { from: 'user' });
}

/** Failures as they are; what commander refuses is a usage error; anything else is a defect of anon. */
function failureOf(error: unknown, argv: readonly string[] = []): Failure {
  if (error instanceof Failure) return error;
  if (error instanceof CommanderError) return usageFailure(error, argv);
  // The text of an unexpected error may hold data, so it is not shown.
  const kind = error instanceof Error ? error.name : typeof error;
  return fail('INTERNAL', `unexpected ${kind}`, {
    hint: 'please report this; ANON_DEBUG=1 shows where it happened, and may show data',
  });
}

/** What commander refuses, with what to say instead. */
function usageFailure({ code, message }: CommanderError, argv: readonly string[]): Failure {
  const options = argv.findIndex((word) => word.startsWith('-'));
  const words = options < 0 ? argv : argv.slice(0, options);
  const [first = ''] = words;
  const ofGroup = commands.names.filter((name) => name.startsWith(`${first} `));
  // Thrown when a group of commands is given without one.
  if (code === 'commander.help') {
    return fail('USAGE', 'say what to do', {
      hint: `commands: ${(first === '' ? commands.names : ofGroup).join(', ')}`,
    });
  }
  const [text = '', suggestion] = message.replace(/^error: /, '').split('\n');
  const said = suggestion?.replace(/^\((.*)\)$/, '$1').replace(/^Did you mean/, 'did you mean');
  const elsewhere = commands.names.filter(
    (name) => code === 'commander.unknownCommand' && name.split(' ')[1] === first,
  );
  const command = [words.slice(0, 2).join(' '), first].find((name) => commands.get(name) !== undefined);
  const help = command ?? (ofGroup.length > 0 ? first : undefined);
  const hint =
    said ??
    (elsewhere.length > 0
      ? `did you mean ${elsewhere.join(' or ')}?`
      : `see \`anon ${help === undefined ? '' : `${help} `}--help\``);
  return fail('USAGE', text.replace(/\.$/, ''), { hint });
}

/** Is standard output where data is to go? Then nothing else does: whoever reads there has asked for data alone. */
function streamsData(argv: readonly string[]): boolean {
  const places = commands.all.flatMap(({ options }) => options.filter(({ data }) => data));
  return places.some(({ flags }) => {
    const [name = '', value] = flags.split(' ');
    if (value === undefined) return argv.includes(name);
    return argv.some((word, i) => word === `${name}=-` || (word === name && argv[i + 1] === '-'));
  });
}

async function show(
  diagnostics: readonly Diagnostic[],
  { json, streams }: { readonly json: boolean; readonly streams: boolean },
  terminal: Terminal,
): Promise<void> {
  if (json) {
    const text = asciiJson({ diagnostics: diagnosticsJson(diagnostics) });
    if (streams) terminal.err(text);
    else await terminal.out(text);
  } else {
    terminal.err(renderDiagnostics(diagnostics, { color: terminal.color }));
    // Its runner reads commands from standard error as well, which is free of data.
    if (terminal.env.GITHUB_ACTIONS === 'true') terminal.err(annotations(diagnostics));
  }
}
