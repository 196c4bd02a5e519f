import { defineConstraint } from '../definition.ts';
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
});

/** A release is handled like its source where nothing else is said. */
function release(classification: { source?: string | undefined; release?: string | undefined }): string {
  return (classification.release ?? classification.source)!;
}
