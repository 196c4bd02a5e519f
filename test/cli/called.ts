import { main } from '../../src/cli/main.ts';
import { type Terminal, usesColor } from '../../src/io/terminal.ts';
import type { RunResult } from './session.ts';

type Environment = Terminal['env'];

let under = false;

/** What a run of the program with these arguments gives, in this process: its folder and environment are those of the run meanwhile. */
export async function called(args: readonly string[], env: Environment, cwd: string): Promise<RunResult> {
  // The folder and the environment are one for the whole process.
  if (under) throw new Error('a call is under way: await it before the next');
  under = true;
  const restore: (() => void)[] = [];
  const stdout: Buffer[] = [];
  const stderr: string[] = [];
  try {
    restore.push(inFolder(cwd), inEnvironment(env), withoutListeners());
    const status = await main(args, collecting(env, stdout, stderr));
    return { status, stdout: Buffer.concat(stdout).toString(), stderr: stderr.join('') };
  } finally {
    for (const back of restore) back();
    under = false;
  }
}

/** As `createTerminal` makes one where nothing is a terminal. */
function collecting(env: Environment, stdout: Buffer[], stderr: string[]): Terminal {
  const send = async (bytes: string | Uint8Array): Promise<boolean> => {
    // A copy: whoever sends bytes may use their memory again.
    stdout.push(Buffer.from(bytes as Uint8Array));
    return true;
  };
  return {
    env,
    color: usesColor(env, false),
    outColor: usesColor(env, false),
    columns: undefined,
    errColumns: () => undefined,
    peakMemory: () => process.resourceUsage().maxRSS * 1024,
    now: () => Date.now(),
    out: async (text) => void (await send(text)),
    send,
    err: (text) => void stderr.push(text),
    askSecret: async () => null,
  };
}

/** What Node itself reads from the environment, such as the folder for temporary files, is not in the terminal. */
function inEnvironment(env: Environment): () => void {
  const before = new Map(Object.keys(env).map((name) => [name, process.env[name]]));
  const set = (name: string, value: string | undefined) => {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  };
  for (const [name, value] of Object.entries(env)) set(name, value);
  return () => {
    for (const [name, value] of before) set(name, value);
  };
}

function inFolder(cwd: string): () => void {
  const before = process.cwd();
  process.chdir(cwd);
  return () => process.chdir(before);
}

/** The program listens for what ends it, which is to end this process without a word, as before. */
function withoutListeners(): () => void {
  const before = endings.map((name) => process.rawListeners(name));
  return () => {
    for (const [i, name] of endings.entries()) {
      for (const listener of process.rawListeners(name)) {
        if (!before[i]!.includes(listener)) process.off(name, listener as () => void);
      }
    }
  };
}

const endings = ['SIGINT', 'SIGTERM', 'SIGHUP', 'uncaughtException'];
