import { type Document, isMap, isScalar, type LineCounter, type Node, visit } from 'yaml';

/** Words under which somebody may have written a key instead of a reference to one. */
const secretWords = /key|secret|salt|pepper|seed|passw|passphrase|^sign$|^reproducible$/i;

/**
 * Lines of a policy (1-based) that no excerpt may show: whatever stands under `keys` and `output.sign`, under sections that are
 * not known (a mistyped `keys`), and text under a word like `key` unless it is the name of an entry of `keys`.
 */
export function secretLines(document: Document, lines: LineCounter, sections: readonly string[]): ReadonlySet<number> {
  const secret = new Set<number>();
  const hide = (node: unknown, from?: number) => {
    const range = (node as Node | null)?.range;
    if (!range) return;
    const last = lines.linePos(Math.max(range[0], range[1] - 1)).line;
    for (let line = lines.linePos(from ?? range[0]).line; line <= last; line++) secret.add(line);
  };
  const root = isMap(document.contents) ? document.contents : undefined;
  const entries = root?.get('keys');
  const names = new Set(isMap(entries) ? entries.items.map((pair) => textOf(pair.key)) : []);
  for (const pair of root?.items ?? []) {
    const name = textOf(pair.key);
    if (name === 'keys') hide(pair.value ?? pair.key, (pair.key as Node).range?.[0]);
    else if (!sections.includes(name)) hide(pair.value);
  }
  const output = root?.get('output');
  if (isMap(output)) hide(output.get('sign', true));
  visit(document, {
    Pair(_, pair) {
      if (!secretWords.test(textOf(pair.key))) return;
      const { value } = pair;
      if (!isScalar(value) || value.value === null || typeof value.value === 'boolean') return;
      if (!names.has(String(value.value))) hide(value);
    },
  });
  return secret;
}

/**
 * The same for text that is not well-formed, where nothing is known but the lines: from a line that speaks of keys or signing to
 * the next section that is indented no deeper; everything when the whole policy stands in braces.
 */
export function secretLinesOfText(text: readonly string[], sections: readonly string[]): ReadonlySet<number> {
  const secret = new Set<number>();
  const braces = /^\s*[{[]/.test(text.find((line) => /^\s*[^\s#%-]/.test(line)) ?? '');
  const section = new RegExp(`^(\\s*)["']?(?:${sections.join('|')})["']?\\s*:`);
  let within: number | undefined;
  text.forEach((line, i) => {
    const indent = section.exec(line)?.[1]?.length;
    if (within !== undefined && indent !== undefined && indent <= within) within = undefined;
    if (within === undefined && /keys?\b|secret|salt|pepper|seed|passw|passphrase|\bsign\b/i.test(line)) {
      within = line.search(/\S/);
    }
    if (braces || within !== undefined) secret.add(i + 1);
  });
  return secret;
}

function textOf(key: unknown): string {
  return isScalar(key) ? String(key.value) : '';
}
