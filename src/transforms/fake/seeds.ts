import type { Column } from '../../table/column.ts';
import type { Cell, Resources } from '../definition.ts';

/** What chooses a value: the key of a domain, applied to the value or to another field of its record, or else chance. */
export interface Chooser {
  /** Separates functions and streams from each other. */
  readonly technique: string;
  readonly domain: string | undefined;
  readonly per: string | undefined;
}

/** A seed: bytes[at …]; null where the record has no value to choose by. Valid until the next call. */
type CellSeed = (cell: Cell) => { readonly bytes: Buffer; readonly at: number } | null;

/** `size` is the number of bytes of a seed, at most 32. */
export function cellSeeds({ technique, domain, per }: Chooser, resources: Resources, size: number): CellSeed {
  if (domain === undefined) {
    const random = resources.random(technique, size);
    return ({ ordinal }) => {
      const at = random.at(ordinal);
      return { bytes: random.bytes, at };
    };
  }
  const prf = resources.prf(technique, domain);
  const peer = per === undefined ? undefined : resources.peer(per);
  return ({ text, ordinal }) => {
    const chosenBy = peer === undefined ? text : peer.textAt(ordinal);
    return chosenBy === null ? null : { bytes: prf.digest(prf.normalize(chosenBy)), at: 0 };
  };
}

/** The seeds of a column's values: that of value i begins at `at(i)` of `bytes`, read afterwards; -1: it has none. */
export interface ColumnSeeds {
  readonly bytes: Buffer;
  at(i: number): number;
}

export function columnSeeds(
  { technique, domain, per }: Chooser,
  resources: Resources,
  size: number,
): (input: Column) => ColumnSeeds {
  if (domain === undefined) return randomSeeds(resources.random(technique, size));
  const prf = resources.prf(technique, domain);
  const peer = per === undefined ? undefined : resources.peer(per);
  let bytes = Buffer.alloc(0);
  return (input) => {
    const { count } = input;
    if (bytes.length < count * digestBytes) bytes = Buffer.allocUnsafeSlow(count * 2 * digestBytes);
    if (peer === undefined) {
      prf.digestColumn(input, bytes);
      return { bytes, at: (i) => i * digestBytes };
    }
    const { column } = peer;
    const cells = Int32Array.from({ length: count }, (_, i) => peer.at(input.base + input.index[i]!));
    const start = cells.map((cell) => (cell < 0 ? 0 : column.start[cell]!));
    const end = cells.map((cell) => (cell < 0 ? 0 : column.end[cell]!));
    prf.digestColumn({ bytes: column.bytes, start, end, count }, bytes);
    return { bytes, at: (i) => (cells[i]! < 0 ? -1 : i * digestBytes) };
  };
}

function randomSeeds(random: ReturnType<Resources['random']>): (input: Column) => ColumnSeeds {
  return ({ base, index }) => ({
    // A window that moves with the address.
    get bytes() {
      return random.bytes;
    },
    at: (i) => random.at(base + index[i]!),
  });
}

const digestBytes = 32;
