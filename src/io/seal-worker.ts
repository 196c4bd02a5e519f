import type { Cipher } from 'node:crypto';
import { parentPort } from 'node:worker_threads';
import { type ChunkDigest, createChunkDigest, type FileFacts } from '../release/chunks.ts';
import { createSpoolCipher } from './seal.ts';

/** What a thread of `createSealThread` is asked for. */
export type SealJob =
  | { readonly kind: 'key'; readonly key: Uint8Array }
  | { readonly kind: 'begin-file' }
  | { readonly kind: 'seal'; readonly memory: ArrayBuffer; readonly bytes: number }
  | { readonly kind: 'end-file' };

/** The memory with sealed bytes in it, or what is known of the file. */
export interface SealAnswer {
  readonly memory?: ArrayBuffer;
  readonly facts?: FileFacts;
}

let cipher: Cipher | undefined;
let digest: ChunkDigest | undefined;

parentPort?.on('message', (job: SealJob) => {
  switch (job.kind) {
    case 'key':
      cipher = createSpoolCipher(job.key);
      return answer({});
    case 'begin-file':
      digest = createChunkDigest();
      return answer({});
    case 'seal': {
      const bytes = Buffer.from(job.memory, 0, job.bytes);
      digest?.update(bytes);
      cipher!.update(bytes).copy(bytes);
      return answer({ memory: job.memory }, [job.memory]);
    }
    case 'end-file': {
      const facts = digest!.finish();
      digest = undefined;
      return answer({ facts });
    }
  }
});

function answer(message: SealAnswer, memory: ArrayBuffer[] = []): void {
  parentPort!.postMessage(message, memory);
}
