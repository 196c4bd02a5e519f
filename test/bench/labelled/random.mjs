/** Mulberry32: a few lines of deterministic numbers, enough for labelled data. */
export function randomOf(seed) {
  let state = seed | 0;
  const fraction = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (n) => Math.floor(fraction() * n);
  const between = (least, most) => least + below(most - least + 1);
  const oneOf = (list) => list[below(list.length)];
  const digits = (size) => Array.from({ length: size }, () => below(10)).join('');
  /** `#` a digit, `N` one from 2 to 9, `A` a capital letter, `C` either; all else stands for itself. */
  const filled = (pattern) => pattern.replace(/[#NAC]/g, (symbol) => oneOf(symbols[symbol]));
  return { below, between, oneOf, digits, filled };
}

const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const symbols = { '#': [...'0123456789'], N: [...'23456789'], A: letters, C: [...'0123456789', ...letters] };

export const padded = (number, size) => String(number).padStart(size, '0');

/** A day of birth of somebody between 1 and 90 years old at the end of 2025. */
export function birthOf(random) {
  return { year: random.between(1936, 2024), month: random.between(1, 12), day: random.between(1, 28) };
}
