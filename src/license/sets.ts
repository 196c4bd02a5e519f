/** What both lists hold, in the order of their text; a list that is missing holds everything. */
export function shared<T extends string>(a: readonly T[] | undefined, b: readonly T[] | undefined): T[] | undefined {
  if (a === undefined || b === undefined) return sorted(a ?? b);
  const held = new Set(b);
  return sorted(a.filter((item) => held.has(item)));
}

/** What either list holds, each once, in the order of its text. */
export function united<T extends string>(a: readonly T[] | undefined, b: readonly T[] | undefined): T[] | undefined {
  return a === undefined && b === undefined ? undefined : sorted([...(a ?? []), ...(b ?? [])]);
}

function sorted<T extends string>(items: readonly T[] | undefined): T[] | undefined {
  return items === undefined ? undefined : [...new Set(items)].sort();
}
