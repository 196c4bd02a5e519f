import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { hierarchies } from '../../src/hierarchies/index.ts';
import { filesOf, levelsOf } from './forms.ts';

const folder = new URL('../../src/hierarchies/', import.meta.url);

describe('the registry of hierarchies', () => {
  it('holds every definition of the folder', async () => {
    const found = [];
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.ts') && name !== 'index.ts')) {
      const module: Record<string, unknown> = await import(new URL(file, folder).href);
      found.push(
        ...Object.values(module).filter((value) => typeof value === 'object' && value !== null && 'build' in value),
      );
    }
    expect(new Set(hierarchies.all)).toEqual(new Set(found));
  });

  describe.each(hierarchies.all)('$name', (definition) => {
    it('is described, and each of its options', () => {
      expect(definition.summary).toMatch(/^[A-Z].*\.$/);
      const { shape } = definition.options as unknown as { shape: Record<string, { description?: string }> };
      expect(Object.keys(shape)).toContain(definition.name);
      for (const [option, schema] of Object.entries(shape)) expect(schema.description, option).toMatch(/\.$/);
    });

    it('does what its examples say', () => {
      expect(definition.examples.length).toBeGreaterThan(0);
      for (const { options, files, input, levels } of definition.examples) {
        const parsed = definition.options.parse(options);
        expect(definition.files?.(parsed) ?? []).toEqual(Object.keys(files ?? {}));
        expect(levelsOf(definition.build(parsed, filesOf(files ?? {})), [input])).toEqual([levels]);
      }
    });

    it('refuses options that it does not know', () => {
      const { options } = definition.examples[0]!;
      expect(definition.options.safeParse({ ...(options as object), unknown: 1 }).success).toBe(false);
    });
  });
});
