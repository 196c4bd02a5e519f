import { type Dialect, type DialectOptions, dialectReader } from '../formats/dialect.ts';
import { piped, type TextInput } from './text-input.ts';

/** The same input as plain CSV: divided by commas, quoted as RFC 4180 has it. `digest` stays that of the bytes as they came. */
export function dialectInput(input: TextInput, dialect: Dialect, options: DialectOptions): TextInput {
  return { ...input, open: async (said) => piped(await input.open(said), dialectReader(dialect, options)) };
}
