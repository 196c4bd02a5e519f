import { createGzip } from 'node:zlib';
import type { Sink } from '../engine/source.ts';

/** A sink that compresses, at a level from 1 to 9; call `end` after the last write. The gzip header holds neither name nor time: equal input, equal bytes. */
export function gzipSink(inner: Pick<Sink, 'write'>, level: number): Pick<Sink, 'write'> & { end(): Promise<void> } {
  const gzip = createGzip({ level });
  const done = (async () => {
    for await (const chunk of gzip) await inner.write(chunk as Buffer);
  })();
  // A failure of `inner` is thrown by whoever waits for it: `write` or `end`.
  done.catch(() => {});
  return {
    write: (bytes) =>
      Promise.race([
        done,
        new Promise<void>((resolve, reject) => {
          gzip.write(bytes, (error) => (error ? reject(error) : resolve()));
        }),
      ]),
    async end() {
      gzip.end();
      await done;
    },
  };
}
