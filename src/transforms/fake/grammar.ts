import type { ColumnBuffer } from '../../table/column.ts';
import { type Fraction, maxChoices } from './fraction.ts';

/**
 * What values are made from: a text; parts in a row, or of these only the ones that `order` names, each once, in its order (all are
 * chosen in that of `seq`, up to the last one named); one of several; `count` characters of an alphabet (ASCII).
 */
export type Node =
  | string
  | { readonly seq: readonly Node[]; readonly order?: readonly number[] }
  | { readonly of: readonly Node[]; readonly weights?: readonly number[] }
  | { readonly chars: string; readonly count: number }
  /** The digits of the inner node and their check digit (ISO/IEC 7812-1 annex B). */
  | { readonly luhn: Node };

/** A node made ready to write values. */
export interface Grammar {
  /** Bits that tell the likeliest to be told apart: no more than 2^bits outcomes, weights counted. */
  readonly bits: number;
  /** Longest value. */
  readonly bytes: number;
  /** Write a value at `output.length`, where `bytes` bytes are free. */
  readonly write: Writer;
}

type Writer = (choice: Fraction, output: ColumnBuffer) => void;

export function compile(node: Node): Grammar {
  if (typeof node === 'string') return literal(node);
  if ('seq' in node) return node.order === undefined ? sequence(node.seq.map(compile)) : ordered(node.seq, node.order);
  if ('chars' in node) return characters(node.chars, node.count);
  if ('luhn' in node) return withCheckDigit(compile(node.luhn));
  const { of, weights } = node;
  if (of.length === 0 || of.length > maxChoices) throw new Error('a choice is among 1 to 2^20');
  if (weights !== undefined) return weighted(of.map(compile), weights);
  return of.every((choice) => typeof choice === 'string') ? word(of) : choice(of.map(compile));
}

function literal(text: string): Grammar {
  const bytes = Buffer.from(text);
  return { bits: 0, bytes: bytes.length, write: (_, output) => append(output, bytes, 0, bytes.length) };
}

function sequence(parts: readonly Grammar[]): Grammar {
  const writers = parts.map(({ write }) => write);
  return {
    bits: parts.reduce((sum, { bits }) => sum + bits, 0),
    bytes: parts.reduce((sum, { bytes }) => sum + bytes, 0),
    write(choice, output) {
      for (let i = 0; i < writers.length; i++) writers[i]!(choice, output);
    },
  };
}

function ordered(nodes: readonly Node[], order: readonly number[]): Grammar {
  const parts = nodes.slice(0, Math.max(-1, ...order) + 1).map(compile);
  const whole = sequence(parts);
  if (order.length === parts.length && order.every((part, i) => part === i)) return whole;
  const scratch = Buffer.alloc(whole.bytes);
  const ends = new Int32Array(parts.length + 1);
  return {
    ...whole,
    write(choice, output) {
      const from = output.length;
      for (let i = 0; i < parts.length; i++) {
        parts[i]!.write(choice, output);
        ends[i + 1] = output.length - from;
      }
      const target = output.bytes;
      for (let at = ends[parts.length]! - 1; at >= 0; at--) scratch[at] = target[from + at]!;
      output.length = from;
      for (const part of order) append(output, scratch, ends[part]!, ends[part + 1]!);
    },
  };
}

function choice(parts: readonly Grammar[]): Grammar {
  const writers = parts.map(({ write }) => write);
  const count = writers.length;
  return {
    bits: Math.log2(count) + most(parts, 'bits'),
    bytes: most(parts, 'bytes'),
    write: (choice, output) => writers[choice.below(count)]!(choice, output),
  };
}

function weighted(parts: readonly Grammar[], weights: readonly number[]): Grammar {
  const writers = parts.map(({ write }) => write);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return {
    bits: Math.log2(total) + most(parts, 'bits'),
    bytes: most(parts, 'bytes'),
    write(choice, output) {
      let left = choice.below(total);
      let i = 0;
      while (left >= weights[i]!) left -= weights[i++]!;
      writers[i]!(choice, output);
    },
  };
}

/** One of many texts, which lie in one buffer. */
function word(texts: readonly string[]): Grammar {
  const bytes = Buffer.from(texts.join(''));
  const ends = new Int32Array(texts.length + 1);
  let longest = 0;
  texts.forEach((text, i) => {
    const size = Buffer.byteLength(text);
    ends[i + 1] = ends[i]! + size;
    longest = Math.max(longest, size);
  });
  return {
    bits: Math.log2(texts.length),
    bytes: longest,
    write(choice, output) {
      const i = choice.below(texts.length);
      append(output, bytes, ends[i]!, ends[i + 1]!);
    },
  };
}

/** As many characters at a time as one choice gives. */
function characters(alphabet: string, count: number): Grammar {
  const codes = Buffer.from(alphabet, 'latin1');
  const size = codes.length;
  const atOnce = Math.floor(Math.log2(maxChoices) / Math.log2(size));
  const powers = Array.from({ length: atOnce + 1 }, (_, group) => size ** group);
  return {
    bits: count * Math.log2(size),
    bytes: count,
    write(choice, output) {
      for (let left = count; left > 0; ) {
        const group = Math.min(left, atOnce);
        const target = output.bytes;
        const from = output.length;
        let drawn = choice.below(powers[group]!);
        for (let at = from + group - 1; at >= from; at--) {
          const rest = (drawn / size) | 0;
          target[at] = codes[drawn - rest * size]!;
          drawn = rest;
        }
        output.length = from + group;
        left -= group;
      }
    },
  };
}

function withCheckDigit({ bits, bytes, write }: Grammar): Grammar {
  return {
    bits,
    bytes: bytes + 1,
    write(choice, output) {
      const from = output.length;
      write(choice, output);
      let sum = 0;
      for (let at = output.length - 1, twice = true; at >= from; at--) {
        const digit = output.bytes[at]! - 0x30;
        if (digit < 0 || digit > 9) continue;
        sum += twice ? 2 * digit - (digit > 4 ? 9 : 0) : digit;
        twice = !twice;
      }
      output.bytes[output.length++] = 0x30 + ((10 - (sum % 10)) % 10);
    },
  };
}

function append(output: ColumnBuffer, bytes: Buffer, from: number, to: number): void {
  const target = output.bytes;
  let at = output.length;
  for (let i = from; i < to; i++) target[at++] = bytes[i]!;
  output.length = at;
}

function most(parts: readonly Grammar[], figure: 'bits' | 'bytes'): number {
  return parts.reduce((highest, part) => Math.max(highest, part[figure]), 0);
}
