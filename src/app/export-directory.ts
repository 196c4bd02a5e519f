import { type Staging, stageDirectory, writeTogether } from '../io/staging.ts';
import type { VerifyAnswer } from '../release/answer.ts';
import { checkDigests } from '../release/digests.ts';
import { chooseFiles, type ReleasedFile } from '../release/export.ts';
import { envelopeName, licenseTextName } from '../release/layout.ts';
import { afterwards, createSpan, createWatch, type Export, type ExportOutcome } from './export-parts.ts';

/** Thrown so that what was staged is discarded; never leaves this module. */
const notReleased = new Error('not released');

/**
 * Data files, LICENSE.md and the envelope as a directory. Each file is read once: what is written beside the target is what is digested, and
 * gets its name when every digest was the one that was signed.
 */
export async function exportToDirectory(parts: Export): Promise<ExportOutcome> {
  const { hooks } = parts;
  const watch = createWatch(parts);
  let outcome: ExportOutcome = { answer: null, failure: undefined, bytes: 0, cut: false, files: [] };
  let released = 0;
  const span = createSpan(hooks, () => released);
  try {
    await writeTogether(async (stage) => {
      const { answer, files, staging } = await verifyCopied(parts, stage);
      outcome = { ...outcome, answer };
      const { released: license } = answer;
      if (license === undefined || staging === undefined) throw notReleased;
      await staging.write(envelopeName, [license.envelope]);
      try {
        await watch(license);
        await span.start(license);
      } catch (error) {
        outcome = { ...outcome, ...afterwards(answer, error) };
        throw notReleased;
      }
      const bytes = files.reduce((total, file) => total + file.bytes, 0);
      outcome = { ...outcome, bytes, files: files.map(({ name }) => name) };
    });
  } catch (error) {
    await span.end('failed');
    if (error !== notReleased) throw error;
    return outcome;
  }
  released = outcome.bytes;
  await span.end('complete');
  return outcome;
}

interface Copied {
  readonly answer: VerifyAnswer;
  readonly files: readonly ReleasedFile[];
  /** Present once the license was found good. */
  readonly staging: Staging | undefined;
}

/** Verifies the bundle, and stages its files as they are digested. */
async function verifyCopied(parts: Export, stage: (made: Staging) => Staging): Promise<Copied> {
  const { request, source, verify, thread, end } = parts;
  let files: readonly ReleasedFile[] = [];
  let staging: Staging | undefined;
  const answer = await verify(async ({ statement }) => {
    files = chooseFiles(statement, request.file);
    const made = stage(stageDirectory(request.to, request.replace));
    staging = made;
    const wanted = new Set([licenseTextName, ...files.map(({ name }) => name)]);
    const found = await checkDigests(statement, source, {
      startDigest: thread.start,
      copy: (name, bytes) => (wanted.has(name) ? made.write(name, bytes) : undefined),
    });
    await end?.();
    return found;
  });
  return { answer, files, staging };
}
