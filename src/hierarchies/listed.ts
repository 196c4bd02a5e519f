import { Kind } from '../table/column.ts';
import { Dictionary } from '../table/dictionary.ts';
import { type Hierarchy, type WriteAncestors, writeKnown } from './definition.ts';

/**
 * The hierarchy of a list of values: `columns[i]` has their labels at level i + 1, the last of them one label for all. Values are
 * distinct; every column is as long as they are. It knows no other value.
 */
export function buildListed(domain: readonly string[], columns: readonly (readonly string[])[]): Hierarchy {
  const values = new Dictionary();
  for (const value of domain) {
    const bytes = Buffer.from(value);
    values.code(bytes, 0, bytes.length);
  }
  const levels = columns.map(levelOf);
  return {
    height: levels.length,
    domain,
    ancestor(text, level) {
      const bytes = Buffer.from(text);
      const code = values.find(bytes, 0, bytes.length);
      if (code < 0) return null;
      const at = levels[level - 1];
      return at === undefined ? text : at.labels[at.labelOf[code]!]!;
    },
    ancestorBytes(level) {
      const at = levels[level - 1];
      return at === undefined
        ? writeKnown((bytes, from, to) => values.find(bytes, from, to) >= 0)
        : writeLabels(values, at);
    },
  };
}

/** Of a level: each label once, and which of them each value has. */
interface Level {
  readonly labels: readonly string[];
  readonly labelOf: Int32Array;
}

function levelOf(column: readonly string[]): Level {
  const codes = new Map<string, number>();
  const labelOf = Int32Array.from(column, (label) => {
    const code = codes.get(label) ?? codes.size;
    codes.set(label, code);
    return code;
  });
  return { labels: [...codes.keys()], labelOf };
}

function writeLabels(values: Dictionary, { labels, labelOf }: Level): WriteAncestors {
  const bytes = Buffer.from(labels.join(''));
  const ends = new Int32Array(labels.length + 1);
  labels.forEach((label, i) => {
    ends[i + 1] = ends[i]! + Buffer.byteLength(label);
  });
  return (input, output) => {
    for (let i = 0; i < input.count; i++) {
      const code = values.find(input.bytes, input.start[i]!, input.end[i]!);
      if (code < 0) output.invalid();
      else {
        const label = labelOf[code]!;
        output.copy(Kind.text, bytes, ends[label]!, ends[label + 1]!);
      }
    }
  };
}
