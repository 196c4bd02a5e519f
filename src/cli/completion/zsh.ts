import { defineShell, quoted } from './definition.ts';
import {
  type ArgumentWords,
  type CommandWords,
  type Completes,
  firstWords,
  lastWord,
  type OptionWords,
} from './words.ts';

/** By `_arguments` and `_describe`: zsh manual, zshcompsys(1), "Utility Functions". */
export const zsh = defineShell({
  name: 'zsh',
  summary: 'add `source <(anon completion zsh)` to ~/.zshrc, below `compinit`',
  script: (commands) => {
    const first = firstWords(commands);
    return `${[
      '#compdef anon',
      '# zsh completion of anon, made by `anon completion zsh`',
      '_anon() {',
      '  local command=$words[2]',
      '  local -a follow',
      '  if (( CURRENT == 2 )); then',
      `    follow=(${first.map(({ name, summary }) => described(name, summary)).join(' ')})`,
      "    _describe -t commands 'command' follow",
      '    return',
      '  fi',
      '  shift words',
      '  (( CURRENT-- ))',
      '  case $command in',
      ...first.flatMap(({ name, follow }) =>
        follow.length === 0
          ? []
          : [
              `    (${name})`,
              '      if (( CURRENT == 2 )); then',
              `        follow=(${follow.map((command) => described(lastWord(command), command.summary)).join(' ')})`,
              "        _describe -t commands 'command' follow",
              '        return',
              '      fi',
              '      command="$command $words[2]"',
              '      shift words',
              '      (( CURRENT-- ))',
              '      ;;',
            ],
      ),
      '  esac',
      '  case $command in',
      ...commands.flatMap((command) => [
        `    (${quoted(command.name)})`,
        `      _arguments ${specsOf(command).join(' ')}`,
        '      ;;',
      ]),
      '  esac',
      '}',
      // Read as a file of $fpath, it is the body of the function; read by `source`, it is to be registered.
      'if [[ $funcstack[1] == _anon ]]; then _anon "$@"; else compdef _anon anon; fi',
    ].join('\n')}\n`;
  },
});

function specsOf({ options, arguments: given }: CommandWords): string[] {
  return [...options.flatMap(optionSpecs), ...given.map(argumentSpec)];
}

function optionSpecs({ short, long, summary, repeatable, value }: OptionWords): string[] {
  const flags = short === undefined ? [long] : [short, long];
  // An option that is given is not offered again, by neither of its names.
  const once = repeatable ? '*' : `(${flags.join(' ')})`;
  const text = `[${escaped(summary)}]`;
  const rest = value === null ? '' : `:${escaped(value.name)}:${action(value.completes)}`;
  // With `=` the value is completed behind it, and as a word of its own.
  const joined = (flag: string): string => (value !== null && flag === long ? '=' : '');
  return flags.map((flag) => quoted(`${once}${flag}${joined(flag)}${text}${rest}`));
}

function argumentSpec({ name, repeatable, completes }: ArgumentWords, i: number): string {
  return quoted(`${repeatable ? '*' : i + 1}:${escaped(name)}:${action(completes)}`);
}

function described(name: string, summary: string): string {
  return quoted(`${name}:${summary}`);
}

function action(completes: Completes): string {
  if (completes === 'files') return '_files';
  if (completes === 'directories') return '_files -/';
  if (completes === 'nothing') return ' ';
  return `(${completes.join(' ')})`;
}

/** In a specification colons and brackets have a meaning. */
function escaped(text: string): string {
  return text.replace(/[\\:[\]]/g, '\\$&');
}
