import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvOf, run } from '../harness.ts';

/** Letters and digits of a text as the check compares them, and the offsets at which words begin and end. */
function wordsOf(text: string): { joined: string; begins: Set<number>; ends: Set<number> } {
  const words =
    text
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
  const begins = new Set<number>();
  const ends = new Set<number>();
  let joined = '';
  for (const word of words) {
    begins.add(joined.length);
    joined += word;
    ends.add(joined.length);
  }
  return { joined, begins, ends };
}

/** Does a value stand in a text, as whole words or anywhere? */
function stands(value: string, text: string, anywhere: boolean): boolean {
  const { joined, begins, ends } = wordsOf(text);
  for (let at = joined.indexOf(value); at >= 0; at = joined.indexOf(value, at + 1)) {
    if (anywhere || (begins.has(at) && ends.has(at + value.length))) return true;
  }
  return false;
}

const parts = ['ab', 'abab', 'ABC', 'cab', 'é', 'e\u0301', 'É', 'bc', ' ', '-', ',', '"', '\n', ' the ', '_'];
const text = fc.array(fc.constantFrom(...parts), { maxLength: 8 }).map((some) => some.join(''));
const names = ['ab cab', 'Abab-cab-é', 'ABC abab', 'bcab', 'éab, ABCÉ', 'ababcabab', 'cab "ABC" bcé'];
/** Names as they may stand in free text, whole or within other words. */
const mention = fc
  .tuple(fc.constantFrom(...names), fc.constantFrom(...parts, ''), fc.nat({ max: 3 }))
  .map(([name, by, how]) => [name, name.toUpperCase(), name.normalize('NFD'), name.replace(/[ -]/g, '')][how]! + by);
const note = fc.array(fc.oneof(fc.constantFrom(...parts), mention), { maxLength: 5 }).map((some) => some.join(''));
const row = fc.tuple(fc.oneof(fc.constantFrom(...names), text), note, note);

describe('the leak check, against searching by its definition', () => {
  it('finds the same in the same records', async () => {
    const seen = { own: 0, others: 0 };
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 6 }), async (rows) => {
        const policy = `fields:
  name: { role: identifier, transform: drop }
  a: { role: insensitive, transform: keep }
  b: { role: insensitive, transform: keep }`;
        const { result } = await run({ policy, input: csvOf([['name', 'a', 'b'], ...rows]), leakCheck: true });

        const values = rows.map(([name]) => wordsOf(name).joined);
        const outputs = rows.map(([, a, b]) => csvOf([[a, b]]));
        const size = (value: string) => Buffer.byteLength(value);
        const own = rows.flatMap((_, r) =>
          size(values[r]!) >= 4 && stands(values[r]!, outputs[r]!, size(values[r]!) >= 8) ? [r + 1] : [],
        );
        const others = rows.flatMap((_, r) =>
          values.some(
            (value, v) =>
              v !== r &&
              size(value) >= 8 &&
              values.filter((each) => each === value).length === 1 &&
              stands(value, outputs[r]!, false),
          )
            ? [r + 1]
            : [],
        );
        if (own.length > 0) seen.own++;
        if (others.length > 0) seen.others++;
        const first = (identifier: string | undefined) => {
          const rowsFound = result.leak!.findings.filter((f) => f.identifier === identifier).map((f) => f.firstRow);
          return rowsFound.length === 0 ? undefined : Math.min(...rowsFound);
        };
        expect({ own: first('name'), others: first(undefined) }).toEqual({ own: own[0], others: others[0] });
      }),
      { numRuns: 400, seed: 1 },
    );
    // The tables are such that there is something to find.
    expect(Math.min(seen.own, seen.others)).toBeGreaterThan(20);
  });
});
