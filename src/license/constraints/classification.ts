import { type Conflict, defineConstraint } from '../definition.ts';
import { pass } from '../outcome.ts';
import { someOf, text } from '../values.ts';

export const classification = defineConstraint({
  name: 'classification',
  summary: 'How sensitive the licensor holds the source and the release to be.',
  members: {
    classification: someOf({
      source: text.optional().describe('Classification of the source, for example `restricted`.'),
      release: text.optional().describe('Classification of the released data, for example `confidential`.'),
    })
      .optional()
      .describe("Classifications in the licensor's own words."),
  },
  decide: ({ classification }) =>
    classification === undefined
      ? []
      : [pass('classification', 'legal', `handle the data as ${release(classification)}`)],
  render: ({ classification }) =>
    classification === undefined
      ? []
      : [
          ...(classification.source === undefined ? [] : [`The source is classified as: ${classification.source}.`]),
          `The data must be handled as: ${release(classification)}.`,
        ],
  explain: ({ classification }) =>
    classification === undefined
      ? []
      : [{ term: 'classification', basis: 'legal', means: `The data must be handled as: ${release(classification)}.` }],
  narrow: ({ classification: a }, { classification: b }) => {
    if (a === undefined && b === undefined) return { terms: {} };
    const source = stricter(a?.source, b?.source);
    if (source === null) return conflictOf('source');
    const handled = stricter(a && release(a), b && release(b));
    if (handled === null) return conflictOf('release');
    return { terms: { classification: { ...(source && { source }), release: handled } } };
  },
});

/** Words whose order is common knowledge, from lax to strict. Of any others nobody can tell which is the stricter. */
const levels = ['public', 'internal', 'confidential', 'restricted', 'secret'];

function stricter(a: string | undefined, b: string | undefined): string | null | undefined {
  if (a === undefined || b === undefined || a === b) return b ?? a;
  if (!levels.includes(a) || !levels.includes(b)) return null;
  return levels[Math.max(levels.indexOf(a), levels.indexOf(b))];
}

function conflictOf(member: string): Conflict {
  return {
    conflict: `classification.${member}`,
    detail: `they classify the ${member} differently, and only of ${levels.join(', ')} the order is known`,
  };
}

/** A release is handled like its source where nothing else is said. */
function release(classification: { source?: string | undefined; release?: string | undefined }): string {
  return (classification.release ?? classification.source)!;
}
