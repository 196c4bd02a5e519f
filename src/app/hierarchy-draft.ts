import { fail } from '../base/diagnostic.ts';
import { type Draft, draftHierarchy, drafts, suggestedDraft } from '../hierarchies/drafts/index.ts';
import { stageFile, writeTogether } from '../io/staging.ts';
import { checkTarget } from '../io/target.ts';
import type { Terminal } from '../io/terminal.ts';
import { type FieldRequest, readFieldValues } from './field-values.ts';
import { fileSystem, inputsOfOne } from './table-inputs.ts';

export interface DraftRequest extends FieldRequest {
  /** How to draft; undefined: as the values suggest. */
  readonly kind: string | undefined;
  /** Levels between value and root; undefined: as is usual for the kind. */
  readonly levels: number | undefined;
  /** Where the hierarchy goes; `-` is standard output. */
  readonly out: string;
  readonly replace: boolean;
}

export interface DraftOutcome extends Pick<Draft, 'labels'> {
  readonly kind: string;
}

/** Draft a hierarchy of the values of a field, and write it where only its owner may read it. Throws a Failure. */
export async function draftFrom(request: DraftRequest, terminal: Terminal): Promise<DraftOutcome> {
  const { field, out, replace } = request;
  const data = await inputsOfOne(request.data, fileSystem);
  if (out !== '-') await checkTarget(out, { kind: 'file', replace, reads: data.filter((path) => path !== '-') });
  const values = await readFieldValues(request);
  if (values.length === 0) {
    const place = { file: data[0] === '-' ? 'standard input' : data[0], field };
    throw fail(
      'DATA-EMPTY',
      data.length === 1 ? 'the field holds no values' : 'the field holds no values in any file',
      {
        place,
      },
    );
  }
  const definition = request.kind === undefined ? suggestedDraft(values) : drafts.get(request.kind)!;
  const misfits = values.filter(({ text }) => !definition.fits(text));
  if (misfits.length > 0) {
    const count = misfits.length === 1 ? '1 value has' : `${misfits.length} values have`;
    throw fail('DATA-VALUE', `${count} no place in a hierarchy of kind ${definition.name}`, {
      place: { ...misfits[0]!.place, field },
      hint: 'choose another --kind, or leave it out',
    });
  }
  const { text, labels } = draftHierarchy(definition, values, request.levels ?? definition.usual);
  if (out === '-') await terminal.out(text);
  else {
    await writeTogether((stage) => stage(stageFile(out, replace, 0o600)).write('', [Buffer.from(text)]));
  }
  return { kind: definition.name, labels };
}
