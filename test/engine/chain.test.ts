import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Chain, chainOf, remembering, type Stage, selecting, stageOf } from '../../src/engine/chain.ts';
import { type Column, ColumnBuffer, Kind, textAt } from '../../src/table/column.ts';
import { INVALID, NEXT, Numeral } from '../../src/transforms/definition.ts';

/** What a value is and, unless it is null or invalid, its text. */
type Shown = readonly [kind: number, text: string];

function columnOf(values: readonly Shown[], base: number): Column {
  const column = new ColumnBuffer(1, 1);
  for (const [kind, text] of values) {
    column.ensureValues(column.count + 1);
    column.text(kind as Kind, text);
  }
  return Object.assign(column, { base, index: Int32Array.from(values, (_, i) => i) });
}

function shown(column: Column): Shown[] {
  return Array.from({ length: column.count }, (_, i) => {
    const kind = column.kind[i]!;
    return [kind, kind === Kind.null || kind === Kind.invalid ? '' : textAt(column, i)];
  });
}

/** Some become null, some invalid, some numbers; the others grow. */
const odd: Stage = stageOf(({ text, kind }) => {
  if (kind === Kind.null) return 'was null';
  if (text.endsWith('n')) return null;
  if (text.endsWith('i')) return INVALID;
  if (text.endsWith('7')) return new Numeral('7.00');
  if (text.endsWith('8')) return 8;
  return `<${text}>`;
});
const plain: Stage = stageOf(({ text, kind }) => `${kind}${text}é`);
const byOrdinal: Stage = stageOf(({ text, ordinal }) => `${text}@${ordinal}`);

const value = fc.oneof(
  fc.constantFrom<Shown>([Kind.null, ''], [Kind.number, '17'], [Kind.text, '17'], [Kind.text, '']),
  fc.stringMatching(/^[abé]{0,3}[ni78x]$/).map((text): Shown => [Kind.text, text]),
);
const batches = fc.array(fc.array(value, { maxLength: 30 }), { minLength: 1, maxLength: 6 });

function runBatches(chain: Chain, made: readonly (readonly Shown[])[]): Shown[] {
  let base = 0;
  return made.flatMap((batch) => {
    const results = shown(chain(columnOf(batch, base)));
    base += batch.length;
    return results;
  });
}

describe('a chain of transforms', () => {
  it('is each of them after the other; what became null or invalid stays so', () => {
    const one = (values: readonly Shown[], stage: Stage) => runBatches(chainOf([stage]), [values]);
    fc.assert(
      fc.property(batches, fc.array(fc.constantFrom(odd, plain), { maxLength: 4 }), (made, stages) => {
        const expected = stages.reduce<Shown[]>((values, stage, s) => {
          const isGone = ([kind]: Shown) => s > 0 && (kind === Kind.null || kind === Kind.invalid);
          return values.map((each) => (isGone(each) ? each : one([each], stage)[0]!));
        }, made.flat());
        expect(runBatches(chainOf(stages), made)).toEqual(expected);
      }),
      { numRuns: 200, seed: 1 },
    );
  });

  it('keeps the address of each value, whatever became null before', () => {
    const gone = stageOf(({ text }) => (text === 'n' ? null : text));
    const values = ['a', 'n', 'b', 'n', 'c'].map((text): Shown => [Kind.text, text]);
    const [first, second] = [values, values];
    expect(runBatches(chainOf([gone, byOrdinal]), [first, second]).map(([, text]) => text)).toEqual([
      'a@0',
      '',
      'b@2',
      '',
      'c@4',
      'a@5',
      '',
      'b@7',
      '',
      'c@9',
    ]);
  });

  it('writes text, numbers by their digits, and nulls', () => {
    const values = ['x', 'a7', 'a8', 'n', 'i'].map((text): Shown => [Kind.text, text]);
    expect(runBatches(chainOf([odd]), [values])).toEqual([
      [Kind.text, '<x>'],
      [Kind.number, '7.00'],
      [Kind.number, '8'],
      [Kind.null, ''],
      [Kind.invalid, ''],
    ]);
  });
});

