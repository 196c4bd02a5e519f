import { realpath } from 'node:fs/promises';
import { sep } from 'node:path';
import { fail } from '../base/diagnostic.ts';
import { openBundle } from '../io/bundle-files.ts';
import { openPipe } from '../io/bundle-pipe.ts';
import { createDigestThread } from '../io/digest-thread.ts';
import { checkTarget } from '../io/target.ts';
import type { Terminal } from '../io/terminal.ts';
import { isExport } from '../release/export.ts';
import { exportToDirectory } from './export-directory.ts';
import type { Export, ExportHooks, ExportOutcome, ExportRequest } from './export-parts.ts';
import { exportToStream } from './export-stream.ts';
import { openGate } from './gate.ts';

/**
 * Take the data out of a bundle, when the stated use is allowed and every byte is the one that was signed. Throws a Failure when there is no
 * answer.
 */
export async function exportBundle(request: ExportRequest, terminal: Terminal): Promise<ExportOutcome> {
  checkFlags(request);
  const gate = await openGate(request, terminal);
  if (request.to !== '-') await checkPlace(request);
  const pipe = request.pipe ? openPipe(terminal.progress) : undefined;
  const { source, close } = pipe ?? (await openBundle(request.bundle, terminal.progress));
  const thread = createDigestThread();
  try {
    const verify: Export['verify'] = (contents) => gate.decide(source, { contents, record: gate.log.decided });
    const hooks: ExportHooks = {
      start: (license) => gate.log.started(license, request.file),
      recheck: gate.recheck,
      end: gate.log.ended,
      interrupt: gate.log.interrupted,
    };
    const parts: Export = { request, source, verify, began: terminal.now(), hooks, terminal, thread, end: pipe?.end };
    return await (request.to === '-' ? exportToStream(parts) : exportToDirectory(parts));
  } finally {
    await thread.close();
    await close();
  }
}

function checkFlags({ bundle, to, pipe, replace }: ExportRequest): void {
  if (pipe && bundle !== '-')
    throw fail('USAGE', '--pipe takes a tar from standard input', {
      hint: 'name - as the bundle, or leave out --pipe',
    });
  if (to === '-' && replace) throw fail('USAGE', '--replace is for a directory, not for standard output');
}

async function checkPlace({ bundle, to, replace }: ExportRequest): Promise<void> {
  const reads = bundle === '-' ? [] : [bundle];
  const parent = await checkTarget(to, { kind: 'directory', replace, reads, replaceable: isExport });
  if (bundle === '-') return;
  const [inside, around] = await Promise.all([realpath(parent), realpath(bundle).catch(() => undefined)]);
  if (around !== undefined && (inside === around || inside.startsWith(around + sep)))
    throw fail('USAGE', 'lies inside the bundle, which would not be the one that was signed any more', {
      place: { file: to },
      hint: 'choose a folder outside of it',
    });
}
