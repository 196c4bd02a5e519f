import { Failure, fail } from '../base/diagnostic.ts';
import { interruptLeaves } from '../io/interrupt.ts';
import type { Released } from '../release/answer.ts';
import { checkDigests } from '../release/digests.ts';
import { checkedChunks, chooseFile, parseChunkList, type ReleasedFile, readChunkList } from '../release/export.ts';
import { afterwards, createSpan, createWatch, type Export, type ExportOutcome } from './export-parts.ts';

type Result = Pick<ExportOutcome, 'answer' | 'failure'>;

/**
 * One data file to standard output, each chunk checked right before it goes out: from a source that can be read again behind the whole
 * verification, from a pipe behind all that is known before the data. Nothing is released behind a chunk that is not the signed one.
 */
export async function exportToStream(parts: Export): Promise<ExportOutcome> {
  const stream = createStream(parts);
  let result: Result;
  try {
    result = parts.end === undefined ? await fromStore(parts, stream) : await fromPipe(parts, parts.end, stream);
  } catch (error) {
    await stream.close(false);
    throw error;
  }
  await stream.close(result.answer?.decision === 'allow');
  return { ...result, ...stream.state() };
}

/** Everything is verified, then the file is read a second time, and goes out. */
async function fromStore({ request, source, verify, thread }: Export, stream: Stream): Promise<Result> {
  let file: ReleasedFile | undefined;
  const answer = await verify(async ({ statement }) => {
    file = chooseFile(statement, request.file);
    return checkDigests(statement, source, { startDigest: thread.start });
  });
  if (answer.released === undefined || file === undefined) return { answer, failure: undefined };
  const { statement } = answer.released;
  try {
    const list = await readChunkList(source, statement, file);
    await stream.send(answer.released, file, checkedChunks(source.read(file.name), file, list));
    return { answer, failure: undefined };
  } catch (error) {
    return afterwards(answer, error);
  }
}

/** The file goes out while it is verified. */
async function fromPipe(
  { request, source, verify, thread }: Export,
  end: () => Promise<void>,
  stream: Stream,
): Promise<Result> {
  try {
    const answer = await verify(async (license) => {
      const { statement } = license;
      const file = chooseFile(statement, request.file);
      const list: Buffer[] = [];
      const found = await checkDigests(statement, source, {
        startDigest: thread.start,
        copy(name, bytes) {
          if (name === file.chunks) return collect(bytes, list);
          if (name !== file.name) return undefined;
          const chunks = parseChunkList(Buffer.concat(list), statement, file);
          return stream.send(license, file, checkedChunks(bytes, file, chunks));
        },
      });
      await end();
      return found;
    });
    return { answer, failure: undefined };
  } catch (error) {
    if (!stream.state().cut || !(error instanceof Failure)) throw error;
    return { answer: null, failure: error };
  }
}

async function collect(bytes: AsyncIterable<Buffer>, into: Buffer[]): Promise<void> {
  for await (const piece of bytes) into.push(Buffer.from(piece));
}

/** Standard output, and what has gone out. */
interface Stream {
  send(license: Released, file: ReleasedFile, chunks: AsyncIterable<Buffer>): Promise<void>;
  state(): Pick<ExportOutcome, 'bytes' | 'cut' | 'files'>;
  /** To be called once, however the export ended. */
  close(allowed: boolean): Promise<void>;
}

function createStream(parts: Export): Stream {
  const { hooks, terminal } = parts;
  const watch = createWatch(parts);
  const files: string[] = [];
  let tried = false;
  let bytes = 0;
  const span = createSpan(hooks, () => bytes);
  // A chunk that was not taken may have gone out in part.
  const cut = (): boolean => tried && files.length === 0;
  return {
    state: () => ({ bytes, cut: cut(), files }),
    async send(license, file, chunks) {
      await watch(license);
      await span.start(license);
      for await (const chunk of chunks) {
        await watch(license);
        tried = true;
        interruptLeaves('what was written to standard output is incomplete');
        if (!(await terminal.send(chunk)))
          throw fail('FILE-WRITE', `nobody reads standard output any more; ${bytes} of ${file.bytes} bytes went out`);
        bytes += chunk.length;
      }
      files.push(file.name);
    },
    async close(allowed) {
      if (files.length > 0) interruptLeaves(undefined);
      await span.end(cut() ? 'aborted' : allowed && files.length > 0 ? 'complete' : 'failed');
    },
  };
}
