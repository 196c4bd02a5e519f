import { type PipedBundle, pipedBundle } from '../release/pipe.ts';
import { fileFailure } from './errors.ts';
import { inputIsTerminal } from './input.ts';

/** A tar on standard input that is read once, as it comes. */
export function openPipe(): PipedBundle & { close(): Promise<void> } {
  const { stdin } = process;
  if (stdin.isTTY) throw inputIsTerminal();
  return {
    ...pipedBundle(readable(stdin)),
    close: async () => void stdin.destroy(),
  };
}

async function* readable(input: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* input;
  } catch (error) {
    throw fileFailure(error, 'standard input', 'read');
  }
}
