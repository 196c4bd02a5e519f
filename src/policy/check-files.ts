import { formats } from '../formats/index.ts';
import { parseRecords } from '../formats/json-records.ts';
import type { PathInPolicy } from './policy.ts';
import type { Parts } from './sections.ts';
import type { Part } from './source.ts';

type Report = (path: PathInPolicy, message: string, hint?: string, part?: Part) => void;

type Input = NonNullable<Parts['sections']['input']>;

/** How the files of input and output are written: options that do not go together. `isJson`: fields are named by paths. */
export function checkFiles({ input = {}, output = {} }: Parts['sections'], isJson: boolean, error: Report): void {
  const said = input.format === undefined ? undefined : formats.get(input.format);
  const isTable = isJson || said?.choosesDelimiter === false;
  for (const option of ['delimiter', 'dialect'] as const) {
    if (input[option] === undefined || !isTable) continue;
    error(['input', option], `only csv has a ${option} to choose`, 'leave it out', 'key');
  }
  if (input.header !== undefined && isJson) {
    error(['input', 'header'], 'only tables have a header', 'leave it out', 'key');
  }
  checkRecords(input, said?.choosesRecords ?? isJson, error);
  if (input.dialect !== undefined) checkDialect(input, input.dialect, error);
  if (output.level !== undefined && output.compress === 'none') {
    error(['output', 'level'], 'nothing is compressed', 'write `compress: gzip`, or leave `level` out', 'key');
  }
  const { split } = output;
  const written = output.format === undefined || output.format === 'same' ? said : formats.get(output.format);
  if (split !== undefined && written !== undefined && !written.splits) {
    error(['output', 'split'], `${written.name} cannot be split into files`, 'leave it out', 'key');
  }
}

/** `chooses`: the format has records to choose. */
function checkRecords({ records, around = 'reject' }: Input, chooses: boolean, error: Report): void {
  if (!chooses) {
    const hint = 'leave it out, or say `format: json`';
    if (records !== undefined) error(['input', 'records'], 'only json has records to choose', hint, 'key');
    if (around !== 'reject') error(['input', 'around'], 'only json has members around its records', hint, 'key');
    return;
  }
  const wrong = records === undefined ? undefined : parseRecords(records);
  if (wrong === undefined || !('message' in wrong)) return;
  const hint = 'write `$[*]`, `$.data.items[*]`, or `$` for the whole document';
  error(['input', 'records'], `no path of records: ${wrong.message}`, hint);
}

/** Each of them would be taken for the other where one begins like the other. */
function checkDialect({ delimiter }: Input, dialect: NonNullable<Input['dialect']>, error: Report): void {
  if (delimiter !== undefined && dialect.delimiter !== undefined) {
    error(['input', 'delimiter'], 'the delimiter is named twice', 'leave one of the two out', 'key');
  }
  const { quote, escape: escaping, comment } = dialect;
  const marks: readonly (readonly [option: string, text: string | undefined])[] = [
    ['delimiter', dialect.delimiter ?? delimiter ?? ','],
    ['quote', quote === '' ? undefined : quote],
    ['escape', escaping === quote ? undefined : escaping],
    ['comment', comment],
    ['record-delimiter', dialect['record-delimiter'] ?? '\n'],
  ];
  marks.forEach(([option, text], i) => {
    for (const [other, begun] of marks.slice(0, i)) {
      if (text === undefined || begun === undefined || !(text.startsWith(begun) || begun.startsWith(text))) continue;
      const at = option in dialect ? option : other;
      error(
        ['input', 'dialect', at],
        `\`${option}\` and \`${other}\` begin alike`,
        'choose the ones that the file has',
      );
    }
  });
  if (quote === '' && escaping !== undefined) {
    error(['input', 'dialect', 'escape'], 'there are no quotes to escape', 'leave it out', 'key');
  }
}
