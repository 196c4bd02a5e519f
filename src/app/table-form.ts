import { fail } from '../base/diagnostic.ts';
import { didYouMean } from '../base/suggest.ts';
import { encodings } from '../formats/encodings/index.ts';
import { utf8 } from '../formats/encodings/utf-8.ts';
import type { Policy } from '../policy/policy.ts';

/** How a file is written, as the command line says; what is undefined is as a policy says, or as usual. */
export interface TableForm {
  readonly format: string | undefined;
  readonly delimiter: string | undefined;
  /** Name of an encoding. */
  readonly encoding: string | undefined;
  /** Names of the columns of a file without a header line, with commas. */
  readonly header: string | undefined;
}

export type InputForm = Pick<Policy['input'], 'encoding' | 'dialect' | 'header'> & Partial<Policy['input']>;

/** The two together. Throws USAGE for an encoding that there is not, and for columns without a name or with the same. */
export function inputForm(policy: Pick<Policy, 'input'> | undefined, said: TableForm): InputForm {
  const { format, delimiter, encoding, header } = said;
  return {
    encoding: utf8,
    dialect: undefined,
    header: undefined,
    ...policy?.input,
    ...(format === undefined ? {} : { format }),
    ...(delimiter === undefined ? {} : { delimiter }),
    ...(encoding === undefined ? {} : { encoding: encodingOf(encoding) }),
    ...(header === undefined ? {} : { header: columnsOf(header) }),
  };
}

/** Throws USAGE where there is none of this name. */
export function encodingOf(name: string): Policy['input']['encoding'] {
  const encoding = encodings.get(name.toLowerCase());
  if (encoding !== undefined) return encoding;
  throw fail('USAGE', `no encoding is named \`${name}\``, {
    hint: didYouMean(name, encodings.names) ?? `encodings: ${encodings.names.join(', ')}`,
  });
}

function columnsOf(header: string): readonly string[] {
  const names = header.split(',').map((name) => name.trim());
  if (names.every((name) => name !== '') && new Set(names).size === names.length) return names;
  throw fail('USAGE', 'two columns have the same name, or one has none', { hint: 'say --header id,age,zip' });
}
