import { wordsOfName } from '../detect/definition.ts';
import type { FieldRule } from '../policy/policy.ts';
import { defineLint } from './definition.ts';
import { derivedSteps, transformPath } from './released.ts';

export const linkingDomains = defineLint({
  name: 'linking-domains',
  summary: 'One domain makes the codes of fields of different kinds.',
  why: 'Equal values then have equal codes across these fields: whoever knows the code of an account number in one finds it in the other.',
  severity: 'warning',
  examples: {
    found: `keys: { k: { env: K } }
domains: { all: { key: k } }
fields:
  patient_id: { role: identifier, transform: { tokenize: { domain: all } } }
  ward: { role: sensitive, transform: { tokenize: { domain: all } } }`,
    not: `keys: { k: { env: K } }
domains: { patient: { key: k } }
fields:
  patient_id: { role: identifier, transform: { tokenize: { domain: patient } } }
  referring_patient_id: { role: identifier, transform: { tokenize: { domain: patient } } }`,
  },
  check({ policy, tables }) {
    const all = tables.flatMap(({ table, fields }) => fields.flatMap((rule) => usesOf(rule, table)));
    return usesOfPolicy(all, policy.table).flatMap((use) => {
      const [first] = all.filter(({ domain, technique }) => domain === use.domain && technique === use.technique);
      if (first === undefined || first.rule === use.rule || alike(first.rule, use.rule)) return [];
      const message = `domain \`${use.domain}\` makes the codes of \`${first.rule.selector}\` and of \`${use.rule.selector}\``;
      const hint = 'a domain of its own for each kind of value; one for both only if their values are the same things';
      return [{ path: transformPath(use.rule), message, hint }];
    });
  },
});

interface Use {
  readonly rule: FieldRule;
  readonly table: string | undefined;
  readonly domain: string;
  /** Keys are separated by technique; where results are made up, those from different lists tell nothing of each other. */
  readonly technique: string;
}

function usesOf(rule: FieldRule, table: string | undefined): Use[] {
  return derivedSteps(rule).flatMap(({ definition, options }) =>
    (definition.references?.(options) ?? []).flatMap(({ section, name }) =>
      section === 'domains' && !looksElsewhere(definition.references!(options))
        ? [
            {
              rule,
              table,
              domain: name,
              technique: definition.invents ? `${definition.name} ${listsOf(options)}` : definition.name,
            },
          ]
        : [],
    ),
  );
}

/** Options that choose what is made up. */
function listsOf(options: unknown): string {
  return JSON.stringify({ ...(options as object), domain: undefined });
}

/** Keyed by the value of another field. */
function looksElsewhere(references: readonly { readonly section: string }[]): boolean {
  return references.some(({ section }) => section === 'fields');
}

function usesOfPolicy(uses: readonly Use[], table: string | undefined): readonly Use[] {
  return uses.filter((use) => use.table === table);
}

/** The same role and type, and a word of their names in common. */
function alike(a: FieldRule, b: FieldRule): boolean {
  const [mine, theirs] = [a, b].map(({ selector }) => wordsOfName(selector).split(' '));
  return a.role === b.role && a.type === b.type && mine!.some((word) => theirs!.includes(word));
}