describe('a chain that remembers', () => {
  it('gives what the chain gives', () => {
    fc.assert(
      fc.property(batches, fc.array(fc.constantFrom(odd, plain), { minLength: 1, maxLength: 3 }), (made, stages) => {
        expect(runBatches(remembering(chainOf(stages)), made)).toEqual(runBatches(chainOf(stages), made));
      }),
      { numRuns: 200, seed: 2 },
    );
  });

  it('runs the chain once for each value, and tells 17 from "17"', () => {
    const seen: string[] = [];
    const counting = remembering(
      chainOf([
        stageOf(({ text, kind }) => {
          seen.push(`${kind}:${text}`);
          return text.toUpperCase();
        }),
      ]),
    );
    const batch: Shown[] = [
      [Kind.text, 'a'],
      [Kind.text, '17'],
      [Kind.number, '17'],
      [Kind.text, 'a'],
      [Kind.null, ''],
    ];
    const expected = [
      [Kind.text, 'A'],
      [Kind.text, '17'],
      [Kind.text, '17'],
      [Kind.text, 'A'],
      [Kind.text, ''],
    ];
    expect(runBatches(counting, [batch, batch])).toEqual([...expected, ...expected]);
    expect(seen).toEqual([`${Kind.text}:a`, `${Kind.text}:17`, `${Kind.number}:17`, `${Kind.null}:`]);
  });

  it('gives the same when it has given up, and when it comes to its limit', () => {
    const distinct = (from: number, count: number): Shown[] =>
      Array.from({ length: count }, (_, i) => [Kind.text, `v${from + i}`]);
    // Few values at first, so that the trial is passed; then more than the limit of 2^16.
    const made = [
      ...Array.from({ length: 45 }, () => distinct(0, 4000)),
      ...Array.from({ length: 18 }, (_, i) => distinct(i * 4000, 4000)),
    ];
    expect(runBatches(remembering(chainOf([plain])), made)).toEqual(runBatches(chainOf([plain]), made));
    const fresh = Array.from({ length: 6 }, (_, i) => distinct(i * 4000, 4000));
    expect(runBatches(remembering(chainOf([plain])), fresh)).toEqual(runBatches(chainOf([plain]), fresh));
  });
});

describe('a stage that leaves values to the rest', () => {
  const chosen = stageOf(({ text }) => (text.endsWith('x') ? 'done' : text.endsWith('n') ? null : NEXT));

  it('is final where it answers; the rest sees the others as they stood', () => {
    fc.assert(
      fc.property(batches, fc.array(fc.constantFrom(odd, plain, byOrdinal), { maxLength: 3 }), (made, stages) => {
        const rest = () => chainOf(stages);
        const selected = chainOf([selecting(chosen, rest())]);
        const isFinal = ([, text]: Shown) => text.endsWith('x') || text.endsWith('n');
        const others = runBatches(rest(), made);
        const finals = runBatches(chainOf([chosen]), made);
        const expected = made.flat().map((value, i) => (isFinal(value) ? finals[i]! : others[i]!));
        expect(runBatches(selected, made)).toEqual(expected);
      }),
      { numRuns: 200, seed: 3 },
    );
  });

  it('leaves them as they stood, their kind too, when nothing follows', () => {
    const values: Shown[] = [
      [Kind.number, '1.10'],
      [Kind.text, 'x'],
      [Kind.boolean, 'true'],
      [Kind.text, ''],
    ];
    const results = runBatches(chainOf([selecting(chosen, chainOf([]))]), [values]);
    expect(results).toEqual([values[0], [Kind.text, 'done'], values[2], values[3]]);
  });

  it('sees what stands behind a stage before it, but for nulls and invalid values', () => {
    const values = ['an', 'ai', 'ax', '7'].map((text): Shown => [Kind.text, text]);
    const inner = stageOf(({ text }) => (text === '<ax>' ? 'done' : NEXT));
    expect(runBatches(chainOf([odd, selecting(inner, chainOf([byOrdinal]))]), [values])).toEqual([
      [Kind.null, ''],
      [Kind.invalid, ''],
      [Kind.text, 'done'],
      [Kind.text, '7.00@3'],
    ]);
  });
});
