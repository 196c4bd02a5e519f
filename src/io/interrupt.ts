const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const cleanups = new Set<() => void>();
let leaves: string | undefined = 'nothing was written';
let listening = false;

/** Run `cleanup` when the process is interrupted, until `off` is called. */
export function onInterrupt(cleanup: () => void): { off(): void } {
  cleanups.add(cleanup);
  return { off: () => void cleanups.delete(cleanup) };
}

/** Say what an interrupt leaves behind from now on; undefined: what was asked for is done, and interrupts change nothing. */
export function interruptLeaves(what: string | undefined): void {
  leaves = what;
}

/**
 * On a signal, and on an error that nothing has caught: clean up, say so, and exit with status 2. To be called once, by the
 * program.
 */
export function exitOnInterrupt(say: (leaves: string) => void, sayUncaught: (error: unknown) => void): void {
  if (listening) return;
  listening = true;
  for (const signal of signals) {
    process.once(signal, () => {
      if (leaves === undefined) return;
      cleanUp();
      say(leaves);
      process.exit(2);
    });
  }
  process.once('uncaughtException', (error) => {
    cleanUp();
    sayUncaught(error);
    process.exit(2);
  });
}

function cleanUp(): void {
  for (const cleanup of cleanups) {
    try {
      cleanup();
    } catch {
      // The others are to be cleaned up all the same.
    }
  }
}
