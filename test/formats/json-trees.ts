import fc from 'fast-check';

export type Json = null | boolean | number | string | readonly Json[] | Tree;
export type Tree = { readonly [key: string]: Json };

const key = fc.oneof(
  fc.constantFrom('a', 'b', 'c', 'd', 'd1', 'd2', 'é', '"', '\\n', '__proto__'),
  fc.string({ maxLength: 4 }),
);
const single = fc.oneof(
  fc.constantFrom<Json[]>(null, true, false, 0, -1.5, 1e100, '', 'x,y', '"]}', '\\', '\n\u0001', 'é😀'),
  fc.string({ unit: 'grapheme', maxLength: 6 }),
);

const { tree } = fc.letrec<{ tree: Tree; json: Json }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    single,
    fc.array(tie('json'), { maxLength: 4 }),
    tie('tree'),
  ),
  tree: fc.array(fc.tuple(key, tie('json')), { maxLength: 5 }).map((entries) => Object.fromEntries(entries)),
}));

/** Objects, at most a few levels deep. */
export const value: fc.Arbitrary<Tree> = tree;

/** The JSON of `json` on one line, with white space and escapes strewn in as the numbers say (0 … 5). */
export function spaced(json: Json, numbers: Iterator<number>): string {
  const space = () => ['', '', ' ', '\t', '  ', ' \r '][numbers.next().value]!;
  const text = (s: string) => {
    if (numbers.next().value < 3) return JSON.stringify(s);
    return `"${Array.from({ length: s.length }, (_, i) => `\\u${s.charCodeAt(i).toString(16).padStart(4, '0')}`).join('')}"`;
  };
  if (typeof json === 'string') return text(json);
  if (json === null || typeof json !== 'object') return JSON.stringify(json);
  const [open, close] = Array.isArray(json) ? '[]' : '{}';
  const inner = Array.isArray(json)
    ? json.map((one) => space() + spaced(one, numbers) + space())
    : Object.entries(json).map(
        ([k, one]) => `${space()}${text(k)}${space()}:${space()}${spaced(one, numbers)}${space()}`,
      );
  return open + (inner.length > 0 ? inner.join(',') : space()) + close;
}
