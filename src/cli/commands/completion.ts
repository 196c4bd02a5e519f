import { defineCommand } from '../definition.ts';

export const completionCommand = defineCommand({
  name: 'completion',
  summary: 'Print a script with which a shell completes commands, options and file names.',
  arguments: [{ name: 'shell', summary: 'bash, zsh or fish', choices: ['bash', 'zsh', 'fish'] }],
  options: [],
  examples: [
    {
      command: 'source <(anon completion bash)',
      does: 'in ~/.bashrc: completes in every shell; zsh the same in ~/.zshrc',
    },
    { command: 'anon completion fish > ~/.config/fish/completions/anon.fish', does: 'once: completes in fish' },
  ],
  async run(invocation, terminal) {
    const [{ shells }, { wordsOf }, { commands }] = await Promise.all([
      import('../completion/index.ts'),
      import('../completion/words.ts'),
      import('../index.ts'),
    ]);
    await terminal.out(shells.get(invocation.arguments.shell!)!.script(await wordsOf(commands.all)));
    return 0;
  },
});
