import { openBundle } from '../io/bundle-files.ts';
import type { Terminal } from '../io/terminal.ts';
import type { VerifyAnswer } from '../release/answer.ts';
import { type GateRequest, openGate } from './gate.ts';

/** May the bundle be used as stated? Nothing is counted, so what the license limits by number is refused. Throws a Failure when there is no answer. */
export async function verify(request: GateRequest, terminal: Terminal): Promise<VerifyAnswer> {
  const gate = await openGate(request, terminal);
  const { source, close } = await openBundle(request.bundle, terminal.progress);
  try {
    return await gate.decide(source, {
      stateful: { canCountExports: false, canCountUsers: false, canVerifyContext: true },
    });
  } finally {
    await close();
  }
}
