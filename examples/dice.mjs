/**
 * Streams of random draws, one for each label: FNV-1a of seed and label starts mulberry32. Whole numbers throughout, the same on every
 * machine. Each field of each record draws from a stream of its own, so that a new field changes no other.
 */
export const diceOf = (seed) => (label) => {
  let state = 0x811c9dc5;
  for (const byte of Buffer.from(`${seed}/${label}`)) state = Math.imul(state ^ byte, 0x01000193);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  };
  /** Inclusive. */
  const integer = (low, high) => low + Math.floor((next() / 2 ** 32) * (high - low + 1));
  return {
    integer,
    chance: (p) => next() < p * 2 ** 32,
    one: (list) => list[integer(0, list.length - 1)],
    /** Likelier in the middle: the mean of three. */
    bell: (low, high) => Math.floor((integer(low, high) + integer(low, high) + integer(low, high)) / 3),
    /** The first of one of the pairs, as often as the second, a whole number, says. */
    weighted(pairs) {
      const all = pairs.flatMap(([value, weight]) => Array(weight).fill(value));
      return all[integer(0, all.length - 1)];
    },
  };
};
