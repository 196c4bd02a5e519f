import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Example, INVALID, Numeral, type TransformDefinition } from '../../src/transforms/definition.ts';
import { transforms } from '../../src/transforms/index.ts';
import { checkForms, testResources } from './harness.ts';

const folder = new URL('../../src/transforms/', import.meta.url);

describe('the registry of transforms', () => {
  it('holds every definition of the folder', async () => {
    const found = [];
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.ts') && name !== 'index.ts')) {
      const module: Record<string, unknown> = await import(new URL(file, folder).href);
      found.push(
        ...Object.values(module).filter((value) => typeof value === 'object' && value !== null && 'effect' in value),
      );
    }
    expect(new Set(transforms.all)).toEqual(new Set(found));
  });

  describe.each(transforms.all)('$name', (definition) => {
    it('is described, and each of its options', () => {
      expect(definition.summary).toMatch(/^[A-Z].*\.$/);
      for (const [option, schema] of Object.entries(optionsOf(definition))) {
        expect(schema.description, option).toMatch(/\.$/);
      }
    });

    it('has examples, which it does', async () => {
      expect(definition.examples.length).toBeGreaterThan(0);
      for (const { options = {}, type, input, output, peers = {} } of definition.examples) {
        const parsed = definition.options.parse(options);
        expect(definition.check?.(parsed, type) ?? []).toEqual([]);
        // What leaves the value as it is, or removes the field, is the engine's to do.
        if (definition.effect !== 'change') continue;
        // What works on whole fields needs some values.
        const inputs = definition.bindTable === undefined ? [input] : Array.from({ length: 10 }, () => input);
        const fields = (definition.references?.(parsed) ?? []).filter(({ section }) => section === 'fields');
        const beside = Object.fromEntries(fields.map(({ name }) => [name, inputs]));
        const given = { ...beside, ...perValue(peers) };
        const resources = testResources({ ...(type && { type }), peers: given });
        await definition.prepare?.(parsed, resources.locale);
        const [result] = checkForms(definition, options, inputs, resources);
        expect(result).not.toBe(INVALID);
        if (output !== undefined)
          expect(result).toEqual(typeof output === 'number' ? new Numeral(String(output)) : output);
      }
    });
  });
});

/** Of the one value that an example has. */
function perValue(peers: NonNullable<Example['peers']>): Record<string, [string | number | null]> {
  return Object.fromEntries(Object.entries(peers).map(([name, value]) => [name, [value]]));
}

/** The options by name; none where the schema is no object. */
function optionsOf(definition: TransformDefinition): Record<string, { description?: string }> {
  return 'shape' in definition.options ? (definition.options.shape as Record<string, { description?: string }>) : {};
}
