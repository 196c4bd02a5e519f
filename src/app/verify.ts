import { openBundle } from '../io/bundle-files.ts';
import { createDigestThread } from '../io/digest-thread.ts';
import type { Terminal } from '../io/terminal.ts';
import type { VerifyAnswer } from '../release/answer.ts';
import { checkDigests } from '../release/digests.ts';
import type { CheckContents } from '../release/verify.ts';
import { type GateRequest, openGate } from './gate.ts';

/** May the bundle be used as stated? Limits are compared with what has been used up, and nothing is counted. Throws a Failure when there is no answer. */
export async function verify(request: GateRequest, terminal: Terminal): Promise<VerifyAnswer> {
  const gate = await openGate(request, terminal);
  const { source, close } = await openBundle(request.bundle, terminal.progress);
  const thread = createDigestThread();
  const contents: CheckContents = ({ statement }) => checkDigests(statement, source, { startDigest: thread.start });
  try {
    return await gate.decide(source, { contents, record: gate.log.verified });
  } finally {
    await thread.close();
    await close();
  }
}
