import { fail } from '../base/diagnostic.ts';
import { type Invocation, optionText } from './definition.ts';

/** `--population-size` or `--sampling-fraction`; neither where neither is given. Throws USAGE where both are, or one is out of its range. */
export function populationOption(invocation: Invocation): { readonly size?: number; readonly fraction?: number } {
  const size = numberOf(invocation, 'populationSize', '--population-size', (n) => Number.isSafeInteger(n) && n > 0);
  const fraction = numberOf(invocation, 'samplingFraction', '--sampling-fraction', (n) => n > 0 && n <= 1);
  if (size !== undefined && fraction !== undefined) {
    throw fail('USAGE', '--population-size and --sampling-fraction say the same', { hint: 'say one of them' });
  }
  return { ...(size === undefined ? {} : { size }), ...(fraction === undefined ? {} : { fraction }) };
}

function numberOf(
  invocation: Invocation,
  name: string,
  flag: string,
  allowed: (n: number) => boolean,
): number | undefined {
  const text = optionText(invocation, name);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() !== '' && allowed(value)) return value;
  throw fail('USAGE', `${flag} is out of its range`, {
    hint: flag.endsWith('size') ? 'a whole number above 0' : 'a share above 0, up to 1',
  });
}
