/** Name and version of this program: what manifests state. A test holds it to package.json. */
export const tool = { name: 'anon', version: '0.1.0' } as const;
