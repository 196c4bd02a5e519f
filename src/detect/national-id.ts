import type { Match, Recognizer } from './definition.ts';
import { nationalIds } from './national-ids/index.ts';
import { digits, overlappingMatchesOf } from './scan.ts';

export const nationalId: Recognizer = {
  name: 'national-id',
  summary: `Numbers by which a state knows a person, those of the given countries or of all: ${nationalIds.names.join(', ')}.`,
  source: 'the source of each',
  needs: digits,
  names: [
    ...new Set(nationalIds.all.flatMap(({ names }) => names)),
    'national id',
    'national insurance',
    'tax id',
    'personal number',
  ],
  examples: {
    found: nationalIds.all.flatMap(({ examples }) => examples.found),
    not: ['123456789', '000-00-0000', '1234567'],
  },
  find(text, { countries }) {
    // Of two numbers that overlap one may fall to a third that begins before both.
    const found = nationalIds.all
      .filter(({ country }) => countries?.includes(country) ?? true)
      .flatMap(({ pattern, accepts }) =>
        overlappingMatchesOf(text, pattern, (written) =>
          accepts(written.replace(/[^\p{L}\p{N}]/gu, '').toUpperCase(), written) ? written.length : 0,
        ),
      );
    return outermost(found);
  },
};

/** In ascending order, of those that overlap the first and longest. */
function outermost(matches: Match[]): Match[] {
  matches.sort((a, b) => a.start - b.start || b.end - a.end);
  const kept: Match[] = [];
  let end = 0;
  for (const match of matches) {
    if (match.start < end) continue;
    kept.push(match);
    end = match.end;
  }
  return kept;
}
