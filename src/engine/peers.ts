import { Failure } from '../base/diagnostic.ts';
import type { Batch } from '../formats/batch.ts';
import type { Plan } from '../policy/plan.ts';
import type { Policy } from '../policy/policy.ts';
import { isRepeated, sharedElement } from '../policy/selectors.ts';
import type { SlotColumn } from './gather.ts';
import { siblingsOf } from './siblings.ts';

/** What steps and conditions see of their records: which they are, and other fields of them. */
export interface Peers {
  /** The fields that the steps and the condition of this slot look at. */
  of(slot: number): readonly number[];
  /** Show the steps of these slots the batch that they are about to run over. */
  enter(slots: Iterable<number>, batch: Batch, columns: readonly SlotColumn[]): void;
}

/** Throws a Failure when a step looks at a field that the data does not have. */
export function peersOf(policy: Policy, plan: Plan): Peers {
  const slots = plan.fields.map(({ peers, rule }) =>
    peers.map(({ field }) => {
      const slot = plan.fields.findIndex(({ name }) => name === field);
      if (slot >= 0) return slot;
      const path =
        rule.selector === ''
          ? ['fields']
          : ['fields', rule.selector, rule.choice?.fields.has(field) ? 'when' : 'transform'];
      throw new Failure([
        policy.problem('POLICY-MEANING', path, `it looks at \`${field}\`, and the data has no such field`),
      ]);
    }),
  );
  // Where both repeat, they stand beside each other in the same element.
  const elements = plan.fields.map(({ peers, name }) =>
    peers.map(({ field, ofRecord }) => (!ofRecord && isRepeated(field) ? sharedElement(name, field) : undefined)),
  );
  return {
    of: (slot) => slots[slot]!,
    enter(entered, batch, columns) {
      for (const slot of entered) {
        plan.fields[slot]!.records.enter(columns[slot]!, batch.firstRecord);
        plan.fields[slot]!.peers.forEach((peer, i) => {
          const other = slots[slot]![i]!;
          const levels = elements[slot]![i];
          if (levels === undefined) peer.enter(columns[slot]!, columns[other]!, batch.records);
          else peer.enterBeside(columns[slot]!, columns[other]!, siblingsOf(batch, slot, other, levels));
        });
      }
    },
  };
}
