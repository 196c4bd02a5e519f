import { closeSync, fstatSync, openSync, writeSync } from 'node:fs';
import { ReadStream } from 'node:tty';
import { fileFailure } from './errors.ts';
import type { Progress } from './progress.ts';

/** What a command knows of the world around it. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Colours may be used on standard error. */
  readonly color: boolean;
  /** How many characters fit into a line of standard output; undefined where it is no terminal. */
  readonly columns?: number | undefined;
  /** Colours may be used on standard output. */
  readonly outColor?: boolean;
  /** How many characters fit into a line of standard error now; undefined where a line of it cannot be rewritten. */
  errColumns?(): number | undefined;
  /** How far the run is, for whoever waits. */
  readonly progress?: Progress;
  /** Most memory that the process has held so far, in bytes. */
  peakMemory?(): number;
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number;
  /** Text to standard output; bytes too. A reader that went away is not an error. */
  out(text: string | Uint8Array): Promise<void>;
  /** Bytes to standard output; false when nobody reads them any more. */
  send(bytes: Uint8Array): Promise<boolean>;
  /** Text to standard error. */
  err(text: string): void;
  /** Ask for a secret without showing it; null when nobody can be asked. */
  askSecret(question: string): Promise<Buffer | null>;
}

export function createTerminal(): Terminal {
  const { env } = process;
  let broken = false;
  // A broken pipe never changes a decision: what could not be shown is lost, the exit status stays. Other errors reach `out`.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') broken = true;
  });
  process.stderr.on('error', () => {});
  const toFile = isRegularFile(1);
  const send = async (bytes: string | Uint8Array): Promise<boolean> => {
    if (!toFile) return sendToStream(bytes);
    try {
      writeWhole(1, typeof bytes === 'string' ? Buffer.from(bytes) : bytes);
      return true;
    } catch (error) {
      throw fileFailure(error, 'standard output', 'write');
    }
  };
  const sendToStream = (bytes: string | Uint8Array): Promise<boolean> =>
    new Promise((resolve, reject) => {
      if (broken) return resolve(false);
      process.stdout.write(bytes, (error) => {
        if (!error) resolve(true);
        else if ((error as NodeJS.ErrnoException).code === 'EPIPE') resolve(false);
        else reject(fileFailure(error, 'standard output', 'write'));
      });
    });
  return {
    env,
    color: usesColor(env, process.stderr.isTTY),
    outColor: usesColor(env, process.stdout.isTTY),
    columns: process.stdout.columns,
    errColumns: () => (process.stderr.isTTY && env.TERM !== 'dumb' ? (process.stderr.columns ?? 80) : undefined),
    // In kibibytes, on every system.
    peakMemory: () => process.resourceUsage().maxRSS * 1024,
    now: () => Date.now(),
    out: async (text) => void (await send(text)),
    send,
    err: (text) => void process.stderr.write(text),
    askSecret,
  };
}

/** NO_COLOR (no-color.org) outweighs FORCE_COLOR (force-color.org), and both what the stream is. */
export function usesColor(env: Terminal['env'], isTTY: boolean | undefined): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== '0';
  return isTTY === true && env.TERM !== 'dumb';
}

function isRegularFile(fd: number): boolean {
  try {
    return fstatSync(fd).isFile();
  } catch {
    return false;
  }
}

/** A full disk takes a part of what it is given, which Node's stream for files takes for all of it: the rest then fails. */
function writeWhole(fd: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at);
}

const enter = 0x0d;
const newline = 0x0a;
const interrupt = 0x03;
const endOfInput = 0x04;
const erase = new Set([0x08, 0x7f]);

/** Read a line from the terminal itself, whatever standard input is, without echo. */
async function askSecret(question: string): Promise<Buffer | null> {
  let fd: number;
  try {
    fd = openSync('/dev/tty', 'r+');
  } catch {
    return null;
  }
  const tty = new ReadStream(fd);
  process.stderr.write(question);
  tty.setRawMode(true);
  const typed: number[] = [];
  try {
    for await (const chunk of tty) {
      for (const byte of chunk as Buffer) {
        if (byte === enter || byte === newline || byte === endOfInput) return Buffer.from(typed);
        if (byte === interrupt) return null;
        if (erase.has(byte)) typed.pop();
        else typed.push(byte);
      }
    }
    return null;
  } finally {
    tty.setRawMode(false);
    tty.destroy();
    process.stderr.write('\n');
    try {
      closeSync(fd);
    } catch {
      // The stream has closed it already.
    }
  }
}
