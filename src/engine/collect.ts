import { paced } from '../base/steps.ts';
import type { Batch } from '../formats/batch.ts';
import type { Replacement } from './choice.ts';
import type { FieldRun } from './field-run.ts';
import { createGather, type SlotColumn } from './gather.ts';
import { readFiles } from './input-files.ts';
import type { Peers } from './peers.ts';
import { type RunRequest, scanRequest } from './request.ts';
import type { Selection } from './selection.ts';

/** Read the input for what its records refer to in the table itself: the last of the selection's filters notes it. */
export async function noteReferences(request: RunRequest, selection: Selection): Promise<void> {
  request.onPass?.('references');
  for await (const _ of selectedBatches(request, selection, []));
}

/**
 * Read the input for the steps that look at all values of their field before they replace the first. Only the fields of such
 * steps and what chooses the records are located. Without such steps it is not read.
 */
export async function collectTables(
  request: RunRequest,
  runs: readonly FieldRun[],
  peers: Peers,
  selection: Selection,
): Promise<void> {
  const tables = runs.flatMap(({ table }, slot) => (table === undefined ? [] : [{ slot, table }]));
  if (tables.length === 0) return;
  request.onPass?.('collect');
  const slots = tables.map(({ slot }) => slot);
  const located = slots.flatMap((slot) => [slot, ...peers.of(slot)]);
  for await (const { batch, columns, chosen } of selectedBatches(request, selection, located)) {
    peers.enter(slots, batch, columns);
    for (const { slot, table } of tables) table.collect(columns[slot]!, batch.firstRecord, chosen);
  }
  for (const { table } of tables) await paced(table.finish(), request.breathe);
}

interface SelectedBatch {
  readonly batch: Batch;
  readonly columns: readonly SlotColumn[];
  /** As in `Selected`. */
  readonly chosen: Uint8Array | undefined;
}

/** A reading of the input that locates these slots, beside those that choose the records. */
async function* selectedBatches(
  request: RunRequest,
  selection: Selection,
  slots: readonly number[],
): AsyncGenerator<SelectedBatch> {
  const { plan, files, options } = request;
  const wanted = new Set([...selection.needs, ...slots]);
  const scan = scanRequest(request, (slot) => wanted.has(slot));
  const { columns, gather } = createGather(
    plan.fields.length,
    plan.fields.map(({ rule }) => rule.notation),
  );
  const values: Replacement[] = [...columns];
  const select = selection.begin();
  for await (const batch of readFiles(files, scan, { options, digest: false }).batches()) {
    gather(batch);
    const { chosen } = select(batch, columns, values);
    yield { batch, columns, chosen };
  }
}
