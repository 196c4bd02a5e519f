import { at, Failure } from '../base/diagnostic.ts';
import { dialectInput } from '../io/dialect-input.ts';
import type { Input } from '../io/input.ts';
import { decodedInput, type TextInput } from '../io/text-input.ts';
import type { Policy } from '../policy/policy.ts';
import { maxRecordBytes } from './open-data.ts';

/** The input as the engine reads it: in UTF-8, and tables of another dialect as plain CSV. */
export async function textInput(
  input: Input,
  {
    encoding,
    dialect,
    header,
  }: Pick<Policy['input'], 'encoding'> & Partial<Pick<Policy['input'], 'dialect' | 'header'>>,
): Promise<TextInput> {
  try {
    const text = await decodedInput(input, encoding);
    return dialect === undefined ? text : dialectInput(text, dialect, { header, maxRecordBytes });
  } catch (error) {
    throw error instanceof Failure ? at(error, { file: input.name }) : error;
  }
}
