import { type PipedBundle, pipedBundle } from '../release/pipe.ts';
import { fileFailure } from './errors.ts';
import { inputIsTerminal } from './input.ts';
import { noProgress, type Progress } from './progress.ts';

/** A tar on standard input that is read once, as it comes. */
export function openPipe(progress: Progress = noProgress): PipedBundle & { close(): Promise<void> } {
  const { stdin } = process;
  if (stdin.isTTY) throw inputIsTerminal();
  return {
    ...pipedBundle(readable(stdin, progress)),
    close: async () => void stdin.destroy(),
  };
}

async function* readable(input: AsyncIterable<Uint8Array>, progress: Progress): AsyncGenerator<Uint8Array> {
  try {
    // How long it is, nobody knows before its end.
    progress.begin('checking');
    for await (const piece of input) {
      progress.advance(piece.length);
      yield piece;
    }
  } catch (error) {
    throw fileFailure(error, 'standard input', 'read');
  }
}
