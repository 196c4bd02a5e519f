import type { LabelsOf } from './regions.ts';

/** Labels as numbers, by the level at which they are taken. */
export interface NumberedLabels {
  /** The number of the label of a text at a level, counted from the lowest that it may have. */
  of(text: string | null, level: number): number;
  /** Is the label of a text at this level that of no other values at another level? */
  isClear(text: string | null, level: number): boolean;
}

/**
 * Labels of field d. A hierarchy may have a label twice: of one value, and a level further up of this and others. Whoever reads it knows
 * only that the value is one of all.
 */
export function numberedLabels(d: number, texts: Iterable<string | null>, labelsOf: LabelsOf): NumberedLabels {
  const numbers = new Map<string | null, number>();
  const known = new Map<string | null, Int32Array>();
  const bearers: number[] = [];
  const atLevel: number[][] = [];
  for (const text of texts) {
    if (known.has(text)) continue;
    const own = Int32Array.from(labelsOf(d, text), (label) => {
      const number = numbers.get(label) ?? numbers.size;
      numbers.set(label, number);
      return number;
    });
    known.set(text, own);
    for (const number of new Set(own)) bearers[number] = (bearers[number] ?? 0) + 1;
    own.forEach((number, level) => {
      atLevel[level] ??= [];
      atLevel[level][number] = (atLevel[level][number] ?? 0) + 1;
    });
  }
  const at = (text: string | null, level: number): number => {
    const own = known.get(text)!;
    // What is no value has one label at every level.
    return own[Math.min(level, own.length - 1)]!;
  };
  return {
    of: at,
    isClear(text, level) {
      const own = known.get(text)!;
      return own.length === 1 || atLevel[level]![own[level]!] === bearers[own[level]!];
    },
  };
}
