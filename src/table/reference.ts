import type { Classes, Distribution } from './classes.ts';
import type { Population } from './population.ts';

/**
 * The classes of an output, with the distributions of the table that it was made from: what was suppressed still counts. Codes are those of
 * the output; values are the same where their texts are.
 */
export function withReference(written: Population, source: Classes): Population {
  const carried = new Map<string, Distribution>();
  return {
    ...written,
    distribution(field) {
      let distribution = carried.get(field);
      if (distribution === undefined) {
        distribution = carry(source.distribution(field), written.distribution(field));
        carried.set(field, distribution);
      }
      return distribution;
    },
  };
}

/** The counts of `source` under the codes of `own`. Values that `own` lacks get codes behind its last. */
function carry(source: Distribution, own: Distribution): Distribution {
  const counts = new Map<string | null, number>();
  for (const code of source.codes) {
    const text = source.text(code);
    counts.set(text, (counts.get(text) ?? 0) + source.counts[code]!);
  }
  const under: (readonly [code: number, count: number])[] = [];
  for (const code of own.codes) {
    const text = own.text(code);
    under.push([code, counts.get(text) ?? 0]);
    counts.delete(text);
  }
  const first = own.counts.length;
  const added = [...counts.keys()];
  added.forEach((text, i) => {
    under.push([first + i, counts.get(text)!]);
  });
  const all = new Float64Array(first + added.length);
  for (const [code, count] of under) all[code] = count;
  return {
    codes: Int32Array.from(under, ([code]) => code),
    counts: all,
    total: source.total,
    text: (code) => (code < first ? own.text(code) : added[code - first]!),
  };
}
