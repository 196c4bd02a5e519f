import { type Condition, conditionSchema } from './conditions.ts';
import { listed, plain } from './value-words.ts';

/** A condition in words: `age is greater than 17 and is less than 65`. What is none is told as JSON. */
export function conditionWords(condition: unknown): string {
  const read = conditionSchema.safeParse(condition);
  return read.success ? wordsOf(read.data) : JSON.stringify(condition);
}

function wordsOf({ field, all, any, not, ...comparisons }: Condition): string {
  if (all !== undefined) return joined(all, 'and');
  if (any !== undefined) return joined(any, 'or');
  if (not !== undefined) return `not (${wordsOf(not)})`;
  return `${field} ${comparisonWords(comparisons).join(' and ')}`;
}

function joined(conditions: readonly Condition[], word: 'and' | 'or'): string {
  if (conditions.length === 1) return wordsOf(conditions[0]!);
  // What holds a word of its own stands in parentheses.
  return conditions.map((part) => (isSimple(part) ? wordsOf(part) : `(${wordsOf(part)})`)).join(` ${word} `);
}

function isSimple({ field, all, any, not, in: values = [], ...comparisons }: Condition): boolean {
  if (not !== undefined) return true;
  return field !== undefined && values.length < 2 && Object.keys(comparisons).length + Math.min(1, values.length) === 1;
}

function comparisonWords(condition: Omit<Condition, 'field' | 'all' | 'any' | 'not'>): string[] {
  const { equals, in: values, matches, 'is-null': isNull, less, greater } = condition;
  return [
    ...(isNull === undefined ? [] : [isNull ? 'is null' : 'is not null']),
    ...(equals === undefined ? [] : [`is ${plain(equals)}`]),
    ...(values === undefined ? [] : [`is ${listed(values.map(plain), 'or')}`]),
    ...(matches === undefined ? [] : [`matches ${plain(matches)}`]),
    ...(greater === undefined ? [] : [`is greater than ${plain(greater)}`]),
    ...(less === undefined ? [] : [`is less than ${plain(less)}`]),
  ];
}
