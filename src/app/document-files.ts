import { fail } from '../base/diagnostic.ts';
import { addDuration, formatInstant, parseDay } from '../base/time.ts';
import { keyIdOf, parsePublicPem, writePublicPem } from '../crypto/keys.ts';
import { readRegularFile } from '../io/files.ts';
import { readSigningKey } from '../io/secrets.ts';
import { stageFile, writeTogether } from '../io/staging.ts';
import { checkTarget } from '../io/target.ts';
import type { Terminal } from '../io/terminal.ts';
import { placed } from './find-trust.ts';

/** How a document is signed and where it goes; of all commands that make the next version of one. */
export interface SigningRequest {
  /** Private key files. */
  readonly sign: readonly string[];
  readonly passphraseFile: string | undefined;
  /** Undefined: in the place of the version before. */
  readonly out: string | undefined;
}

export async function readSeeds({ sign, passphraseFile }: SigningRequest, terminal: Terminal): Promise<Buffer[]> {
  if (sign.length === 0) throw fail('USAGE', 'say who signs', { hint: '--sign KEY, a private key' });
  const seeds: Buffer[] = [];
  for (const file of sign) seeds.push(await readSigningKey(file, terminal, passphraseFile));
  return seeds;
}

/** Writes what must not stand there yet, or with `replace` the next version of what does. `record` is called before it has its name. */
export async function writeDocument(
  path: string,
  text: string,
  replace: boolean,
  record: () => Promise<unknown> = async () => {},
): Promise<void> {
  await checkTarget(path, { kind: 'file', replace, reads: [] });
  await writeTogether(async (stage) => {
    await stage(stageFile(path, replace)).write('', [Buffer.from(text)]);
    await record();
  });
}

/** The public key in a file, in the one form that anon writes. */
export async function readPublicPem(file: string): Promise<string> {
  const bytes = await readRegularFile(file, 64 * 1024, 'KEY-FORMAT');
  return placed(file, async () => writePublicPem(parsePublicPem(bytes.toString('utf8'))));
}

/** A key id as it is, or that of the public key in a file. */
export async function readKeyId(keyIdOrFile: string): Promise<string> {
  if (/^[0-9a-f]{64}$/.test(keyIdOrFile)) return keyIdOrFile;
  return keyIdOf(parsePublicPem(await readPublicPem(keyIdOrFile)));
}

/** The instant at which a UTC day begins, or with `inclusive` the one after it. */
export function instantOf(day: string, option: string, inclusive: boolean): string {
  const begin = parseDay(day);
  const ms = begin === null ? null : inclusive ? addDuration(begin, 'P1D') : begin;
  if (ms === null) throw fail('USAGE', `option '${option}' takes a day that exists, as YYYY-MM-DD`);
  return formatInstant(ms);
}

/** `now` and an ISO 8601 duration. */
export function instantAfter(now: number, duration: string, option: string): string {
  const ms = addDuration(now, duration);
  if (ms === null) throw fail('USAGE', `option '${option}' takes an ISO 8601 duration, for example P30D`);
  return formatInstant(ms);
}
