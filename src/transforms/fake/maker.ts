import { type ColumnBuffer, Kind } from '../../table/column.ts';
import { Fraction } from './fraction.ts';
import { compile, type Node } from './grammar.ts';

/** Writes values of a grammar, each determined by a seed. */
export interface Maker {
  /** Bytes of a seed, uniform and independent of others; at most 32, a digest. */
  readonly seedBytes: number;
  /** Longest value. */
  readonly bytes: number;
  readonly kind: Kind;
  /** Write the value of the seed at `at`; `output` has room for `bytes` bytes. */
  write(seed: Buffer, at: number, output: ColumnBuffer): void;
}

export function makerOf(grammar: Node, kind: Kind = Kind.text): Maker {
  const { bits, bytes, write } = compile(grammar);
  const words = Math.ceil((bits + spareBits) / 32);
  if (words > mostWords) throw new Error('a digest has too few bits for these values');
  const choice = new Fraction(words);
  return {
    seedBytes: 4 * words,
    bytes,
    kind,
    write(seed, at, output) {
      choice.load(seed, at);
      write(choice, output);
    },
  };
}

/** Of a seed, beyond those that tell values apart: no value is likelier than its share by more than a factor of 1 + 2^-64. */
const spareBits = 64;
const mostWords = 8;
