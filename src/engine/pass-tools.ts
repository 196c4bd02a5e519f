import type { Count } from './counting.ts';
import type { FieldRun } from './field-run.ts';
import type { LeakCheck } from './leak/leak-check.ts';
import type { Peers } from './peers.ts';
import type { RunRequest } from './request.ts';
import type { MeasuredSlots } from './roles.ts';
import type { Selection } from './selection.ts';

/** What a reading of the whole input works with. */
export interface PassTools {
  readonly request: RunRequest;
  readonly slots: MeasuredSlots;
  /** By slot. */
  readonly runs: readonly FieldRun[];
  readonly peers: Peers;
  readonly count: Count;
  /** Undefined where no identifiers are searched for. */
  readonly leak: LeakCheck | undefined;
  readonly selection: Selection;
}

/** How many records a reading found. */
export interface ReadRecords {
  readonly records: number;
  /** Records of the sample; all where none is taken. */
  readonly sampled: number;
  /** Records of the sample that no filter leaves out. */
  readonly measured: number;
}
