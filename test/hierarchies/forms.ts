import { expect } from 'vitest';
import { ancestorWriter, type Hierarchy } from '../../src/hierarchies/definition.ts';
import { ColumnBuffer, Kind, textAt } from '../../src/table/column.ts';

/** Files by their name in the options. */
export function filesOf(texts: Readonly<Record<string, string | Buffer>>): (path: string) => Buffer {
  return (path) => {
    const text = texts[path];
    if (text === undefined) throw new Error(`the test gives no file ${path}`);
    return Buffer.from(text);
  };
}

/** For hierarchies that read no file. */
export const noFiles = filesOf({});

/** The ancestors of each text at levels 0 to height; null where the hierarchy does not know it. Both forms must give them. */
export function levelsOf(hierarchy: Hierarchy, texts: readonly string[]): (string | null)[][] {
  const plain = texts.map((text) => range(hierarchy.height).map((level) => hierarchy.ancestor(text, level)));
  const columns = range(hierarchy.height).map((level) => written(hierarchy, level, texts));
  expect(texts.map((_, i) => columns.map((column) => column[i]))).toEqual(plain);
  return plain;
}

function written(hierarchy: Hierarchy, level: number, texts: readonly string[]): (string | null)[] {
  const input = new ColumnBuffer(texts.length);
  for (const text of texts) {
    // Digits on either side show a form that reads past its slice.
    input.text(Kind.text, `1${text}2`);
    const i = input.count - 1;
    input.start[i]!++;
    input.end[i]!--;
  }
  const output = new ColumnBuffer(texts.length, 16);
  ancestorWriter(hierarchy, level)(input, output);
  expect(output.count).toBe(texts.length);
  return texts.map((_, i) => (output.kind[i] === Kind.invalid ? null : textAt(output, i)));
}

function range(height: number): number[] {
  return Array.from({ length: height + 1 }, (_, level) => level);
}
