import { defineShell, quoted } from './definition.ts';
import { type ArgumentWords, type CommandWords, type Completes, firstWords, lastWord } from './words.ts';

/** For bash 3.2 and later: no mapfile, and compopt only where there is one. GNU Bash Reference Manual §8.6 and §8.7. */
export const bash = defineShell({
  name: 'bash',
  summary: 'add `source <(anon completion bash)` to ~/.bashrc',
  script: (commands) => {
    const first = firstWords(commands);
    const groups = first.filter(({ follow }) => follow.length > 0);
    return `${[
      '# bash completion of anon, made by `anon completion bash`',
      '_anon_reply() {',
      '  local line',
      '  while IFS= read -r line; do COMPREPLY+=("$line"); done',
      '}',
      '_anon_files() {',
      '  compopt -o filenames 2>/dev/null',
      '  _anon_reply < <(compgen "$1" -- "$cur")',
      '}',
      '_anon_words() {',
      '  _anon_reply < <(compgen -W "$1" -- "$cur")',
      '}',
      '_anon() {',
      `  local cur=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]} command=\${COMP_WORDS[1]}`,
      '  COMPREPLY=()',
      '  # `=` is a word of its own.',
      '  if [[ $cur == = ]]; then cur=',
      `  elif [[ $previous == = ]]; then previous=\${COMP_WORDS[COMP_CWORD - 2]}; fi`,
      '  if ((COMP_CWORD == 1)); then',
      `    _anon_words ${quoted([...first.map(({ name }) => name), '--help', '--version'].join(' '))}`,
      '    return',
      '  fi',
      '  case $command in',
      ...groups.flatMap(({ name, follow }) => [
        `    ${name})`,
        `      if ((COMP_CWORD == 2)); then _anon_words ${quoted(follow.map(lastWord).join(' '))}; return; fi`,
        `      command="$command \${COMP_WORDS[2]}"`,
        '      ;;',
      ]),
      '  esac',
      '  case $command:$previous in',
      ...commands.flatMap(valueCases),
      '  esac',
      '  if [[ $cur == -* ]]; then',
      '    case $command in',
      ...commands.map(
        (command) =>
          `      ${quoted(command.name)}) _anon_words ${quoted(command.options.flatMap(({ short, long }) => [short ?? [], long].flat()).join(' '))} ;;`,
      ),
      '    esac',
      '    return',
      '  fi',
      '  case $command in',
      ...commands.filter(({ arguments: given }) => given.length > 0).map(argumentCase),
      '  esac',
      '}',
      'complete -F _anon anon',
    ].join('\n')}\n`;
  },
});

function valueCases({ name, options }: CommandWords): string[] {
  return options.flatMap(({ short, long, value }) => {
    if (value === null) return [];
    const flags = [short, long].flatMap((flag) => (flag === undefined ? [] : [quoted(`${name}:${flag}`)]));
    return [`    ${flags.join('|')}) ${action(value.completes)}; return ;;`];
  });
}

/** The last argument stands for all that follow; where words complete it, no files do. */
function argumentCase({ name, arguments: given }: CommandWords): string {
  const { completes } = given.at(-1) as ArgumentWords;
  return `    ${quoted(name)}) ${action(completes)} ;;`;
}

function action(completes: Completes): string {
  if (completes === 'files') return '_anon_files -f';
  if (completes === 'directories') return '_anon_files -d';
  if (completes === 'nothing') return ':';
  return `_anon_words ${quoted(completes.join(' '))}`;
}
