import fc from 'fast-check';
import { expect, it } from 'vitest';
import { topicKinds } from '../../src/app/explain/index.ts';
import { explain } from '../../src/app/explain.ts';
import { explainedJson, renderExplained } from '../../src/cli/topics.ts';
import { wrap } from '../../src/cli/wrap.ts';

it('wraps text without losing or joining a word, within the width where words allow it', () => {
  const text = fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1 }).map((words) => words.join(' '));
  fc.assert(
    fc.property(text, fc.integer({ min: 20, max: 100 }), fc.integer({ min: 0, max: 6 }), (given, width, depth) => {
      const lines = wrap(given, width, ' '.repeat(depth));
      expect(lines.map((line) => line.slice(depth)).join(' ')).toBe(given);
      for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
    }),
  );
});

it('gives a word that is longer a line of its own', () => {
  expect(wrap('a incomprehensibilities b', 10, '  ', '-')).toEqual(['- a', '  incomprehensibilities', '  b']);
});

it.each([40, 80, 200])('fits everything into %i columns, but for words that are longer', async (width) => {
  const index = await explain(undefined);
  const pages = [
    renderExplained(index, width),
    ...index.groups.map((group) => renderExplained({ form: 'group', groups: [group] }, width)),
    ...index.groups.map((group) => renderExplained({ form: 'topic', groups: [group] }, width)),
  ];
  const long = pages
    .flatMap((page) => page.split('\n'))
    .filter((line) => line.length > width && line.trim().includes(' ') && !/^ *(?:\S+|\S+ {2,}\S+)$/.test(line));
  expect(long).toEqual([]);
});

it('gives programs the same names as people', async () => {
  const index = JSON.parse(explainedJson(await explain(undefined)));
  expect(index.groups.map(({ name }: { name: string }) => name)).toEqual(topicKinds.names);
  const topic = JSON.parse(explainedJson(await explain('mask'))).topics[0];
  expect(topic).toMatchObject({ kind: 'transform', name: 'mask', facts: { reversible: 'no' } });
  expect(topic.options[0]).toEqual({
    name: 'keep-first',
    type: 'integer',
    required: false,
    default: '0',
    does: 'Characters to keep at the beginning.',
    words: null,
  });
});
