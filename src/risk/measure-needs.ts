/** What names of measures ask for, in the words of the command line: without it there are none that begin so. */
const needs: readonly (readonly [names: RegExp, option: string])[] = [
  [/^(?:l|entropy-l|t)(?:\(|$)/, '`--sensitive FIELDS`'],
  [/^(?:k-map$|delta-presence\.|population\.(?:individuals|outside)$)/, '`--population FILE`'],
  [/^(?:population\.|sampling-fraction$)/, '`--population FILE`, `--population-size` or `--sampling-fraction`'],
  [/^(?:entropy-kept|distance|earth-mover|correlation)(?:[.(-]|$)/, '`--source FILE`'],
  [/^loss(?:[.(]|$)/, '`--policy FILE` that generalizes a quasi-identifier'],
  [/^violations$/, '`--policy FILE` with models'],
];

/** What a measure that is none of `names` needs, so that it would be one; undefined where the name itself is wrong. */
export function needOf(measure: string, names: readonly string[]): string | undefined {
  const [pattern, option] = needs.find(([of]) => of.test(measure)) ?? [];
  return pattern === undefined || names.some((name) => pattern.test(name)) ? undefined : option;
}
