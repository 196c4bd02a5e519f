import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { Failure } from '../base/diagnostic.ts';
import { hkdfSha256 } from '../crypto/digest.ts';
import { createHmacBatch } from '../crypto/hmac.ts';
import type { InputFiles } from '../engine/input-files.ts';
import { formats } from '../formats/index.ts';
import type { Split } from '../io/data-files.ts';
import { discardingSpool } from '../io/discard.ts';
import type { Progress } from '../io/progress.ts';
import { createSpool } from '../io/spool.ts';
import { planPolicy } from '../policy/plan.ts';
import type { Policy } from '../policy/policy.ts';
import { checkSplit, requireHeader } from './open-data.ts';
import { openFiles } from './open-files.ts';
import { openPopulation } from './open-population.ts';
import { hierarchiesOf, orderKeyOf, readPolicyFiles, resourcesOf, sampleKeyOf } from './policy-file.ts';
import type { TableInput } from './table-inputs.ts';
import type { OpenTable } from './table-run.ts';
import { textDigest } from './text-digest.ts';

export interface Opening {
  /** Format of the input, if it was said. */
  readonly format: string | undefined;
  /** When the output is split into files. */
  readonly split: Split | undefined;
  readonly keys: ReadonlyMap<string, Buffer>;
  /** The licensor wants source and output compared. */
  readonly compares: boolean;
  /** Where the spool goes; undefined: the output is not kept. */
  readonly folder: string | undefined;
  /** Advanced by each reading of the input. */
  readonly progress?: Progress | undefined;
  /** Called with what is to be closed, as soon as it is open. */
  readonly opened: (resource: { close(): Promise<void> }) => void;
}

/** Open the inputs of a table, read their heads, and bind the policy to its fields. Throws a Failure that names the input. */
export async function openTable({ policy, paths }: TableInput, opening: Opening): Promise<OpenTable> {
  const policyFiles = await readPolicyFiles(policy);
  const { inputs, files, data } = await openFiles({
    paths,
    form: { ...policy.input, format: opening.format ?? policy.input.format },
    opened: opening.opened,
    progress: opening.progress,
  });
  const outputFormat = formats.get(policy.output.format) ?? data.format;
  const { split } = opening;
  if (split !== undefined) checkSplit(outputFormat, paths[0]);
  const population = await openPopulation(policy, opening.opened);
  const secret = await streamSecret(policy, opening.keys, files);
  const spool = opening.folder === undefined ? discardingSpool() : await createSpool(opening.folder);
  opening.opened(spool);
  const waiting = policy.output.order === 'shuffled' ? await createSpool(opening.folder ?? tmpdir()) : undefined;
  if (waiting !== undefined) opening.opened(waiting);
  const { fields } = files.first.opened;
  try {
    if (fields !== undefined && policy.input.header === undefined)
      requireHeader(policy, fields, files.first.source.name, data);
    const plan = planPolicy(policy, fields, resourcesOf(policy, opening.keys, policyFiles, secret));
    return {
      policy,
      inputs,
      files,
      data,
      outputFormat,
      split,
      plan,
      sampleKey: sampleKeyOf(secret),
      shuffled: waiting && { spool: waiting, key: orderKeyOf(secret) },
      compares: opening.compares,
      hierarchy: hierarchiesOf(policy, policyFiles),
      population,
      spool,
    };
  } catch (error) {
    throw error instanceof Failure ? files.placed(error) : error;
  }
}

/** Fresh randomness, or, where the policy says `reproducible`, what key, policy, table and input determine. */
async function streamSecret(policy: Policy, keys: ReadonlyMap<string, Buffer>, files: InputFiles): Promise<Buffer> {
  if (policy.reproducible === undefined) return randomBytes(32);
  const key = keys.get(policy.reproducible.key)!;
  const keyed = Buffer.alloc(32);
  createHmacBatch(hkdfSha256(key, 'anon/v1/reproducible')).digest(await textDigest(files), 0, 32, keyed, 0);
  // Two tables of equal bytes share no noise.
  const table = policy.table === undefined ? '' : `/${policy.table}`;
  return hkdfSha256(key, `anon/v1/stream/${policy.digest}/${keyed.toString('hex')}${table}`);
}
