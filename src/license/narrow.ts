import { constraints } from './constraints/index.ts';
import type { Conflict, ConstraintDefinition } from './definition.ts';
import type { Terms } from './terms.ts';

/** Terms of which any member may be missing. */
export type SomeTerms = Partial<Terms>;
/** Names and positions within `terms`. */
export type TermPath = readonly (string | number)[];

/**
 * The terms that allow what both `a` and `b` allow, and oblige to what either obliges. Where nothing is allowed by both, the conflicts
 * say why; their members are missing.
 */
export function narrowTerms(
  a: SomeTerms,
  b: SomeTerms,
): { readonly terms: SomeTerms; readonly conflicts: readonly Conflict[] } {
  const conflicts: Conflict[] = [];
  const terms: SomeTerms = {};
  for (const constraint of all) {
    const narrowed = constraint.narrow(a, b);
    if ('conflict' in narrowed) conflicts.push(narrowed);
    else Object.assign(terms, narrowed.terms);
  }
  return { terms, conflicts };
}

/** Members by which `child` allows what `parent` does not, or obliges to less; none: `child` is within `parent`. */
export function exceeding(child: SomeTerms, parent: SomeTerms): string[] {
  return all.flatMap((constraint) => {
    const both = constraint.narrow(parent, child);
    if ('conflict' in both) return [both.conflict];
    const alone = constraint.narrow(child, child);
    if ('conflict' in alone) return [alone.conflict];
    return Object.keys(constraint.members).filter(
      (name) => JSON.stringify(memberOf(both.terms, name)) !== JSON.stringify(memberOf(alone.terms, name)),
    );
  });
}

/** Words, each by itself, that allow what `base` does not, or oblige to less. What is not said cannot widen. */
export function widening(words: SomeTerms, base: SomeTerms): TermPath[] {
  return all.flatMap((constraint) =>
    Object.keys(constraint.members).flatMap((name) =>
      wordsOf(name, memberOf(words, name))
        .filter(({ terms }) => {
          const narrowed = constraint.narrow(base, terms);
          return 'conflict' in narrowed || !holds(narrowed.terms, terms);
        })
        .map(({ path }) => path),
    ),
  );
}

// Each definition knows its own members only; together they are those of the terms.
const all = constraints.all as readonly ConstraintDefinition[];

function memberOf(terms: object, name: string): unknown {
  return (terms as Record<string, unknown>)[name];
}

/** Each item of a list, and each member of a map, as terms of its own. */
function wordsOf(name: string, value: unknown): { readonly path: TermPath; readonly terms: SomeTerms }[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value.map((item, i) => ({ path: [name, i], terms: { [name]: [item] } }));
  return Object.entries(value as object)
    .filter(([, member]) => member !== undefined)
    .map(([key, member]) => ({ path: [name, key], terms: { [name]: { [key]: member } } }));
}

/** Does `terms` still say what `words` say? */
function holds(terms: unknown, words: unknown): boolean {
  if (Array.isArray(words))
    return Array.isArray(terms) && words.every((word) => terms.some((term) => holds(term, word)));
  if (typeof words !== 'object' || words === null) return terms === words;
  if (typeof terms !== 'object' || terms === null) return false;
  return Object.entries(words).every(([name, word]) => word === undefined || holds(memberOf(terms, name), word));
}
