import type { Pass } from '../engine/request.ts';
import { noProgress } from '../io/progress.ts';
import type { Terminal } from '../io/terminal.ts';
import { totalSize } from './open-files.ts';
import type { OpenTable, Watch } from './table-run.ts';

/** How long each phase took, in milliseconds. */
export type Phases = readonly { readonly name: string; readonly ms: number }[];

export interface Stopwatch {
  readonly phases: Phases;
  /** The phase of this name has ended. */
  phase(name: string): void;
}

export function stopwatch(): Stopwatch {
  let began = performance.now();
  const phases: { name: string; ms: number }[] = [];
  return {
    phases,
    phase(name) {
      const now = performance.now();
      phases.push({ name, ms: now - began });
      began = now;
    },
  };
}

/** Of one table each reading is a phase; of several, what is read of each, and what is written. Progress is told each reading. */
export function watchOf(
  tables: readonly OpenTable[],
  { phase }: Stopwatch,
  { progress = noProgress }: Terminal,
): Watch {
  let current = 'plan';
  return (table, event) => {
    if (event !== 'begun' && event !== 'done') {
      const read = tables.find(({ policy }) => policy.table === table);
      progress.begin(table === undefined ? parts[event] : `${parts[event]} ${table}`, sizeOf(event, read));
    }
    if (table !== undefined && event === 'begun') phase(`read ${table}`);
    else if (table !== undefined && event === 'done') phase(`write ${table}`);
    else if (table === undefined && event !== 'begun') {
      phase(current);
      current = event;
    }
  };
}

const parts: Readonly<Record<Pass, string>> = {
  population: 'reading the population',
  count: 'counting',
  references: 'reading references',
  collect: 'collecting',
  'pass 1': 'reading',
  search: 'searching',
  'pass 2': 'writing',
};

/** Bytes that a reading goes through. */
function sizeOf(pass: Pass, table: OpenTable | undefined): number | undefined {
  if (pass === 'population' || pass === 'search') return undefined;
  return table === undefined || table.data.options.maxRecords !== undefined ? undefined : totalSize(table.inputs);
}
