import type { Policy } from '../policy/policy.ts';
import { traitsOf } from '../transforms/definition.ts';
import { defineLint } from './definition.ts';
import { isDropped, transformPath } from './released.ts';

export const lostKey = defineLint({
  name: 'lost-key',
  summary: 'A field by which records belong together loses its uniqueness.',
  why: 'Two people get one key: their records are joined, and counts of people are wrong.',
  severity: 'warning',
  examples: {
    found: `fields:
  id: { role: identifier, transform: { mask: { keep-last: 2 } } }
  age: { role: quasi-identifier, transform: keep }
privacy: { unit: id, models: [ { k-anonymity: { k: 5 } } ] }`,
    not: `keys: { k: { env: K } }
domains: { patient: { key: k } }
fields:
  id: { role: identifier, transform: { tokenize: { domain: patient } } }
  age: { role: quasi-identifier, transform: keep }
privacy: { unit: id, models: [ { k-anonymity: { k: 5 } } ] }`,
  },
  check({ policy, tables }) {
    const keys = keysOf(policy, tables);
    return policy.fields.flatMap((rule) => {
      const why = keys.get(rule.selector);
      if (why === undefined || isDropped(rule)) return [];
      const lossy = rule.steps.find(
        ({ definition, options }) => traitsOf(definition, options).keeps.uniqueness !== 'yes',
      );
      if (lossy === undefined) return [];
      const message = `\`${rule.selector}\` ${why}, and \`${lossy.definition.name}\` may make two values one`;
      return [
        { path: transformPath(rule), message, hint: '`tokenize` with a domain keeps different values different' },
      ];
    });
  },
});

function keysOf({ table, privacy, foreignKeys }: Policy, tables: readonly Policy[]): ReadonlyMap<string, string> {
  const keys = new Map<string, string>();
  if (privacy?.unit !== undefined) keys.set(privacy.unit, 'names the individual');
  for (const { field, table: parent } of foreignKeys) keys.set(field, `refers to \`${parent}\``);
  for (const other of tables) {
    for (const key of other.foreignKeys)
      if (key.table === table) keys.set(key.to, `is what \`${other.table}\` refers to`);
  }
  return keys;
}
