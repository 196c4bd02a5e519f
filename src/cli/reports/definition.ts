import type { CheckOutcome } from '../../app/check.ts';

export interface ReportOptions {
  readonly color: boolean;
  /** Characters of a line. */
  readonly columns: number;
  /** Warnings count as errors. */
  readonly strict: boolean;
}

/** Writes what a check found in one format, ending in a line feed. */
export type RenderReport = (outcome: CheckOutcome, options: ReportOptions) => string;

/** Does the answer say that something is wrong? */
export function hasFailed({ findings, standards }: CheckOutcome, strict: boolean): boolean {
  return (
    findings.some(({ severity }) => severity === 'error' || (strict && severity === 'warning')) ||
    standards.some(({ lines }) => lines.some(({ status }) => status === 'fail'))
  );
}

/** Rule and message of a line of a standard that is not passed. */
export function lineText(name: string, { id, title, why }: { id: string; title: string; why: string }): string {
  return `${name} ${id} ${title}: ${why}`;
}
