import type { ExportOutcome } from '../app/export-parts.ts';
import type { Diagnostic } from '../base/diagnostic.ts';
import { failures } from '../base/failures.ts';
import { remedies } from '../base/remedies.ts';
import { thousands } from '../base/thousands.ts';
import { answerOf } from '../release/answer.ts';
import { printable } from '../release/names.ts';
import { renderAnswer } from './answer.ts';
import { diagnosticsJson, renderDiagnostics } from './diagnostics.ts';
import { asciiJson } from './json.ts';

export interface RenderedExport {
  /** What was decided and done. */
  readonly answer: string;
  /** Why it ended early. */
  readonly problems: string;
  /** Exit status: a stream that was cut short is no answer, whatever cut it. */
  readonly exit: 0 | 1 | 2;
}

/** What an export did: for people what went out, or every check when nothing did; as JSON the answer of verify. */
export function renderExport(
  outcome: ExportOutcome,
  to: string,
  { json, color, width }: { readonly json: boolean; readonly color: boolean; readonly width?: number | undefined },
): RenderedExport {
  const { answer, failure, cut } = outcome;
  const diagnostics = failure?.diagnostics ?? [];
  const exit = cut ? 2 : (failure?.exit ?? (answer?.decision === 'allow' ? 0 : 1));
  if (json) {
    const shown = answer === null ? { diagnostics: diagnosticsJson(diagnostics) } : answerOf(answer);
    return { answer: asciiJson(shown), problems: '', exit };
  }
  const problems = renderDiagnostics(diagnostics.map(withRemedy), { color });
  if (answer === null || failure !== undefined) return { answer: '', problems, exit };
  return {
    answer: answer.decision === 'allow' ? renderReleased(outcome, to) : renderAnswer(answer, width),
    problems,
    exit,
  };
}

/** A refusal says what to do next, as that of verify does. */
function withRemedy(diagnostic: Diagnostic): Diagnostic {
  const hint = diagnostic.hint ?? (failures[diagnostic.code].exit === 1 ? remedies[diagnostic.code] : undefined);
  return hint === undefined ? diagnostic : { ...diagnostic, hint };
}

function renderReleased({ answer, bytes, files }: ExportOutcome, to: string): string {
  const size = `${thousands(bytes)} bytes`;
  const place = to === '-' ? 'standard output' : printable(to, 1000);
  const what = files.length === 1 ? printable(files[0]!) : `${thousands(files.length)} data files`;
  return `${place}: ${what}, ${size}\n  license: ${answer?.license}\n`;
}
