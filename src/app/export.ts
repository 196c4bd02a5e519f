import { realpath } from 'node:fs/promises';
import { sep } from 'node:path';
import { fail } from '../base/diagnostic.ts';
import { openBundle } from '../io/bundle-files.ts';
import { openPipe } from '../io/bundle-pipe.ts';
import { createDigestThread } from '../io/digest-thread.ts';
import { checkTarget } from '../io/target.ts';
import type { Terminal } from '../io/terminal.ts';
import { isExport } from '../release/export.ts';
import { verifyBundle } from '../release/verify.ts';
import { exportToDirectory } from './export-directory.ts';
import type { Export, ExportHooks, ExportOutcome, ExportRequest } from './export-parts.ts';
import { exportToStream } from './export-stream.ts';
import { verification } from './verify.ts';

/**
 * Take the data out of a bundle, when the stated use is allowed and every byte is the one that was signed. Throws a Failure when there is no
 * answer.
 */
export async function exportBundle(
  request: ExportRequest,
  terminal: Terminal,
  hooks: ExportHooks = unwatched,
): Promise<ExportOutcome> {
  checkFlags(request);
  const options = await verification(request, terminal);
  if (request.to !== '-') await checkPlace(request);
  const pipe = request.pipe ? openPipe() : undefined;
  const { source, close } = pipe ?? (await openBundle(request.bundle));
  const thread = createDigestThread();
  try {
    const verify: Export['verify'] = (contents) => verifyBundle(source, { ...options, contents });
    const parts: Export = { request, source, verify, began: options.now, hooks, terminal, thread, end: pipe?.end };
    return await (request.to === '-' ? exportToStream(parts) : exportToDirectory(parts));
  } finally {
    await thread.close();
    await close();
  }
}

/** A license that needs anything counted or logged was refused before: nothing here keeps state. */
const unwatched: ExportHooks = {
  start: async () => {},
  recheck: async () => {},
  end: async () => {},
};

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
