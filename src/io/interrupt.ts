const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const cleanups = new Set<() => Promise<unknown>>();
let listening = false;

/** Run `cleanup` when the process is interrupted, until `off` is called. */
export function onInterrupt(cleanup: () => Promise<unknown>): { off(): void } {
  cleanups.add(cleanup);
  return { off: () => void cleanups.delete(cleanup) };
}

/** On a signal: clean up, say so, and exit with status 2. To be called once, by the program. */
export function exitOnInterrupt(say: (signal: string) => void): void {
  if (listening) return;
  listening = true;
  for (const signal of signals) {
    process.once(signal, async () => {
      await Promise.allSettled([...cleanups].map((cleanup) => cleanup()));
      say(signal);
      process.exit(2);
    });
  }
}
