import { at, Failure } from '../base/diagnostic.ts';
import { dialectInput } from '../io/dialect-input.ts';
import type { Input } from '../io/input.ts';
import { decodedInput, type TextInput } from '../io/text-input.ts';
import type { Policy } from '../policy/policy.ts';
import { maxRecordBytes } from './open-data.ts';

type TextForm = Pick<Policy['input'], 'encoding' | 'dialect' | 'header'>;

/** The input as the engine reads it: in UTF-8, and tables of another dialect as plain CSV. */
export async function textInput(input: Input, form: TextForm): Promise<TextInput> {
  const { encoding, dialect, header } = form;
  try {
    const text = await decodedInput(input, encoding);
    return dialect === undefined ? text : dialectInput(text, dialect, { header, maxRecordBytes });
  } catch (error) {
    throw error instanceof Failure ? at(error, { file: input.name }) : error;
  }
}
