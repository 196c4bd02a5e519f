import { Failure } from '../base/diagnostic.ts';
import type { StatedUse } from '../license/use.ts';
import type { Answer, Released } from '../release/answer.ts';
import type { EventOf } from '../release/audit/event.ts';
import type { AuditLog } from '../release/audit/log.ts';
import { decisionEvent, exportStart } from '../release/audit/occasions.ts';

/** What the gate writes into the audit log. Each throws AUDIT when it cannot, and QUOTA when the log leaves no room for the use. */
export interface GateLog {
  /** A decision of verify. A use that the limits of the license have no room for is refused, and logged as that. */
  verified(answer: Answer, released: Released | undefined): Promise<void>;
  /** A decision of export: only a refusal, as what is allowed is logged when it starts. */
  decided(answer: Answer, released: Released | undefined): Promise<void>;
  /** An export that is about to release its first byte, and counts from now on; `file`: the one that was asked for. */
  started(released: Released, file: string | undefined): Promise<void>;
  /** How the export that was started has ended; `bytes` were released. */
  ended(released: Released, outcome: 'complete' | 'aborted' | 'failed', bytes: number): Promise<void>;
  /** The process ends now, and with it the export that was started. */
  interrupted(released: Released, bytes: number): void;
}

export function createGateLog(log: AuditLog, use: StatedUse): GateLog {
  let start: number | undefined;
  const occasion = (released: Released | undefined) => ({
    use,
    signed: released?.contextSigned === true,
    predicate: released?.statement.predicate,
  });
  const refuse = (command: 'verify' | 'export', answer: Pick<Answer, 'code' | 'license'>, released?: Released) =>
    log.append(() => decisionEvent(command, { ...answer, decision: 'deny' }, occasion(released)));
  const exportEnd = (
    { statement }: Released,
    outcome: 'complete' | 'aborted' | 'failed',
    bytes: number,
  ): EventOf<'export-end'> => ({
    type: 'export-end',
    start: start!,
    license: statement.predicate.id,
    outcome,
    bytes,
  });
  /** Whatever leaves no room is logged as a refusal. */
  const logged = async (command: 'verify' | 'export', released: Released, append: () => Promise<void>) => {
    try {
      await append();
    } catch (error) {
      if (error instanceof Failure && error.code === 'QUOTA')
        await refuse(command, { code: 'QUOTA', license: released.statement.predicate.id }, released);
      throw error;
    }
  };
  return {
    async verified(answer, released) {
      if (released === undefined) {
        await refuse('verify', answer);
        return;
      }
      await logged('verify', released, async () => {
        const asked = occasion(released);
        const hasRoom = exportStart(released.statement.predicate, asked);
        await log.append((view) => {
          hasRoom(view);
          return decisionEvent('verify', answer, asked);
        });
      });
    },
    async decided(answer, released) {
      if (released === undefined) await refuse('export', answer);
    },
    started: (released, file) =>
      logged('export', released, async () => {
        const entry = await log.append(exportStart(released.statement.predicate, occasion(released), file));
        start = entry.seq;
      }),
    async ended(released, outcome, bytes) {
      await log.append(() => exportEnd(released, outcome, bytes));
    },
    interrupted: (released, bytes) => void log.appendNow(() => exportEnd(released, 'aborted', bytes)),
  };
}
