import type { StatedField } from '../app/stated-fields.ts';

/**
 * What is done to a field in words: `tokenize (domain patient, prefix p_), then round (to 10)`. Options that say nothing (`false`, 0,
 * nothing) are left out.
 */
export function techniqueWords({ technique, parameters }: Pick<StatedField, 'technique' | 'parameters'>): string {
  const seen = new Map<string, number>();
  const words = technique.map((name) => {
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    const options = optionWords(parameters[times === 1 ? name : `${name} (again)`]);
    return options === '' ? name : `${name} (${options})`;
  });
  const condition = parameters.when === undefined ? '' : `, when ${valueWords(parameters.when)}`;
  return words.join(', then ') + condition;
}

function optionWords(options: unknown): string {
  if (options === null || typeof options !== 'object') return '';
  return Object.entries(options)
    .flatMap(([name, value]) => {
      if (value === true) return [name];
      const said = valueWords(value);
      return said === '' ? [] : [`${name} ${said}`];
    })
    .join(', ');
}

/** Longest list that is written out. */
const longest = 12;

function valueWords(value: unknown): string {
  if (value === null || value === undefined || value === false || value === 0 || value === '') return '';
  if (Array.isArray(value)) {
    const shown = value.slice(0, longest).map((part) => (part === 0 ? '0' : valueWords(part)));
    return shown.join(' ') + (value.length > longest ? ` … (${value.length})` : '');
  }
  if (typeof value === 'object') return optionWords(value);
  return String(value);
}
