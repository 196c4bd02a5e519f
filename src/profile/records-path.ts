import { formatPath } from '../formats/json-path.ts';

/** Where the records of a document seem to be. */
export interface RecordsPath {
  /** As a policy writes it: `$.items[*]`. */
  readonly path: string;
  /** Objects that were seen there. */
  readonly records: number;
  /** Share of the characters that were looked at which stand in that array. */
  readonly share: number;
  /** Values that stand around it as far as was looked. */
  readonly around: boolean;
}

/** Least share of a document that its records take. */
const leastShare = 0.5;
/** Objects above the records, at most. */
const deepest = 4;

/**
 * Guess which array holds the records of a document that is an object: the one, under members of objects alone, whose objects take the
 * most room. `text` is the document or its beginning. Undefined where the document is no object, where no array has two objects, or
 * where more than half of it stands elsewhere: then it is one record.
 */
export function guessRecords(text: string): RecordsPath | undefined {
  const begin = /\S/.exec(text)?.index ?? text.length;
  if (text[begin] !== '{') return undefined;
  const arrays: Found[] = [];
  let around = 0;
  const open: Level[] = [];
  let inside: (Found & { readonly depth: number }) | undefined;
  const tokens = /"(?:[^"\\]|\\.)*"|[{}[\]]|[^\s{}[\]",:]+/gsu;
  for (let match = tokens.exec(text); match !== null; match = tokens.exec(text)) {
    const [token] = match;
    const top = open.at(-1);
    if (token === '{' || token === '[') {
      if (inside === undefined && token === '[' && top?.key !== undefined && open.length <= deepest) {
        inside = {
          keys: open.map(({ key }) => key!),
          from: match.index,
          to: text.length,
          records: 0,
          depth: open.length,
        };
        arrays.push(inside);
      } else if (inside !== undefined && token === '{' && open.length === inside.depth + 1) inside.records++;
      else if (inside === undefined && token === '[') around++;
      open.push({ isObject: token === '{', key: undefined });
    } else if (token === '}' || token === ']') {
      open.pop();
      if (inside !== undefined && open.length === inside.depth) {
        inside.to = match.index + 1;
        inside = undefined;
      }
      const above = open.at(-1);
      if (above !== undefined) above.key = undefined;
    } else if (inside === undefined && top !== undefined) {
      if (top.isObject && top.key === undefined) top.key = keyOf(token);
      else {
        around++;
        top.key = undefined;
      }
    }
  }
  const [best] = arrays.filter(({ records }) => records > 1).sort((a, b) => b.to - b.from - (a.to - a.from));
  if (best === undefined) return undefined;
  const share = (best.to - best.from) / (text.length - begin);
  if (share < leastShare) return undefined;
  return {
    path: `${formatPath(best.keys)}[*]`,
    records: best.records,
    share,
    around: around > 0 || arrays.length > 1,
  };
}

interface Level {
  readonly isObject: boolean;
  /** The member whose value comes next. */
  key: string | undefined;
}

interface Found {
  readonly keys: readonly string[];
  readonly from: number;
  to: number;
  records: number;
}

/** A key that is no string of JSON leads nowhere: the reading that follows says what is wrong with it. */
function keyOf(token: string): string {
  try {
    return String(JSON.parse(token));
  } catch {
    return token;
  }
}
