import { wordsOfName } from '../detect/definition.ts';
import type { FieldRule, Policy, Step } from '../policy/policy.ts';
import { dateShift } from '../transforms/date-shift.ts';
import type { TransformDefinition } from '../transforms/definition.ts';
import { drop } from '../transforms/drop.ts';
import { fake } from '../transforms/fake.ts';
import { generalize } from '../transforms/generalize.ts';
import { microaggregate } from '../transforms/microaggregate.ts';
import { noise } from '../transforms/noise.ts';
import { redact } from '../transforms/redact.ts';
import { round } from '../transforms/round.ts';
import { tokenize } from '../transforms/tokenize.ts';
import { topBottomCode } from '../transforms/top-bottom-code.ts';

/** The ways that a value of the field may go: one, or the two sides of a condition. */
export function branchesOf({ steps, choice }: FieldRule): readonly (readonly Step[])[] {
  return choice === undefined ? [steps] : [choice.steps, choice.otherwise];
}

export function stepsNamed(rule: FieldRule, definition: TransformDefinition): readonly Step[] {
  return rule.steps.filter((step) => step.definition === definition);
}

export function leavesAsIs(steps: readonly Step[]): boolean {
  return steps.every(({ definition, options }) => definition.effect === 'none' || definition.leavesAsIs?.(options));
}

/** May values of the field be written as they are? */
export function isKept(rule: FieldRule): boolean {
  return branchesOf(rule).some(leavesAsIs);
}

export function isDropped({ steps }: FieldRule): boolean {
  return steps.some(({ definition }) => definition.effect === 'drop');
}

/** Nothing of the value is written, whatever it is. */
export function isGone(rule: FieldRule): boolean {
  return branchesOf(rule).every((steps) =>
    steps.some(({ definition }) => definition === drop || definition === redact),
  );
}

/** What is written of the values: any text, digits that may be those of a number, or neither. */
export type Openness = 'text' | 'digits' | 'closed';

/** Transforms behind which no text of the value is left. One that is not listed counts as leaving it. */
const closing: ReadonlySet<TransformDefinition> = new Set<TransformDefinition>([
  drop,
  redact,
  tokenize,
  fake,
  dateShift,
  noise,
  microaggregate,
]);
const numeric: ReadonlySet<TransformDefinition> = new Set<TransformDefinition>([round, topBottomCode]);

export function opennessOf(rule: FieldRule): Openness {
  const ways = branchesOf(rule).map((steps) => {
    if (steps.some((step) => closing.has(step.definition) || broadens(step))) return 'closed';
    if (rule.type === 'boolean' || rule.type === 'date' || rule.type === 'datetime') return 'closed';
    if (rule.type === 'integer' || rule.type === 'number') return 'digits';
    return steps.some(({ definition }) => numeric.has(definition)) ? 'digits' : 'text';
  });
  return ways.includes('text') ? 'text' : ways.includes('digits') ? 'digits' : 'closed';
}

/** Generalized to labels that the policy lists; the beginning of a text is a part of it. */
function broadens({ definition, options }: Step): boolean {
  return definition === generalize && !leavesAsIs([{ definition, options }]) && !('prefix' in (options as object));
}

/** Makes codes by a key from the value, or from another of the record: whoever has the key can make them again. */
export function derivedSteps(rule: FieldRule): readonly Step[] {
  return rule.steps.filter(
    ({ definition, options }) =>
      definition !== dateShift && (definition.references?.(options) ?? []).some(({ section }) => section === 'domains'),
  );
}

/** Fields that are written, in any form. */
export function writtenFields({ fields }: Policy): readonly FieldRule[] {
  return fields.filter((rule) => !isGone(rule));
}

/** Does the name of the field hold one of these words, or runs of words? */
export function isNamed({ selector }: FieldRule, names: readonly string[]): boolean {
  const words = ` ${wordsOfName(selector)} `;
  return names.some((name) => words.includes(` ${name} `));
}

/** Individuals that every class of the output has at least, by the models of the policy; 0 without one that says so. */
export function smallestClass({ privacy }: Policy): number {
  const least = (privacy?.models ?? []).map(({ definition, options }) => definition.least(options));
  const most = Math.max(0, ...least);
  return most > 1 ? most : 0;
}

export function transformPath({ selector }: FieldRule): readonly string[] {
  return ['fields', selector, 'transform'];
}
