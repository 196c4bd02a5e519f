import type { InputStream } from '../engine/source.ts';
import type { Codec, Encoding } from '../formats/encodings/definition.ts';
import type { Input } from './input.ts';

export interface TextInput extends Input {
  /** How its bytes stand for text; undefined: UTF-8. */
  readonly codec: Codec | undefined;
}

const pieceBytes = 1 << 18;

/** The same input, read as UTF-8. `digest` and `close` stay those of the bytes as they came. */
export async function decodedInput(input: Input, encoding: Encoding): Promise<TextInput> {
  const codec = encoding.codecFor(await headOf(input, 4));
  if (codec === undefined) return { ...input, codec };
  return {
    ...input,
    codec,
    async open(options) {
      const stream = await input.open(options);
      const decoder = codec.decoder();
      const mark = Buffer.alloc(codec.mark.length);
      // The mark is even bytes in front of whole characters: places are told from the first byte of the input.
      for (let length = 0, read = 1; read > 0 && length < mark.length; length += read) {
        read = await stream.read(mark, length, mark.length - length);
      }
      return piped(stream, {
        next: async (bytes) => decoder.decode(bytes),
        async end() {
          decoder.end();
          return Buffer.alloc(0);
        },
      });
    },
  };
}

/** What a stage makes of the bytes that come in. What it returns may be reused by it. */
export interface Stage {
  next(bytes: Buffer): Promise<Buffer>;
  /** What is left, once. */
  end(): Promise<Buffer>;
}

/** A stream that goes through a stage. */
export function piped(stream: InputStream, stage: Stage): InputStream {
  const piece = Buffer.allocUnsafe(pieceBytes);
  let rest: Buffer = Buffer.alloc(0);
  let ended = false;
  return {
    async read(target, at, size) {
      while (rest.length === 0) {
        if (ended) return 0;
        const read = await stream.read(piece, 0, pieceBytes);
        ended = read === 0;
        rest = ended ? await stage.end() : await stage.next(piece.subarray(0, read));
      }
      const length = Math.min(size, rest.length);
      rest.copy(target, at, 0, length);
      rest = rest.subarray(length);
      return length;
    },
    close: stream.close,
  };
}

async function headOf(input: Input, size: number): Promise<Buffer> {
  const stream = await input.open();
  const bytes = Buffer.alloc(size);
  let length = 0;
  try {
    for (let read = 1; read > 0 && length < size; length += read) {
      read = await stream.read(bytes, length, size - length);
    }
  } finally {
    await stream.close();
  }
  return bytes.subarray(0, length);
}
