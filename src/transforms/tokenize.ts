import { z } from 'zod';
import {
  alphabetNames,
  bitsPerCharacter,
  defaultLength,
  maxLength,
  type TokenEncoder,
  tokenEncoder,
} from '../crypto/token-alphabets.ts';
import { type ColumnBuffer, Kind } from '../table/column.ts';
import { defineTransform, type OptionProblem } from './definition.ts';

const options = z.strictObject({
  domain: z
    .string()
    .min(1)
    .optional()
    .describe('Domain whose key makes the tokens: equal values get equal tokens wherever it is used.'),
  random: z
    .literal(true)
    .optional()
    .describe('In place of `domain`: every value gets a random token of its own, equal values too.'),
  prefix: z
    .string()
    .max(32)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'a prefix holds no control characters')
    .optional()
    .describe('Text in front of every token.'),
  alphabet: z
    .enum(alphabetNames)
    .default('base32')
    .describe('Characters of the token; base32, letters and alphanumeric are in lower case.'),
  length: z
    .int()
    .min(1)
    .max(64)
    .optional()
    .describe('Characters after the prefix; default: the fewest that hold 128 bits, 26 for base32.'),
});
type Options = z.output<typeof options>;

export const tokenize = defineTransform({
  name: 'tokenize',
  summary: 'Put a keyed pseudonym in the place of the value.',
  options,
  examples: [
    {
      options: { domain: 'patient', prefix: 'p_' },
      input: '17',
      note: '`p_` and 26 characters, other ones under each key',
    },
    { options: { domain: 'patient', alphabet: 'digits', length: 12 }, input: 'ada@example.com' },
    { options: { random: true }, input: '17', note: 'no two tokens are alike, whatever the value' },
  ],
  traits: (options) => ({
    kinds: ['any'],
    reversible: options.random ? 'no' : 'guess',
    keeps: {
      format: 'no',
      order: 'no',
      uniqueness: tokenBits(options) >= bitsToBeUnique ? 'yes' : 'partly',
      distribution: options.random ? 'no' : 'partly',
    },
  }),
  deterministic: (options) => options.random !== true,
  costly: true,
  random: (options) => options.random === true,
  references: ({ domain }) => (domain === undefined ? [] : [{ section: 'domains', name: domain, path: ['domain'] }]),
  check: (options) => [...sourceProblems(options), ...lengthProblems(options)],
  parameters(options) {
    const { domain, random, prefix, alphabet } = options;
    return {
      ...(domain === undefined ? {} : { domain }),
      ...(random === undefined ? {} : { random }),
      ...(prefix === undefined ? {} : { prefix }),
      alphabet,
      length: lengthOf(options),
      bits: tokenBits(options),
    };
  },
  figures(options, values) {
    const bits = tokenBits(options);
    return { tokenBits: bits, collisionBound: collisionBound(bits, values) };
  },
  bind(options, resources) {
    const length = lengthOf(options);
    const prefix = options.prefix ?? '';
    const encode = tokenEncoder(options.alphabet, length);
    const token = Buffer.alloc(length);
    const write = (digest: Buffer, at: number) => {
      encode(digest, at, token, 0);
      return prefix + token.toString('latin1');
    };
    if (options.domain === undefined) {
      const random = resources.random('token', digestBytes);
      return (cell) => {
        const at = random.at(cell.ordinal);
        return write(random.bytes, at);
      };
    }
    const prf = resources.prf('tokenize', options.domain);
    return (cell) => write(prf.digest(prf.normalize(cell.text)), 0);
  },
  bindBytes(options, resources) {
    const writer = tokenWriter(options);
    if (options.domain === undefined) {
      const random = resources.random('token', digestBytes);
      return (input, output) => {
        for (let i = 0; i < input.count; i++) {
          const at = random.at(input.base + input.index[i]!);
          writer(random.bytes, at, output);
        }
      };
    }
    const prf = resources.prf('tokenize', options.domain);
    let digests = Buffer.alloc(0);
    return (input, output) => {
      if (digests.length < input.count * digestBytes) digests = Buffer.allocUnsafeSlow(input.count * 2 * digestBytes);
      prf.digestColumn(input, digests);
      for (let i = 0; i < input.count; i++) writer(digests, i * digestBytes, output);
    };
  },
});

/** A billion values then get different tokens but for a probability below one in a million (`collisionBound`). */
const bitsToBeUnique = 80;

/** Bits of a digest that a token shows, rounded down to hundredths. */
export function tokenBits(options: Pick<Options, 'alphabet' | 'length'>): number {
  return Math.floor(lengthOf(options) * bitsPerCharacter(options.alphabet) * 100) / 100;
}

/**
 * Upper bound of the probability that any two of `distinct` values get the same token of `bits` bits: each of the n(n
 * - 1) / 2 pairs does with probability 2^-bits (the union bound of the birthday problem; Bellare and Rogaway,
 * "Introduction to Modern Cryptography", 2005, appendix A).
 */
export function collisionBound(bits: number, distinct: number): number {
  return Math.min(1, (distinct * (distinct - 1)) / 2 / 2 ** bits);
}

const digestBytes = 32;

function lengthOf({ alphabet, length }: Pick<Options, 'alphabet' | 'length'>): number {
  return length ?? defaultLength(alphabet);
}

function sourceProblems({ domain, random }: Options): OptionProblem[] {
  if (domain === undefined && random === undefined) {
    const hint = 'write `domain: NAME` with a name of the section `domains`';
    return [{ path: [], message: 'tokens come from a domain or from `random: true`; neither is given', hint }];
  }
  if (domain !== undefined && random !== undefined) {
    return [{ path: ['random'], message: 'tokens come from a domain or from `random: true`, not both' }];
  }
  return [];
}

function lengthProblems({ alphabet, length }: Options): OptionProblem[] {
  const longest = maxLength(alphabet);
  if (length === undefined || length <= longest) return [];
  return [{ path: ['length'], message: `a token in ${alphabet} has at most ${longest} characters` }];
}

type TokenWriter = (digest: Buffer, at: number, output: ColumnBuffer) => void;

function tokenWriter(options: Options): TokenWriter {
  const length = lengthOf(options);
  const prefix = Buffer.from(options.prefix ?? '');
  const encode: TokenEncoder = tokenEncoder(options.alphabet, length);
  const size = prefix.length + length;
  return (digest, at, output) => {
    output.reserve(size);
    const from = output.length;
    for (let i = 0; i < prefix.length; i++) output.bytes[from + i] = prefix[i]!;
    encode(digest, at, output.bytes, from + prefix.length);
    output.length = from + size;
    output.close(Kind.text, from);
  };
}
