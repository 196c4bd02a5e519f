import type { PathInPolicy } from './policy.ts';
import type { Parts } from './sections.ts';
import { isRepeated } from './selectors.ts';
import type { Part } from './source.ts';
import { stepsOf } from './steps.ts';

export type Report = (path: PathInPolicy, message: string, hint?: string, part?: Part) => void;

/** Techniques that work on all values of their fields: one a field; fields of one group have one value in a record, and agree. */
export function checkGroups({ fields, error }: { fields: Parts['entries']['fields']; error: Report }): void {
  const groups = new Map<string, { readonly selector: string; readonly agrees: Readonly<Record<string, unknown>> }>();
  for (const [selector, field] of fields) {
    const tables = stepsOf(selector, field).filter(({ step }) => step.definition.bindTable !== undefined);
    const [table] = tables;
    const selective = stepsOf(selector, field).find(({ step }) => step.definition.selective?.(step.options));
    const parted = field.when !== undefined ? 'a condition' : selective && `\`${selective.step.definition.name}\``;
    if (table !== undefined && parted !== undefined) {
      const message = `\`${table.step.definition.name}\` works on all values of its field, and ${parted} parts them`;
      error(table.path, message, 'leave one of the two out');
    }
    for (const { path, step } of tables.slice(1)) {
      const message = `\`${step.definition.name}\` stands behind \`${tables[0]!.step.definition.name}\`, and both work on all values`;
      error(path, message, 'keep one of the two');
    }
    for (const { step, options: path } of tables) {
      const group = step.definition.group?.(step.options);
      if (group === undefined) continue;
      if (isRepeated(selector)) {
        error(path, `\`${selector}\` repeats within a record, so it can join no group`, 'name a field with one value');
      }
      const key = `${step.definition.name}/${group.name}`;
      const first = groups.get(key) ?? { selector, agrees: group.agrees };
      groups.set(key, first);
      for (const [option, value] of Object.entries(group.agrees)) {
        if (value === first.agrees[option]) continue;
        const message = `\`${option}\` is not that of \`${first.selector}\`, which is of the same group`;
        error(path, message, 'give both the same, or two groups');
      }
    }
  }
}
