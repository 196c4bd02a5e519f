import { type PathProblem, parsePath } from './json-path.ts';

/** Which values of a document are its records: the value behind these keys, or each element of the array there. */
export interface RecordsPath {
  readonly keys: readonly string[];
  readonly each: boolean;
}

/** Read `$`, `$[*]`, `$.data` or `$.data.items[*]`. */
export function parseRecords(text: string): RecordsPath | PathProblem {
  const segments = parsePath(text);
  if (!Array.isArray(segments)) return segments;
  const keys: string[] = [];
  for (const [i, segment] of segments.entries()) {
    if (segment.kind === 'key') keys.push(segment.key);
    else if (segment.kind === 'glob') return { message: 'name each key: the records stand in one place', at: 0 };
    else if (i < segments.length - 1)
      return { message: '`[*]` can only stand at the end: the records are one array', at: 0 };
  }
  return { keys, each: keys.length < segments.length };
}
