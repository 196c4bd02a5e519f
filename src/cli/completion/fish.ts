import { defineShell } from './definition.ts';
import { type CommandWords, type Completes, firstWords, lastWord } from './words.ts';

/** By `complete`: fish documentation, "Writing your own completions". */
export const fish = defineShell({
  name: 'fish',
  summary: 'run `anon completion fish > ~/.config/fish/completions/anon.fish` once',
  script: (commands) =>
    `${[
      '# fish completion of anon, made by `anon completion fish`',
      '# Are the words behind anon these, and no others?',
      'function __anon_is',
      '    set -l given (commandline -opc)',
      '    set -e given[1]',
      '    test "$given" = "$argv"',
      'end',
      '# Do they begin with these?',
      'function __anon_in',
      '    set -l given (commandline -opc)',
      '    set -l last (math (count $argv) + 1)',
      '    test (count $given) -ge $last; and test "$given[2..$last]" = "$argv"',
      'end',
      'complete -c anon -f',
      ...firstWords(commands).flatMap(({ name, summary, follow }) => [
        `complete -c anon -n __anon_is -a ${name} -d ${quotedForFish(summary)}`,
        ...follow.map(
          (command) =>
            `complete -c anon -n '__anon_is ${name}' -a ${lastWord(command)} -d ${quotedForFish(command.summary)}`,
        ),
      ]),
      ...commands.flatMap(commandLines),
    ].join('\n')}\n`,
});

function commandLines({ name, options, arguments: given }: CommandWords): string[] {
  const when = `complete -c anon -n '__anon_in ${name}'`;
  const last = given.at(-1);
  return [
    ...options.map(({ short, long, summary, value }) => {
      const flags = `${short === undefined ? '' : ` -s ${short.slice(1)}`} -l ${long.slice(2)}`;
      return `${when}${flags}${value === null ? '' : ` -r ${action(value.completes)}`} -d ${quotedForFish(summary)}`;
    }),
    ...(last === undefined ? [] : [`${when} ${action(last.completes)}`]),
  ];
}

function action(completes: Completes): string {
  if (completes === 'files') return '-F';
  if (completes === 'directories') return "-f -a '(__fish_complete_directories)'";
  if (completes === 'nothing') return '-f';
  return `-f -a ${quotedForFish(completes.join(' '))}`;
}

function quotedForFish(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
