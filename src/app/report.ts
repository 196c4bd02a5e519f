import { at, Failure } from '../base/diagnostic.ts';
import { openBundle } from '../io/bundle-files.ts';
import { stageFile, writeTogether } from '../io/staging.ts';
import { checkTarget } from '../io/target.ts';
import type { Terminal } from '../io/terminal.ts';
import { readMember, readRelease } from '../release/integrity.ts';
import { reportName } from '../release/layout.ts';
import { bundlePage } from '../release/page/bundle-page.ts';

export interface ReportRequest {
  /** A directory, a tar, or `-` for a tar on standard input. */
  readonly bundle: string;
  /** Where the page goes; `-` is standard output. */
  readonly out: string;
  readonly replace: boolean;
}

/**
 * Write the page of a bundle, byte for byte its report.html where it has one. Throws a Failure when the bundle is not whole or cannot
 * be read; who made it is not asked.
 */
export async function report({ bundle, out, replace }: ReportRequest, terminal: Terminal): Promise<void> {
  if (out !== '-') await checkTarget(out, { kind: 'file', replace, reads: bundle === '-' ? [] : [bundle] });
  const text = await pageOf(bundle);
  if (out === '-') await terminal.out(text);
  else await writeTogether((stage) => stage(stageFile(out, replace)).write('', [Buffer.from(text)]));
}

async function pageOf(bundle: string): Promise<string> {
  const { source, close } = await openBundle(bundle);
  try {
    const { statement } = await readRelease(source);
    return bundlePage(statement.predicate, await readMember(source, statement, reportName));
  } catch (error) {
    throw error instanceof Failure ? at(error, { file: bundle }) : error;
  } finally {
    await close();
  }
}
