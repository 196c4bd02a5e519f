import { describe, expect, it } from 'vitest';
import { topicKinds } from '../../src/app/explain/index.ts';
import { optionsOf } from '../../src/app/explain/options.ts';
import { explain } from '../../src/app/explain.ts';
import { Failure } from '../../src/base/diagnostic.ts';
import { failures } from '../../src/base/failures.ts';
import { models } from '../../src/models/index.ts';
import { parsePolicy } from '../../src/policy/parse.ts';
import { transforms } from '../../src/transforms/index.ts';

describe('the index', () => {
  it('has every group, each with something in it', async () => {
    const { form, groups } = await explain(undefined);
    expect(form).toBe('index');
    expect(groups.map(({ kind }) => kind.name)).toEqual(topicKinds.names);
    for (const { kind, topics } of groups) expect(topics.length, kind.name).toBeGreaterThan(3);
  });

  it('says a sentence about every name, and no group has a name twice', async () => {
    for (const { kind, topics } of (await explain(undefined)).groups) {
      expect(new Set(topics.map(({ name }) => name)).size, kind.name).toBe(topics.length);
      for (const { name, summary } of topics) expect(summary, name).toMatch(/^[\p{Lu}`].*\.$/u);
    }
  });

  it('describes every option', async () => {
    const options = (await explain(undefined)).groups.flatMap(({ topics }) =>
      topics.flatMap((topic) => topic.options ?? []),
    );
    expect(options.length).toBeGreaterThan(80);
    expect(options.filter(({ does }) => does === '').map(({ name }) => name)).toEqual([]);
  });
});

describe('a name', () => {
  it.each([...transforms.names, ...models.names, ...Object.keys(failures)])('%s is explained', async (name) => {
    const { form, groups } = await explain(name);
    expect(form).toBe('topic');
    for (const { topics } of groups) expect(topics.map((topic) => topic.name)).toEqual([name]);
  });

  it('may be several things', async () => {
    const { groups } = await explain('date');
    expect(groups.map(({ kind }) => kind.one)).toEqual(['hierarchy', 'recognizer']);
  });

  it('is found in other case, and exactly before that', async () => {
    expect((await explain('TERMS')).groups[0]!.kind.name).toBe('codes');
    expect((await explain('terms')).form).toBe('group');
    expect((await explain('stale')).groups[0]!.topics[0]!.name).toBe('STALE');
  });

  it('may name a field of the data', async () => {
    expect((await explain('entropy-kept(weight)')).groups[0]!.topics[0]!.name).toBe('entropy-kept(FIELD)');
    expect((await explain('risk.above(0.2)')).groups[0]!.topics[0]!.name).toBe('risk.above(THRESHOLD)');
  });

  it.each([
    ['maks', 'did you mean `mask`?'],
    ['STALES', 'did you mean `STALE`?'],
    ['qqqqqqqqqqqq', '`anon explain` lists all names'],
  ])('%s that is none suggests one', async (name, hint) => {
    const failure = await explain(name).catch((error) => error);
    expect(failure).toBeInstanceOf(Failure);
    expect(failure.diagnostics).toEqual([{ code: 'USAGE', message: `nothing is called \`${name}\``, hint }]);
  });
});

describe('what it says', () => {
  const topic = async (name: string) => (await explain(name)).groups[0]!.topics[0]!;

  it('is read off the definition', async () => {
    expect(await topic('mask')).toMatchObject({
      options: expect.arrayContaining([
        { name: 'keep-last', type: 'integer', required: false, default: '0', does: 'Characters to keep at the end.' },
        expect.objectContaining({ name: 'skip', type: 'word', default: 'none', words: ['none', 'punctuation'] }),
      ]),
      examples: expect.arrayContaining([
        { written: '{ mask: { keep-last: 4 } }', gives: '"4111111111111111" becomes "************1111"' },
      ]),
    });
    expect(optionsOf(models.get('k-anonymity')!.options)).toEqual([
      { name: 'k', type: 'integer', required: true, does: 'Smallest allowed class, in individuals.' },
    ]);
    expect((await topic('LEAK')).facts).toContainEqual(['exit status', '1: the answer is no']);
  });

  it('has examples of transforms that a policy can hold as they are written', async () => {
    const parts =
      'domains: { patient: { key: k }, staff: { key: k } }\nkeys: { k: { env: K } }\nhierarchies: { age: { intervals: [0, 18] } }';
    for (const { name, examples = [] } of await topicKinds.get('transforms')!.topics()) {
      const { written } = examples[0]!;
      const text = `policy: anon/v1\nname: x\nversion: "1"\n${parts}\nfields:\n  x: { role: sensitive, transform: ${written} }\n  "*": { role: insensitive, transform: drop }\n`;
      try {
        parsePolicy(Buffer.from(text), { file: 'x.yaml', directory: '.' });
      } catch (error) {
        // Examples name fields, and domains, of a data file that is not this one: their form is what counts here.
        const codes = (error as Failure).diagnostics.map(({ code }) => code);
        expect(codes, `${name}: ${written}`).toEqual(codes.map(() => 'POLICY-MEANING'));
      }
    }
  });
});
