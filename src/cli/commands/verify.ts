import { defineCommand, isSet } from '../definition.ts';
import { gateFlags, gateOptions } from '../gate-options.ts';
import { asciiJson } from '../json.ts';
import { readUse, useOptions } from '../use-options.ts';

export const verifyCommand = defineCommand({
  name: 'verify',
  summary: 'Check a bundle: signature, time, terms against the stated use, and every byte of it.',
  arguments: [{ name: 'bundle', summary: 'a directory, a tar file, or - for a tar on standard input' }],
  options: [
    ...gateOptions,
    ...useOptions,
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
    const request = { bundle: invocation.arguments.bundle!, ...gateFlags(invocation), ...readUse(invocation) };
    const answer = answerOf(await verify(request, terminal));
    if (isSet(invocation, 'json')) await terminal.out(asciiJson(answer));
    else if (!isSet(invocation, 'quiet')) {
      const { renderAnswer } = await import('../answer.ts');
      await terminal.out(renderAnswer(answer, terminal.columns));
    }
    return answer.decision === 'allow' ? 0 : 1;
  },
});
