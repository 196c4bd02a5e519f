/**
 * Can each of `count` items be paired with one of as many others, none twice, so that all pairs `fit`? By augmenting paths (Kuhn, The
 * Hungarian method for the assignment problem, Naval Research Logistics Quarterly 2, 1955): at most count³ questions.
 */
export function perfectMatching(count: number, fit: (item: number, other: number) => boolean): boolean {
  const partner = new Int32Array(count).fill(-1);
  const seen = new Int32Array(count).fill(-1);
  const place = (item: number, round: number): boolean => {
    for (let other = 0; other < count; other++) {
      if (seen[other] === round || !fit(item, other)) continue;
      seen[other] = round;
      if (partner[other]! >= 0 && !place(partner[other]!, round)) continue;
      partner[other] = item;
      return true;
    }
    return false;
  };
  for (let item = 0; item < count; item++) if (!place(item, item)) return false;
  return true;
}
