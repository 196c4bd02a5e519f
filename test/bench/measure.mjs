import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const preload = fileURLToPath(new URL('usage.cjs', import.meta.url));

/**
 * Run each job `runs` times as a process of its own, one at a time and in turns (A B A B), so that whatever slows the
 * machine down slows all of them. A job is `{ name, args, out }`: arguments of node, and the path that it writes, if any.
 * Returns by name the medians `{ seconds, cpuSeconds, peakBytes }` and the `answers`, what each run wrote to standard output.
 * Throws when a process fails.
 */
export function measureInTurns(jobs, runs) {
  const measured = new Map(jobs.map(({ name }) => [name, []]));
  for (let run = 1; run <= runs; run++) {
    for (const job of jobs) {
      if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${job.name}, run ${run} of ${runs}`);
      measured.get(job.name).push(runOnce(job));
    }
  }
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  return new Map([...measured].map(([name, all]) => [name, summary(all)]));
}

/** The middle of the sorted values, the upper one of two. */
export function median(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}

function runOnce({ name, args, out }) {
  if (out !== undefined) rmSync(out, { recursive: true, force: true });
  const began = performance.now();
  const { status, output } = spawnSync(process.execPath, ['--require', preload, ...args], {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    encoding: 'utf8',
  });
  const seconds = (performance.now() - began) / 1000;
  const [, answer, problems, usage] = output ?? [];
  if (status !== 0) throw new Error(`${name} failed with status ${status}:\n${answer}${problems}`);
  return { seconds, answer, ...JSON.parse(usage) };
}

function summary(all) {
  const middle = (figure) => median(all.map((one) => one[figure]));
  return {
    seconds: middle('seconds'),
    cpuSeconds: middle('cpuSeconds'),
    peakBytes: middle('peakBytes'),
    answers: all.map(({ answer }) => answer),
  };
}
