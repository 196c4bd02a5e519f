import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { models } from '../../src/models/index.ts';

const folder = new URL('../../src/models/', import.meta.url);

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
