import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { models } from '../../src/models/index.ts';
import { kAnonymity } from '../../src/models/k-anonymity.ts';
import { lDiversity } from '../../src/models/l-diversity.ts';
import type { Classes } from '../../src/table/classes.ts';

const folder = new URL('../../src/models/', import.meta.url);

/** Classes of these sizes; class c holds the values histograms[c]. */
function classes(sizes: readonly number[], histograms: readonly (readonly number[])[]): Classes {
  return {
    count: sizes.length,
    size: (c) => sizes[c]!,
    records: (c) => sizes[c]!,
    histogram: (_, c) => ({
      codes: Int32Array.from(histograms[c]!.keys()),
      counts: Int32Array.from(histograms[c]!),
    }),
  };
}

describe('the registry of models', () => {
  it('holds every definition of the folder', async () => {
    const found = [];
    for (const file of readdirSync(folder).filter((name) => !['index.ts', 'definition.ts'].includes(name))) {
      const module: Record<string, unknown> = await import(new URL(file, folder).href);
      found.push(...Object.values(module).filter((value) => typeof value === 'object' && value !== null));
    }
    expect(new Set(models.all)).toEqual(new Set(found));
  });

  it.each(models.all)('$name names its source and states what it requires', (definition) => {
    expect(definition.summary).toMatch(/^[A-Z].*\.$/);
    expect(definition.source).toMatch(/\b(19|20)\d\d\b/);
  });
});

describe('k-anonymity', () => {
  const criterion = kAnonymity.bind(kAnonymity.options.parse({ k: 3 }), classes([2, 3, 9], [[], [], []]));

  it('is satisfied by classes of k individuals or more', () => {
    expect([0, 1, 2].map((c) => criterion.satisfied(c))).toEqual([false, true, true]);
    expect(criterion.measure([1, 2])).toEqual({ k: 3 });
    expect(criterion.measure([])).toEqual({ k: 0 });
  });

  it.each([1, 0, 2.5, '3'])('takes no k of %s', (k) => {
    expect(kAnonymity.options.safeParse({ k }).success).toBe(false);
  });
});

describe('distinct l-diversity', () => {
  const options = lDiversity.options.parse({ l: 2, sensitive: 's' });
  const criterion = lDiversity.bind(options, classes([5, 5, 5], [[5], [4, 1], [1, 1, 3]]));

  it('is satisfied by l distinct values or more, however often each occurs', () => {
    expect([0, 1, 2].map((c) => criterion.satisfied(c))).toEqual([false, true, true]);
    expect(criterion.measure([1, 2])).toEqual({ l: 2 });
    expect(lDiversity.required(options)).toEqual({ l: 2, variant: 'distinct', sensitive: 's' });
    expect(lDiversity.sensitive?.(options)).toEqual([{ field: 's', path: ['sensitive'] }]);
  });
});
