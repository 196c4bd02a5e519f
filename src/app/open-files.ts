import { type Diagnostic, Failure, fail } from '../base/diagnostic.ts';
import { InputFiles } from '../engine/input-files.ts';
import { type Input, openInput } from '../io/input.ts';
import { noProgress, type Progress } from '../io/progress.ts';
import type { TextInput } from '../io/text-input.ts';
import { type OpenData, openData } from './open-data.ts';
import type { InputForm } from './table-form.ts';
import { textInput } from './text-input.ts';

/** The files of a table, open, with their heads read. */
export interface OpenFiles {
  /** The bytes of each file, in the order of `files`. */
  readonly inputs: readonly TextInput[];
  readonly files: InputFiles;
  readonly data: Pick<OpenData, 'format' | 'options'>;
}

export interface FilesRequest {
  /** Paths; `-` is standard input. */
  readonly paths: readonly string[];
  readonly form: InputForm;
  /** Called with what is to be closed, as soon as it is open. */
  readonly opened: (input: Input) => void;
  /** Advanced by each reading; told how many records of the table were read. */
  readonly progress?: Progress | undefined;
}

/** Open the files of a table, which all have the same form. Throws a Failure with what is wrong with each of them. */
export function openFiles({ paths, form, opened, progress = noProgress }: FilesRequest): Promise<OpenFiles> {
  return readHeads(
    paths.map((path) => async () => {
      const input = await openInput(path, progress);
      opened(input);
      return { input, form };
    }),
    progress,
  );
}

/** Bytes of the files of a table as they come: of one reading, as progress counts them. */
export function totalSize(inputs: readonly Pick<Input, 'size'>[]): number {
  return inputs.reduce((sum, { size }) => sum + size, 0);
}

/** A file of a table, and what is known of it beside its bytes. */
interface FormedInput {
  readonly input: Input;
  readonly form: InputForm;
}

/**
 * Read the heads of the files of a table. They must have the same format and the same header. Throws a Failure with what is wrong with
 * each of them.
 */
export async function readHeads(
  inputsOf: readonly (() => Promise<FormedInput>)[],
  progress: Progress = noProgress,
): Promise<OpenFiles> {
  const inputs: TextInput[] = [];
  const heads: OpenData[] = [];
  const problems: Diagnostic[] = [];
  for (const inputOf of inputsOf) {
    try {
      const { input: raw, form } = await inputOf();
      const input = await textInput(raw, form);
      heads.push(await openData(input, form.format, form));
      inputs.push(input);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      problems.push(...error.diagnostics);
    }
  }
  const [first] = heads;
  if (first !== undefined) {
    heads.forEach((head, i) => {
      problems.push(...differences(first, head, inputs[0]!.name, inputs[i]!.name));
    });
  }
  if (first === undefined || problems.length > 0) throw new Failure(problems);
  const files = new InputFiles(inputs.map((source, i) => ({ source, opened: heads[i]!.opened })));
  const onRecords = (records: number) => progress.reached(records, 'records');
  return { inputs, files, data: { format: first.format, options: { ...first.options, onRecords } } };
}

/** What keeps a file from being of one table with the first one. */
function differences(first: OpenData, other: OpenData, nameOfFirst: string, file: string): readonly Diagnostic[] {
  const place = { file };
  if (other.format !== first.format) {
    const message = `the file is ${other.format.name}, and ${nameOfFirst} is ${first.format.name}`;
    return fail('DATA-FORMAT', message, { place, hint: 'the files of a table have one format' }).diagnostics;
  }
  const [names, own] = [first.opened.fields, other.opened.fields];
  if (names === undefined || own === undefined) return [];
  if (names.length === own.length && names.every((name, i) => name === own[i])) return [];
  const header = { file, row: 0 };
  const missing = names.filter((name) => !own.includes(name));
  const added = own.filter((name) => !names.includes(name));
  if (missing.length === 0 && added.length === 0) {
    const i = names.findIndex((name, at) => name !== own[at]);
    const message = `the columns stand in another order than in ${nameOfFirst}: column ${i + 1} is \`${own[i]}\`, there it is \`${names[i]}\``;
    return fail('DATA-FIELDS', message, { place: header, hint: 'put the columns of all files into one order' })
      .diagnostics;
  }
  // A first line that has little of the header is probably a record, whose values are not shown.
  if (missing.length * 2 > names.length) {
    const message = `${missing.length} of the ${names.length} columns of ${nameOfFirst} are not in the header`;
    const hint = 'is the first line a header, and is it a file of the same table?';
    return fail('DATA-FIELDS', message, { place: header, hint }).diagnostics;
  }
  const parts = [
    ...(missing.length === 0 ? [] : [`without ${listed(missing)}`]),
    ...(added.length === 0 ? [] : [`with ${listed(added)} besides`]),
  ];
  const message = `the columns are those of ${nameOfFirst} ${parts.join(', and ')}`;
  return fail('DATA-FIELDS', message, { place: header, hint: 'the files of a table have the same header' }).diagnostics;
}

function listed(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}
