import { type Diagnostic, Failure } from '../base/diagnostic.ts';
import { checkTable } from '../hierarchies/check.ts';
import { readFileUpTo } from '../io/files.ts';
import { type FieldRequest, type FieldValue, readFieldValues } from './field-values.ts';
import { maxTableBytes } from './policy-file.ts';
import { encodingOf } from './table-form.ts';

export interface CheckedHierarchy {
  readonly file: string;
  /** How many labels each level has, from the values to the root. */
  readonly labels: readonly number[];
}

export interface HierarchyCheck {
  /** Those that could be read. */
  readonly hierarchies: readonly CheckedHierarchy[];
  /** All that is wrong; of code HIERARCHY where a file was read. None shows a value or label. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Are the files hierarchies? With `data`: does each have a row for every value of a field? */
export async function checkHierarchies(
  files: readonly string[],
  { delimiter, encoding }: { readonly delimiter: string; readonly encoding: string | undefined },
  data: FieldRequest | undefined,
): Promise<HierarchyCheck> {
  const decoding = encodingOf(encoding ?? 'utf-8');
  const values = data === undefined ? [] : await readFieldValues(data);
  const hierarchies: CheckedHierarchy[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const file of files) {
    try {
      const table = checkTable(await readFileUpTo(file, maxTableBytes, 'DATA-SIZE'), file, delimiter, decoding);
      hierarchies.push({ file, labels: table.labels });
      for (const { line, message, hint } of table.problems) {
        const more = hint === undefined ? {} : { hint: hint.replace(/`delimiter: "(.)"`/, "`--delimiter '$1'`") };
        diagnostics.push({ code: 'HIERARCHY', message, place: { file, line }, ...more });
      }
      if (data !== undefined) diagnostics.push(...uncovered(file, table.values, values, data.field));
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      // No policy names the file here: what keeps it from being read is in its form.
      diagnostics.push(
        ...error.diagnostics.map((d) => (d.code === 'POLICY-MEANING' ? { ...d, code: 'DATA-SYNTAX' as const } : d)),
      );
    }
  }
  return { hierarchies, diagnostics };
}

const shownRows = 5;

function uncovered(file: string, known: readonly string[], values: readonly FieldValue[], field: string): Diagnostic[] {
  const own = new Set(known);
  const unknown = values.filter(({ text }) => !own.has(text));
  const [first] = unknown;
  if (first === undefined) return [];
  const times = unknown.reduce((sum, { count }) => sum + count, 0);
  const { place } = first;
  const shown = unknown.slice(0, shownRows).filter((value) => value.place.file === place.file);
  const rows = shown.map((value) => value.place.row);
  const more = unknown.length > shown.length ? ', …' : '';
  const have = unknown.length === 1 ? '1 value of the field has' : `${unknown.length} values of the field have`;
  const where = `${times === 1 ? 'once' : `${times} times`} in the data, first in ${rows.length === 1 ? 'row' : 'rows'} ${rows.join(', ')}${more}`;
  return [
    {
      code: 'HIERARCHY',
      message: `${have} no row in ${file}: ${where}`,
      place: { ...place, field },
      hint: 'add a row for each, or put them in order before they are generalized',
    },
  ];
}
