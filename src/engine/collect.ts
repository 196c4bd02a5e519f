import { paced } from '../base/steps.ts';
import type { Replacement } from './choice.ts';
import type { FieldRun } from './field-run.ts';
import { createGather } from './gather.ts';
import { readFiles } from './input-files.ts';
import type { Peers } from './peers.ts';
import { type RunRequest, scanRequest } from './request.ts';
import type { Selection } from './selection.ts';

/** Read the input for what its records refer to in the table itself: the last of the selection's filters notes it. */
export async function noteReferences(request: RunRequest, selection: Selection): Promise<void> {
  const { plan, files, options } = request;
  request.onPass?.('references');
  const wanted = new Set(selection.needs);
  const reading = readFiles(
    files,
    scanRequest(request, (slot) => wanted.has(slot)),
    { options, digest: false },
  );
  const { columns, gather } = createGather(plan.fields.length);
  const values: Replacement[] = [...columns];
  const select = selection.begin();
  for await (const batch of reading.batches()) {
    gather(batch);
    select(batch, columns, values);
  }
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
  const { plan, files, options } = request;
  const tables = runs.flatMap(({ table }, slot) => (table === undefined ? [] : [{ slot, table }]));
  if (tables.length === 0) return;
  request.onPass?.('collect');
  const slots = tables.map(({ slot }) => slot);
  const wanted = new Set([...selection.needs, ...slots.flatMap((slot) => [slot, ...peers.of(slot)])]);

  const reading = readFiles(
    files,
    scanRequest(request, (slot) => wanted.has(slot)),
    { options, digest: false },
  );
  const { columns, gather } = createGather(plan.fields.length);
  const values: Replacement[] = [...columns];
  const select = selection.begin();
  for await (const batch of reading.batches()) {
    gather(batch);
    const { chosen } = select(batch, columns, values);
    peers.enter(slots, batch, columns);
    for (const { slot, table } of tables) table.collect(columns[slot]!, batch.firstRecord, chosen);
  }
  for (const { table } of tables) await paced(table.finish(), request.breathe);
}
