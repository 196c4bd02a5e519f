import { Failure } from '../base/diagnostic.ts';
import { createAddressedRandom, unit53 } from '../crypto/addressed-random.ts';
import { derivePrf } from '../crypto/prf.ts';
import type { Batch } from '../formats/batch.ts';
import { requireUnits } from './counting.ts';
import type { SlotColumn } from './gather.ts';
import { readFiles } from './input-files.ts';
import { type RunRequest, scanRequest } from './request.ts';
import { normalizationOf } from './roles.ts';

/** Says of the records of a batch which belong to the sample (1). Batches come in order. The answer is reused. */
export type Choose = (batch: Batch, columns: readonly SlotColumn[]) => Uint8Array;

export interface Sampling {
  /** The field whose equal values make records stay or go together. */
  readonly slot: number | undefined;
  /** A reading of the input begins. Every reading has the same sample. */
  begin(): Choose;
}

/**
 * The sample that the policy asks for; undefined where it asks for none. Throws a Failure when the data has no field `sample.per`.
 *
 * A share is a Bernoulli sample: every record, or with `per` every individual with all its records, stays with that probability,
 * independently of the others. A number of records is a simple random sample without replacement, which takes a reading to count.
 */
export async function createSampling(request: RunRequest): Promise<Sampling | undefined> {
  const { policy, sampleKey: key } = request;
  if (policy.sample === undefined) return undefined;
  if (key === undefined) throw new Error('a sample needs a key');
  const { share, records, per } = policy.sample;
  if (records !== undefined) {
    const total = await countRecords(request);
    return {
      slot: undefined,
      begin: () => chooseRecords(key, records, total),
    };
  }
  if (per === undefined) return { slot: undefined, begin: () => chooseShare(key, share!) };
  const slot = request.plan.fields.findIndex(({ name }) => name === per);
  if (slot < 0) {
    throw new Failure([policy.problem('POLICY-MEANING', ['sample', 'per'], `the data has no field \`${per}\``)]);
  }
  return { slot, begin: () => chooseUnits(request, key, share!, slot) };
}

function chooseShare(key: Uint8Array, share: number): Choose {
  const random = createAddressedRandom(key, drawBytes);
  return choosing((batch, chosen) => {
    for (let r = 0; r < batch.records; r++) {
      const at = random.at(batch.firstRecord + r);
      chosen[r] = unit53(random.bytes, at) < share ? 1 : 0;
    }
  });
}

/** The individuals whose keyed hash, read as a number in (0, 1), lies below the share: no list of individuals is kept. */
function chooseUnits({ policy, plan }: RunRequest, key: Uint8Array, share: number, slot: number): Choose {
  const { name } = plan.fields[slot]!;
  const prf = derivePrf(key, 'sample', '', '', normalizationOf(policy, name));
  let digests = Buffer.alloc(0);
  return choosing((batch, chosen, columns) => {
    const cells = columns[slot]!;
    requireUnits(batch, cells, name, 'the field by which the sample is taken');
    if (digests.length < 32 * cells.count) digests = Buffer.allocUnsafeSlow(64 * cells.count);
    prf.digestColumn(cells, digests);
    for (let i = 0; i < cells.count; i++) chosen[cells.record[i]!] = unit53(digests, 32 * i) < share ? 1 : 0;
  });
}

/**
 * Exactly `wanted` of `total` records, every set of them as likely: selection sampling (C. T. Fan, M. E. Muller, I. Rezucha, JASA 57,
 * 1962; Knuth, TAOCP 2, §3.4.2, algorithm S). A record stays with probability (still wanted) / (still to come).
 */
function chooseRecords(key: Uint8Array, wanted: number, total: number): Choose {
  const random = createAddressedRandom(key, drawBytes);
  let left = wanted;
  return choosing((batch, chosen) => {
    for (let r = 0; r < batch.records; r++) {
      const record = batch.firstRecord + r;
      const at = random.at(record);
      chosen[r] = unit53(random.bytes, at) * (total - record) < left ? 1 : 0;
      left -= chosen[r]!;
    }
  });
}

function choosing(fill: (batch: Batch, chosen: Uint8Array, columns: readonly SlotColumn[]) => void): Choose {
  let chosen = new Uint8Array(0);
  return (batch, columns) => {
    if (chosen.length < batch.records) chosen = new Uint8Array(batch.records * 2);
    fill(batch, chosen, columns);
    return chosen;
  };
}

async function countRecords(request: RunRequest): Promise<number> {
  const { files, options } = request;
  request.onPass?.('count');
  const reading = readFiles(
    files,
    scanRequest(request, () => false),
    { options, digest: false },
  );
  let total = 0;
  for await (const batch of reading.batches()) total += batch.records;
  return total;
}

const drawBytes = 8;
