/** Definitions by name, in the order in which they were listed. Each folder's `index.ts` makes one. */
export interface Registry<D extends { readonly name: string }> {
  readonly all: readonly D[];
  readonly names: readonly string[];
  get(name: string): D | undefined;
}

export function registry<D extends { readonly name: string }>(kind: string, definitions: readonly D[]): Registry<D> {
  const byName = new Map<string, D>();
  for (const definition of definitions) {
    if (byName.has(definition.name)) throw new Error(`two ${kind}s are named ${definition.name}`);
    byName.set(definition.name, definition);
  }
  return { all: definitions, names: [...byName.keys()], get: (name) => byName.get(name) };
}
