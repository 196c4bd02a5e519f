import { thousands } from '../base/thousands.ts';
import type { Progress } from '../io/progress.ts';
import type { Terminal } from '../io/terminal.ts';
import { escaped, fitted } from './printable.ts';

export type ProgressMode = 'quiet' | 'usual' | 'verbose';

/** A terminal that shows how far a run is. */
export interface ProgressScreen {
  /** The same terminal: what is written through it takes the place of the line of progress. */
  readonly terminal: Terminal;
  /** Show from now on. Nothing is shown before. */
  start(mode: ProgressMode): void;
  /** Take the line of progress away, and show no more. */
  stop(): void;
}

/** Runs that take less show nothing. */
const patienceMs = 1000;
/** Between two versions of the line on a terminal, and between two lines elsewhere. */
const redrawMs = 100;
const lineMs = 10_000;

/**
 * On a terminal one line on standard error that is rewritten; elsewhere a line now and then, and only where it was asked for details.
 * `clock` counts milliseconds from any moment.
 */
export function createProgress(terminal: Terminal, clock: () => number = () => performance.now()): ProgressScreen {
  let next = Number.POSITIVE_INFINITY;
  let shown = false;
  let part: Part | undefined;

  function draw(): void {
    const now = clock();
    if (part === undefined || now < next) return;
    const columns = terminal.errColumns?.();
    const line = progressLine(part, now);
    next = now + (columns === undefined ? lineMs : redrawMs);
    shown = columns !== undefined;
    // A line that fills the last column would wrap.
    terminal.err(columns === undefined ? `${line}\n` : `\r${fitted(line, columns - 1)}\x1b[K`);
  }

  function clear(): void {
    if (shown) terminal.err('\r\x1b[K');
    shown = false;
  }

  const progress: Progress = {
    begin(name, totalBytes) {
      part = { name, totalBytes, began: clock(), bytes: 0, count: 0, things: '' };
      if (shown) next = 0;
      draw();
    },
    advance(bytes) {
      if (part !== undefined) part.bytes += bytes;
      draw();
    },
    reached(count, things) {
      if (part !== undefined) Object.assign(part, { count, things });
      draw();
    },
  };

  return {
    terminal: {
      ...terminal,
      progress,
      out(text) {
        clear();
        return terminal.out(text);
      },
      send(bytes) {
        clear();
        return terminal.send(bytes);
      },
      err(text) {
        clear();
        terminal.err(text);
      },
    },
    start(mode) {
      const rewrites = terminal.errColumns?.() !== undefined;
      if (mode === 'quiet' || (mode === 'usual' && !rewrites)) return;
      next = clock() + (rewrites ? patienceMs : lineMs);
    },
    stop() {
      clear();
      next = Number.POSITIVE_INFINITY;
    },
  };
}

interface Part {
  readonly name: string;
  readonly totalBytes: number | undefined;
  readonly began: number;
  bytes: number;
  count: number;
  things: string;
}

/** `reading  45 %  1,234,567 records  123 MB/s  12 s left`, as far as it is known. */
function progressLine({ name, totalBytes, began, bytes, count, things }: Part, now: number): string {
  const seconds = (now - began) / 1000;
  const speed = seconds > 0.5 && bytes > 0 ? bytes / seconds : undefined;
  const known = totalBytes !== undefined && totalBytes > 0;
  const left = known && speed !== undefined ? Math.max(0, totalBytes - bytes) / speed : undefined;
  return [
    escaped(name),
    ...(known ? [`${Math.min(100, Math.floor((bytes / totalBytes) * 100))} %`.padStart(5)] : []),
    ...(count > 0 ? [`${thousands(count)} ${things}`] : []),
    ...(speed === undefined ? [] : [`${(speed / 1e6).toFixed(speed < 1e7 ? 1 : 0)} MB/s`]),
    ...(left === undefined ? [] : [`${duration(left)} left`]),
  ].join('  ');
}

/** `12 s`, `3 min 05 s`, `2 h 10 min` */
function duration(seconds: number): string {
  const whole = Math.ceil(seconds);
  const two = (n: number) => String(n).padStart(2, '0');
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${two(whole % 60)} s`;
  return `${Math.floor(whole / 3600)} h ${two(Math.floor((whole % 3600) / 60))} min`;
}
