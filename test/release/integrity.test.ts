import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Failure } from '../../src/base/diagnostic.ts';
import { memoryBundle } from '../../src/release/bundle-source.ts';
import { readRelease } from '../../src/release/integrity.ts';
import { envelopeName } from '../../src/release/layout.ts';
import { sampleBundle, statementOf } from './sample.ts';

const bundle = sampleBundle();

async function codeOf(files: ReadonlyMap<string, Buffer>): Promise<string | undefined> {
  try {
    await readRelease(memoryBundle(files));
    return undefined;
  } catch (error) {
    if (error instanceof Failure) return error.code;
    throw error;
  }
}

describe('a bundle that is whole', () => {
  it('is read, with the columns of its data', async () => {
    const { statement, schema } = await readRelease(memoryBundle(bundle));
    expect(statement).toEqual(statementOf(bundle));
    expect([...schema.keys()]).toEqual(statement.predicate.files.map(({ name }) => name));
    for (const fields of schema.values()) expect(fields.length).toBeGreaterThan(0);
  });
});

describe('a bundle that is not', () => {
  it('is refused by a file that is missing or too many', async () => {
    for (const name of bundle.keys()) {
      expect(await codeOf(new Map([...bundle].filter(([other]) => other !== name))), name).toBe('MISSING');
    }
    expect(await codeOf(new Map([...bundle, ['data/more.csv', Buffer.from('x')]]))).toBe('EXTRA');
  });

  it('is refused by any byte that is not the one of its statement', async () => {
    const names = [...bundle.keys()].filter((name) => name !== envelopeName);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...names),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        async (name, nth, flip) => {
          const bytes = Buffer.from(bundle.get(name)!);
          bytes[nth % bytes.length]! ^= flip;
          expect(await codeOf(new Map([...bundle, [name, bytes]]))).toBe('DIGEST');
        },
      ),
      { numRuns: 200, seed: 1 },
    );
  });

  it('is refused when there is no statement in its envelope', async () => {
    expect(await codeOf(new Map([...bundle, [envelopeName, Buffer.from('{}')]]))).toBe('ENVELOPE');
  });
});
