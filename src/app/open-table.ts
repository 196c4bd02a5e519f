import { randomBytes } from 'node:crypto';
import { at, Failure } from '../base/diagnostic.ts';
import { hkdfSha256 } from '../crypto/digest.ts';
import { createHmacBatch } from '../crypto/hmac.ts';
import { formats } from '../formats/index.ts';
import type { Split } from '../io/data-files.ts';
import { discardingSpool } from '../io/discard.ts';
import { type Input, openInput } from '../io/input.ts';
import { noProgress, type Progress } from '../io/progress.ts';
import { createSpool } from '../io/spool.ts';
import { planPolicy } from '../policy/plan.ts';
import type { Policy } from '../policy/policy.ts';
import { checkSplit, openData, requireHeader } from './open-data.ts';
import { openPopulation } from './open-population.ts';
import { hierarchiesOf, readPolicyFiles, resourcesOf, sampleKeyOf } from './policy-file.ts';
import type { TableInput } from './table-inputs.ts';
import type { OpenTable } from './table-run.ts';
import { textInput } from './text-input.ts';

export interface Opening {
  /** Format of the input, if it was said. */
  readonly format: string | undefined;
  /** When the output is split into files. */
  readonly split: Split | undefined;
  readonly keys: ReadonlyMap<string, Buffer>;
  /** Where the spool goes; undefined: the output is not kept. */
  readonly folder: string | undefined;
  /** Advanced by each reading of the input. */
  readonly progress?: Progress | undefined;
  /** Called with what is to be closed, as soon as it is open. */
  readonly opened: (resource: { close(): Promise<void> }) => void;
}

/** Open the input of a table, read its head, and bind the policy to its fields. Throws a Failure that names the input. */
export async function openTable({ policy, path }: TableInput, opening: Opening): Promise<OpenTable> {
  const files = await readPolicyFiles(policy);
  const { progress = noProgress } = opening;
  const raw = await openInput(path, progress);
  opening.opened(raw);
  const input = await textInput(raw, policy.input);
  const head = await openData(input, opening.format ?? policy.input.format, policy.input);
  const onRecords = (records: number) => progress.reached(records, 'records');
  const data = { ...head, options: { ...head.options, onRecords } };
  const outputFormat = formats.get(policy.output.format) ?? data.format;
  const { split } = opening;
  if (split !== undefined) checkSplit(outputFormat, path);
  const population = await openPopulation(policy, opening.opened);
  const secret = await streamSecret(policy, opening.keys, raw);
  const spool = opening.folder === undefined ? discardingSpool() : await createSpool(opening.folder);
  opening.opened(spool);
  const { fields } = data.opened;
  try {
    if (fields !== undefined && policy.input.header === undefined) requireHeader(policy, fields, input.name, data);
    const plan = planPolicy(policy, fields, resourcesOf(policy, opening.keys, files, secret));
    return {
      policy,
      raw,
      input,
      data,
      outputFormat,
      split,
      plan,
      sampleKey: sampleKeyOf(secret),
      hierarchy: hierarchiesOf(policy, files),
      population,
      spool,
    };
  } catch (error) {
    throw error instanceof Failure ? at(error, { file: input.name }) : error;
  }
}

/** Fresh randomness, or, where the policy says `reproducible`, what key, policy, table and input determine. */
async function streamSecret(policy: Policy, keys: ReadonlyMap<string, Buffer>, input: Input): Promise<Buffer> {
  if (policy.reproducible === undefined) return randomBytes(32);
  const key = keys.get(policy.reproducible.key)!;
  const stream = await input.open({ digest: true });
  const block = Buffer.allocUnsafe(1 << 20);
  while ((await stream.read(block, 0, block.length)) > 0);
  await stream.close();
  const keyed = Buffer.alloc(32);
  createHmacBatch(hkdfSha256(key, 'anon/v1/reproducible')).digest(input.digest(), 0, 32, keyed, 0);
  // Two tables of equal bytes share no noise.
  const table = policy.table === undefined ? '' : `/${policy.table}`;
  return hkdfSha256(key, `anon/v1/stream/${policy.digest}/${keyed.toString('hex')}${table}`);
}
