import { Failure } from '../base/diagnostic.ts';
import type { DigestThread } from '../io/digest-thread.ts';
import { onInterrupt } from '../io/interrupt.ts';
import type { Terminal } from '../io/terminal.ts';
import { isRefusal, type Released, type VerifyAnswer } from '../release/answer.ts';
import type { BundleSource } from '../release/bundle-source.ts';
import { checkTime } from '../release/checks.ts';
import type { CheckContents } from '../release/verify.ts';
import type { GateRequest } from './gate.ts';

export interface ExportRequest extends GateRequest {
  /** A directory, or `-` for standard output. */
  readonly to: string;
  /** Name of the one data file that is wanted; undefined: all. */
  readonly file: string | undefined;
  /** The bundle is a tar on standard input, to be passed on as it comes. */
  readonly pipe: boolean;
  readonly replace: boolean;
}

/** `aborted`: some bytes went out, or part of some, and not all. `failed`: none did, or all, and the bundle was refused after. */
export type ExportEnd = 'complete' | 'aborted' | 'failed';

/** What watches over an export: limits, revocations and the audit log. Each may throw a Failure, which ends the export. */
export interface ExportHooks {
  /** Called once, when all is known that is known before the first byte is released: counts the export, and may refuse it. */
  start(license: Released): Promise<void>;
  /** Whether the license still holds; called at most every 10 s while an export runs. Its time is checked beside. */
  recheck(license: Released): Promise<void>;
  /** Called once after a `start` that did not throw, unless `interrupt` was. `bytes`: of data files, released in whole chunks. */
  end(license: Released, outcome: ExportEnd, bytes: number): Promise<void>;
  /** Called when a signal ends the process between `start` and `end`, which are then no more: what it does is done when it returns. */
  interrupt(license: Released, bytes: number): void;
}

export interface ExportOutcome {
  /** The decision, and why; null when the export ended before there was one. */
  readonly answer: VerifyAnswer | null;
  /** Why the export did not come to its end, where the checks of the answer do not say so. */
  readonly failure: Failure | undefined;
  /** Bytes of data files that were released. */
  readonly bytes: number;
  /** A stream began and did not come to its end. */
  readonly cut: boolean;
  /** Names of the data files that were released in whole. */
  readonly files: readonly string[];
}

/** What both ways out of a bundle are given. */
export interface Export {
  readonly request: ExportRequest;
  readonly source: BundleSource;
  /** Decides about the bundle, with these checks of its bytes. */
  readonly verify: (contents: CheckContents) => Promise<VerifyAnswer>;
  /** When that began: milliseconds since 1970-01-01T00:00:00Z. */
  readonly began: number;
  readonly hooks: ExportHooks;
  readonly terminal: Pick<Terminal, 'now' | 'send'>;
  readonly thread: Pick<DigestThread, 'start'>;
  /** For a tar that goes by once: checks that it ends. */
  readonly end: (() => Promise<void>) | undefined;
}

/** The start and the end of an export, which are told to the hooks as a pair. */
export interface Span {
  /** Throws what refuses it. */
  start(license: Released): Promise<void>;
  /** Nothing when there was no start. */
  end(outcome: ExportEnd): Promise<void>;
}

/** `bytes` says how many were released by then. */
export function createSpan(hooks: ExportHooks, bytes: () => number): Span {
  let open: { readonly license: Released; off(): void } | undefined;
  return {
    async start(license) {
      await hooks.start(license);
      open = { license, ...onInterrupt(() => hooks.interrupt(license, bytes())) };
    },
    async end(outcome) {
      if (open === undefined) return;
      try {
        await hooks.end(open.license, outcome, bytes());
      } finally {
        open.off();
      }
    },
  };
}

const recheckMs = 10_000;

/** Asks whether the license is still in force, and now and then whether it still holds. Throws what refuses it. */
export function createWatch({ hooks, began, terminal }: Export): (license: Released) => Promise<void> {
  let asked = began;
  return async (license) => {
    const now = terminal.now();
    checkTime(license.statement.predicate, now);
    // A clock that was set back is no reason not to ask.
    if (Math.abs(now - asked) < recheckMs) return;
    await hooks.recheck(license);
    asked = now;
  };
}

/** The answer, and why, after something behind it went wrong: a refusal turns it, anything else leaves it as it was. */
export function afterwards(answer: VerifyAnswer, error: unknown): Pick<ExportOutcome, 'answer' | 'failure'> {
  if (!(error instanceof Failure)) throw error;
  if (!isRefusal(error)) return { answer, failure: error };
  const { released: _, ...rest } = answer;
  return { answer: { ...rest, decision: 'deny', code: error.code }, failure: error };
}
