import { type Column, ColumnBuffer, type Kind } from '../table/column.ts';
import type { WriteAncestors } from './definition.ts';

/**
 * Ancestors at a level for each value: those of one level are written at once, and then put in the order of the values. `writerAt` is
 * asked once for each level.
 */
export function byRecord(
  writerAt: (level: number) => WriteAncestors,
): (input: Column, output: ColumnBuffer, levelOf: (i: number) => number) => void {
  const parts: Part[] = [];
  let partOf = new Uint8Array(0);
  return (input, output, levelOf) => {
    if (partOf.length < input.count) partOf = new Uint8Array(input.count * 2);
    for (const part of parts) part?.begin(input);
    for (let i = 0; i < input.count; i++) {
      const level = levelOf(i);
      partOf[i] = level;
      parts[level] ??= new Part(writerAt(level), input);
      parts[level].add(input, i);
    }
    for (const part of parts) part?.write();
    for (let i = 0; i < input.count; i++) parts[partOf[i]!]!.copyNext(output);
  };
}

/** The values of one level, in their order. */
class Part {
  readonly #values = new ColumnBuffer();
  readonly #results = new ColumnBuffer();
  readonly #write: WriteAncestors;
  #next = 0;

  constructor(write: WriteAncestors, input: Column) {
    this.#write = write;
    this.begin(input);
  }

  begin(input: Column): void {
    this.#values.reset(input);
    this.#values.bytes = input.bytes;
    this.#next = 0;
  }

  add(input: Column, i: number): void {
    const n = this.#values.count++;
    this.#values.start[n] = input.start[i]!;
    this.#values.end[n] = input.end[i]!;
    this.#values.kind[n] = input.kind[i]!;
  }

  write(): void {
    this.#results.reset(this.#values);
    this.#write(this.#values, this.#results);
  }

  copyNext(output: ColumnBuffer): void {
    const n = this.#next++;
    const { bytes, start, end, kind } = this.#results;
    output.copy(kind[n] as Kind, bytes, start[n]!, end[n]!);
  }
}
