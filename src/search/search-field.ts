import type { LevelChoice } from '../hierarchies/definition.ts';
import type { Level, SearchField } from './space.ts';

/**
 * A field whose level is searched. `values[code]` is the value of each code; undefined for one of the ways of having none, which every
 * level leaves as it is. Where the hierarchy lists its values they are its domain, otherwise the values of the data are; each way of having
 * none is one value more.
 */
export function searchField(name: string, choice: LevelChoice, values: readonly (string | undefined)[]): SearchField {
  const { hierarchy, lowest, highest, weight } = choice;
  const listed = hierarchy.domain ?? [...new Set(values.filter((value) => value !== undefined))];
  const domain = listed.length + values.filter((value) => value === undefined).length;
  const levels = Array.from({ length: hierarchy.height + 1 }, (_, level): Level => {
    // Two ways of writing a value are two values at level 0, and one label above.
    if (level === 0) return everyValue(values, domain);
    const labels = new Map<string | number, number>();
    const numberOf = (label: string | number | null): number => {
      // Nothing that the hierarchy does not know comes so far: it was put away.
      const known = labels.get(label ?? '');
      if (known !== undefined) return known;
      labels.set(label ?? '', labels.size);
      return labels.size - 1;
    };
    const labelOf = Int32Array.from(values, (value, code) =>
      numberOf(value === undefined ? code : hierarchy.ancestor(value, level)),
    );
    const bearers = new Map<number, number>();
    const bear = (label: number) => bearers.set(label, (bearers.get(label) ?? 0) + 1);
    for (const value of listed) bear(numberOf(hierarchy.ancestor(value, level)));
    values.forEach((value, code) => {
      if (value === undefined) bear(numberOf(code));
    });
    const share = Float64Array.from({ length: labels.size }, (_, label) => (bearers.get(label) ?? 0) / domain);
    return { labelOf, count: labels.size, share };
  });
  return { name, domain, levels, lowest, highest, weight };
}

/** A field that stays as it is. It counts nothing. */
export function fixedField(name: string, values: number): SearchField {
  const identity = Array.from({ length: values }, () => '');
  return { name, domain: values, levels: [everyValue(identity, values)], lowest: 0, highest: 0, weight: 0 };
}

function everyValue({ length }: readonly unknown[], domain: number): Level {
  return {
    labelOf: Int32Array.from({ length }, (_, code) => code),
    count: length,
    share: new Float64Array(length).fill(domain === 0 ? 0 : 1 / domain),
  };
}
