import { didYouMean } from '../base/suggest.ts';
import { listed } from './issues.ts';
import type { ForeignKey, PathInPolicy, Policy } from './policy.ts';
import type { FieldOptions } from './schema.ts';
import { isRepeated, readSelector } from './selectors.ts';
import type { Part } from './source.ts';
import { stepsOf } from './steps.ts';
import type { View } from './views.ts';

type Report = (path: PathInPolicy, message: string, hint?: string, part?: Part) => void;

/** Those of a table in the order of its fields; what is no `TABLE.FIELD` is passed over. */
export function foreignKeysOf({ entries }: View): ForeignKey[] {
  return [...entries.fields].flatMap(([field, options]) => {
    const target = targetOf(options);
    return target === undefined ? [] : [{ field, ...target, onOrphan: options['on-orphan'] ?? 'drop' }];
  });
}

/** Names of tables hold no dot, so the first one ends it; `visits.$.patient.id` is a path of JSON data. */
function targetOf({ references }: Partial<FieldOptions>): Pick<ForeignKey, 'table' | 'to'> | undefined {
  const dot = references?.indexOf('.') ?? -1;
  if (references === undefined || dot <= 0 || dot === references.length - 1) return undefined;
  return { table: references.slice(0, dot), to: references.slice(dot + 1) };
}

/** Check what fields refer to, and that no tables refer to each other in a circle; a table may refer to itself. */
export function checkForeignKeys(views: readonly View[], error: Report): void {
  const byName = new Map(views.map((view) => [view.table, view]));
  const parents = new Map(views.map((view) => [view.table, new Set<string>()]));
  for (const view of views) {
    const names = views.flatMap(({ table }) => (table === undefined || table === view.table ? [] : [table]));
    for (const [field, options] of view.entries.fields) {
      const at = (option: string) => view.within(['fields', field, option]);
      if (options.references === undefined) {
        if (options['on-orphan'] === undefined) continue;
        error(at('on-orphan'), '`on-orphan` stands without `references`', 'add `references: TABLE.FIELD`', 'key');
        continue;
      }
      const place = at('references');
      const target = targetOf(options);
      const parent = byName.get(target?.table);
      if (view.table === undefined) {
        error(place, 'there is no other table to refer to', 'write the tables of the data under `tables`');
      } else if (target === undefined) {
        error(place, `\`${options.references}\` is no field of a table`, 'write `TABLE.FIELD`');
      } else if (target.table === view.table && target.to === field) {
        error(place, `\`${field}\` refers to itself`, 'name the field that identifies a record of the table');
      } else if (parent === undefined) {
        const known = names.length > 0 ? `the other tables are ${listed(names)}` : 'there is no other table';
        error(place, `there is no table \`${target.table}\``, didYouMean(target.table, names) ?? known);
      } else {
        const problem = keyProblem(view, field, parent, target.to);
        if (problem !== undefined) error(place, ...problem);
        if (target.table === view.table) continue;
        if (leadsTo(parents, target.table, view.table)) {
          const hint = 'a table is written after those that it refers to';
          error(place, `tables \`${view.table}\` and \`${target.table}\` refer to each other`, hint);
        } else parents.get(view.table)!.add(target.table);
      }
    }
  }
  for (const [one, other] of caseTwins(views.flatMap(({ table }) => table ?? []))) {
    error(['tables', other], `some systems take \`${other}\` for \`${one}\``, 'choose another name', 'key');
  }
}

/** The policies with those first that others refer to; otherwise in their order. */
export function parentsFirst(policies: readonly Policy[]): Policy[] {
  const ordered = new Set<Policy>();
  const add = (policy: Policy): void => {
    for (const { table } of policy.foreignKeys) {
      if (table !== policy.table) add(policies.find((candidate) => candidate.table === table)!);
    }
    ordered.add(policy);
  };
  policies.forEach(add);
  return [...ordered];
}

/** Both fields have one value in a record, are written, and in such a way that equal values stay equal. */
function keyProblem(child: View, field: string, parent: View, to: string): [string, string?] | undefined {
  const fields = parent.entries.fields;
  const other = fields.get(to);
  if (other === undefined) {
    const names = [...fields.keys()];
    return [`table \`${parent.table}\` has no field \`${to}\``, didYouMean(to, names) ?? `it has ${listed(names)}`];
  }
  for (const selector of [field, to]) {
    if (isRepeated(selector)) return [`\`${selector}\` repeats within a record`, 'name a field with one value'];
    if (readSelector(selector).kind === 'glob') return [`\`${selector}\` is a glob`, 'name one column'];
  }
  const own = stepsOf(field, child.entries.fields.get(field)!).map(({ step }) => step);
  const theirs = stepsOf(to, other).map(({ step }) => step);
  // A transform with a problem was told already.
  if (own.length === 0 || theirs.length === 0) return undefined;
  if (child.entries.fields.get(field)!.when !== undefined || other.when !== undefined) {
    return [
      'a condition writes equal values in different ways, so they would not match',
      'do the same in every record',
    ];
  }
  for (const { definition, options } of [...own, ...theirs]) {
    const { name, effect, deterministic } = definition;
    if (effect === 'drop') return ['a field that is dropped has no values to compare', 'leave `references` out'];
    if (effect === 'change' && !(typeof deterministic === 'function' ? deterministic(options) : deterministic)) {
      return [`\`${name}\` makes other values of equal ones, so none would match`, 'use one domain in both tables'];
    }
    if (definition.references?.(options).some(({ section }) => section === 'fields')) {
      const message = `\`${name}\` looks at another field, so equal values would not match`;
      return [message, 'choose a technique that looks at this field alone'];
    }
  }
  const form = (steps: typeof own) =>
    JSON.stringify(steps.map(({ definition, options }) => [definition.name, options]));
  if (form(own) !== form(theirs)) {
    const message = `\`${field}\` and \`${parent.table}.${to}\` are written in different ways, so values would not match`;
    return [message, 'give both the same transform with the same options'];
  }
  return undefined;
}

function leadsTo(parents: ReadonlyMap<string | undefined, ReadonlySet<string>>, from: string, to: string): boolean {
  return from === to || [...parents.get(from)!].some((parent) => leadsTo(parents, parent, to));
}

/** Names that differ by case alone: each table has a file of its name. */
function caseTwins(names: readonly string[]): [string, string][] {
  const seen = new Map<string, string>();
  return names.flatMap((name): [string, string][] => {
    const one = seen.get(name.toLowerCase());
    seen.set(name.toLowerCase(), one ?? name);
    return one === undefined ? [] : [[one, name]];
  });
}
