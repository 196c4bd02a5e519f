import { defineCommand, isSet, optionList, optionText } from '../definition.ts';
import { gateFlags, gateOptions } from '../gate-options.ts';

export const verifyCommand = defineCommand({
  name: 'verify',
  summary: 'Check a bundle: signature, time, terms against the stated use, and every byte of it.',
  arguments: [{ name: 'bundle', summary: 'a directory, a tar file, or - for a tar on standard input' }],
  options: [
    ...gateOptions,
    { flags: '--organization <id>', summary: 'who uses the data' },
    { flags: '--user <id>', summary: 'the person who uses it' },
    { flags: '--purpose <name>', summary: 'for what, a purpose of the W3C Data Privacy Vocabulary' },
    { flags: '--region <code>', summary: 'where, an ISO 3166-1 alpha-2 country code' },
    { flags: '--project <id>', summary: 'in which project' },
    { flags: '--action <name>', summary: 'what is done with it; default: use' },
    {
      flags: '--safeguard <name>',
      summary: 'a safeguard that is in place; may be given several times',
      repeatable: true,
    },
    { flags: '--context <file>', summary: 'the stated use as a JSON file, in place of these flags' },
    { flags: '--json', summary: 'print the answer as JSON' },
    { flags: '-q, --quiet', summary: 'print nothing; the exit status is the answer' },
  ],
  examples: [
    {
      command:
        'anon verify bundle --trust issuer.pub --organization urn:org:example-university --purpose AcademicResearch --region DE',
      does: 'exits 0 when that use is allowed and nothing was changed, 1 when not, 2 when there is no answer',
    },
  ],
  async run(invocation, terminal) {
    const { verify } = await import('../../app/verify.ts');
    const { answerOf } = await import('../../release/answer.ts');
    const safeguards = optionList(invocation, 'safeguard');
    const answer = answerOf(
      await verify(
        {
          bundle: invocation.arguments.bundle!,
          ...gateFlags(invocation),
          context: optionText(invocation, 'context'),
          use: {
            organization: optionText(invocation, 'organization'),
            user: optionText(invocation, 'user'),
            purpose: optionText(invocation, 'purpose'),
            region: optionText(invocation, 'region'),
            project: optionText(invocation, 'project'),
            action: optionText(invocation, 'action'),
            safeguards: safeguards.length > 0 ? safeguards : undefined,
          },
        },
        terminal,
      ),
    );
    if (isSet(invocation, 'json')) await terminal.out(`${JSON.stringify(answer, null, 2)}\n`);
    else if (!isSet(invocation, 'quiet')) {
      const { renderAnswer } = await import('../answer.ts');
      await terminal.out(renderAnswer(answer));
    }
    return answer.decision === 'allow' ? 0 : 1;
  },
});
