import { defineLint } from './definition.ts';

export const publicSeed = defineLint({
  name: 'public-seed',
  summary: 'Noise is made from a key that others may have.',
  why: 'Whoever has policy, input and key makes the same noise, and takes it off. A file beside the policy goes where the policy goes; a public key is public.',
  severity: 'warning',
  examples: {
    found: `keys: { seed: { file: ./seed.key } }
reproducible: { key: seed }
fields: { a: { role: sensitive, type: number, transform: { noise: { distribution: normal, scale: 2 } } } }`,
    not: `keys: { seed: { file: ~/.config/anon/seed.key } }
reproducible: { key: seed }
fields: { a: { role: sensitive, type: number, transform: { noise: { distribution: normal, scale: 2 } } } }`,
  },
  check({ policy }) {
    if (policy.reproducible === undefined) return [];
    const { key } = policy.reproducible;
    const reference = policy.keys.get(key);
    if (reference === undefined || !('file' in reference)) return [];
    const { file } = reference;
    const isPublic = /\.pub$/i.test(file);
    const isBeside = !/^(?:[/~]|[A-Za-z]:|\.\.[/\\])/.test(file);
    if (!isPublic && !isBeside) return [];
    const message = isPublic
      ? `\`reproducible\` draws from \`${key}\`, a public key`
      : `\`reproducible\` draws from \`${key}\`, a file beside the policy`;
    return [{ path: ['reproducible'], message, hint: 'a secret key outside of the project, or from the environment' }];
  },
});
