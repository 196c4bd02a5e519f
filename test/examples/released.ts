import { createHmac, hkdfSync } from 'node:crypto';
import { chmodSync, cpSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { expect, onTestFinished } from 'vitest';
import { type Workspace, workspace } from '../cli/session.ts';

export type Row = Readonly<Record<string, string>>;

export interface Released {
  readonly space: Workspace;
  readonly text: string;
  /** What the program said. */
  readonly said: string;
}

/** Bytes of the key that every pseudonym key file of `released` holds. */
export const key = Buffer.alloc(32, 7);

/** `policies/NAME.yaml` applied by the binary to a data file of the examples: a bundle, and the text of its data. For one test, as `workspace`. */
export function released(
  name: string,
  input: string,
  env: Readonly<Record<string, string>> = {},
  whenDone: (remove: () => void) => void = onTestFinished,
): Released {
  const space = workspace(whenDone);
  for (const part of ['examples', 'policies']) {
    cpSync(part, join(space.dir, part), { recursive: true, filter: (path) => !path.endsWith('.key') });
  }
  for (const [, file] of readFileSync(`policies/${name}.yaml`, 'utf8').matchAll(/file: \.\/(\w+\.key)/g)) {
    chmodSync(space.write(`policies/${file}`, `${key.toString('base64')}\n`), 0o600);
  }
  const licensed = /^license:/m.test(readFileSync(`policies/${name}.yaml`, 'utf8'));
  const target = licensed ? ['--out', 'out', '--key', 'issuer.key'] : ['--data-only', 'out'];
  const { status, stderr } = space.run(['apply', `policies/${name}.yaml`, `examples/${input}`, ...target], { env });
  expect(stderr).not.toMatch(/warning|error/);
  expect(status).toBe(0);
  const folder = join(space.dir, existsSync(join(space.dir, 'out/data')) ? 'out/data' : 'out');
  const file = readdirSync(folder).find((candidate) => !candidate.endsWith('.chunks'))!;
  const bytes = readFileSync(join(folder, file));
  return { space, text: String(file.endsWith('.gz') ? gunzipSync(bytes) : bytes), said: stderr };
}

export const source = (input: string): string => readFileSync(`examples/${input}`, 'utf8');
export const rowsOf = (text: string): Row[] => parse(text, { columns: true }) as Row[];
// biome-ignore lint/suspicious/noExplicitAny: JSON that the test looks into.
export const eventsOf = (text: string): any[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

/** A token as DESIGN says: HKDF-SHA256 of the key, HMAC-SHA256 of the value, the first bits in base32 (RFC 4648, in lower case). */
export function token(domain: string, licensee: string, value: string, length: number): string {
  const derived = Buffer.from(hkdfSync('sha256', key, '', `anon/v1/tokenize/${domain}/${licensee}`, 32));
  const digest = createHmac('sha256', derived).update(value).digest();
  const bits = [...digest].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return Array.from(
    { length },
    (_, i) => 'abcdefghijklmnopqrstuvwxyz234567'[Number.parseInt(bits.slice(5 * i, 5 * i + 5), 2)]!,
  ).join('');
}

/** How many rows share each value of `of`. */
export function countBy<T>(rows: readonly T[], of: (row: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(of(row), (counts.get(of(row)) ?? 0) + 1);
  return counts;
}

/** Those of `values` that stand in `text`; each must be long enough not to stand there by chance. */
export function foundIn(text: string, values: Iterable<string>): string[] {
  const long = [...new Set(values)].filter((value) => value.length >= 6);
  expect(long.length).toBeGreaterThan(20);
  return long.filter((value) => text.includes(value));
}

/** Whole days from one date to another. */
export function daysBetween(from: string, to: string): number {
  return (Date.parse(to.slice(0, 10)) - Date.parse(from.slice(0, 10))) / 86_400_000;
}
