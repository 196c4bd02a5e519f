import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ColumnBuffer } from '../../../src/table/column.ts';
import { Fraction } from '../../../src/transforms/fake/fraction.ts';
import { compile, type Node } from '../../../src/transforms/fake/grammar.ts';

function written(node: Node, seed: Uint8Array): string {
  const { bytes, write } = compile(node);
  const fraction = new Fraction(8);
  fraction.load(Buffer.from(seed), 0);
  const output = new ColumnBuffer(1, bytes);
  const { length } = output.bytes;
  write(fraction, output);
  // It promised how long a value can be.
  expect(output.bytes.length).toBe(length);
  expect(output.length).toBeLessThanOrEqual(bytes);
  return output.bytes.toString('utf8', 0, output.length);
}

/** Every text that a node can make, with the number of ways to make it. */
function outcomes(node: Node): Map<string, number> {
  if (typeof node === 'string') return new Map([[node, 1]]);
  const ways = new Map<string, number>();
  const add = (text: string, count: number) => ways.set(text, (ways.get(text) ?? 0) + count);
  if ('seq' in node) {
    const shown = node.order === undefined ? node.seq : node.order.map((part) => node.seq[part]!);
    return shown.map(outcomes).reduce(
      (before, after) => {
        const both = new Map<string, number>();
        for (const [a, m] of before) for (const [b, n] of after) both.set(a + b, (both.get(a + b) ?? 0) + m * n);
        return both;
      },
      new Map([['', 1]]),
    );
  }
  if ('chars' in node) return outcomes({ seq: Array<Node>(node.count).fill({ of: [...node.chars] }) });
  if ('luhn' in node) throw new Error('tried by itself');
  for (const inner of node.of) for (const [text, count] of outcomes(inner)) add(text, count);
  return ways;
}

const { node } = fc.letrec<{ node: Node }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small', maxDepth: 3 },
    fc.constantFrom('', 'a', 'é', '🜚', 'Ωµ'),
    fc.record({ chars: fc.constantFrom('01', 'xyz'), count: fc.integer({ min: 1, max: 2 }) }),
    fc.record({ of: fc.array(fc.constantFrom('u', 'vw', ''), { minLength: 1, maxLength: 3 }) }),
    fc.record({ of: fc.array(tie('node'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ seq: fc.array(tie('node'), { maxLength: 3 }) }),
    fc.record({
      seq: fc.array(tie('node'), { minLength: 3, maxLength: 3 }),
      order: fc.subarray([0, 1, 2]).chain((parts) => fc.shuffledSubarray(parts, { minLength: parts.length })),
    }),
  ),
}));

test('a grammar writes what its node describes, and no more outcomes than 2^bits', () => {
  fc.assert(
    fc.property(node, fc.uint8Array({ minLength: 32, maxLength: 32 }), (node, seed) => {
      const possible = outcomes(node);
      expect(possible.has(written(node, seed))).toBe(true);
      expect(Math.log2(possible.size)).toBeLessThanOrEqual(compile(node).bits + 1e-9);
      expect(compile(node).bytes).toBeGreaterThanOrEqual(
        Math.max(...[...possible.keys()].map((text) => Buffer.byteLength(text))),
      );
    }),
  );
});

describe('seeds go through the outcomes in order', () => {
  /** Seeds that divide [0, 1) evenly. */
  const all = (node: Node, count: number) =>
    Array.from({ length: count }, (_, i) => {
      const seed = Buffer.alloc(32);
      seed.writeUInt32BE(Math.ceil((i * 2 ** 32) / count), 0);
      return written(node, seed);
    });

  test('of lists, parts and characters', () => {
    expect(all({ seq: [{ of: ['a', 'b'] }, '-', { chars: '01', count: 2 }] }, 8)).toEqual([
      'a-00',
      'a-01',
      'a-10',
      'a-11',
      'b-00',
      'b-01',
      'b-10',
      'b-11',
    ]);
  });

  test('of parts that are chosen in one order and written in another, or not written', () => {
    const seq: Node[] = [{ of: ['a', 'b'] }, { of: ['c', 'd'] }, '-'];
    expect(all({ seq, order: [1, 2, 0] }, 4)).toEqual(['c-a', 'd-a', 'c-b', 'd-b']);
    expect(all({ seq, order: [1] }, 4)).toEqual(['c', 'd', 'c', 'd']);
    expect(all({ seq: [{ seq, order: [0] }, { of: ['x', 'y'] }] }, 4)).toEqual(['ax', 'ay', 'bx', 'by']);
    expect(all({ seq, order: [] }, 2)).toEqual(['', '']);
  });

  test('of weights', () => {
    expect(all({ of: ['a', { seq: ['b'] }, 'c'], weights: [1, 3, 2] }, 6).join('')).toBe('abbbcc');
    expect(compile({ of: ['a', 'b'], weights: [1, 7] }).bits).toBe(3);
  });
});

test('more characters than one choice gives', () => {
  const text = written({ chars: '0123456789abcdef', count: 40 }, Buffer.from('0123456789abcdef'.repeat(2), 'latin1'));
  // Hexadecimal digits of the seed itself.
  expect(text).toBe(Buffer.from('0123456789abcdef'.repeat(2), 'latin1').toString('hex').slice(0, 40));
});

test('check digits', () => {
  // ISO/IEC 7812-1; test numbers of the card schemes.
  for (const number of ['4111111111111111', '5555555555554444', '378282246310005', '79927398713']) {
    expect(written({ luhn: number.slice(0, -1) }, Buffer.alloc(32))).toBe(number);
  }
});

test('a choice among nothing is refused', () => {
  expect(() => compile({ of: [] })).toThrow('a choice is among');
});
