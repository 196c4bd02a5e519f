import { fail } from '../base/diagnostic.ts';
import { type Draft, draftHierarchy, drafts, suggestedDraft } from '../hierarchies/drafts/index.ts';
import { stageFile, writeTogether } from '../io/staging.ts';
import { checkTarget } from '../io/target.ts';
import type { Terminal } from '../io/terminal.ts';
import { type FieldRequest, readFieldValues } from './field-values.ts';

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
  const { data, field, out, replace } = request;
  if (out !== '-') await checkTarget(out, { kind: 'file', replace, reads: data === '-' ? [] : [data] });
  const values = await readFieldValues(request);
  const place = { file: data === '-' ? 'standard input' : data, field };
  if (values.length === 0) throw fail('DATA-EMPTY', 'the field holds no values', { place });
  const definition = request.kind === undefined ? suggestedDraft(values) : drafts.get(request.kind)!;
  const misfits = values.filter(({ text }) => !definition.fits(text));
  if (misfits.length > 0) {
    const count = misfits.length === 1 ? '1 value has' : `${misfits.length} values have`;
    throw fail('DATA-VALUE', `${count} no place in a hierarchy of kind ${definition.name}`, {
      place: { ...place, row: misfits[0]!.row },
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
