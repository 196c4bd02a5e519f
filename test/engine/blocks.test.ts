import { describe, expect, it } from 'vitest';
import type { InputSource } from '../../src/engine/source.ts';
import { csvOf, failureOf, random, records, run, sourceOf } from './harness.ts';

const keep = '{ role: insensitive, transform: keep }';
const noise =
  '{ role: insensitive, type: number, transform: { noise: { distribution: laplace, scale: 5, decimals: 2 } } }';
const dice = '{ role: identifier, transform: { tokenize: { random: true, length: 12 } } }';

/** 6000 records; with `padding` they fill several blocks of 1 MiB, without it one. */
function table(padding: number): string {
  const next = random(11);
  const rows = Array.from({ length: 6000 }, (_, i) => {
    const size = Math.floor(next() * 2 * padding);
    const value = i % 7 === 0 ? '' : String(Math.floor(next() * 1e6) / 100);
    return [`u${i % 500}`, value, padding === 0 ? '' : 'ab, "é"\n'.repeat(Math.ceil(size / 10)), `g${i % 3}`];
  });
  return csvOf([['id', 'value', 'text', 'group'], ...rows]);
}

const fields = `fields: { id: ${dice}, value: ${noise}, text: ${keep}, group: { role: quasi-identifier, transform: keep } }`;
const privacy = 'privacy: { models: [ { k-anonymity: { k: 2 } } ] }';

describe('blocks of the input', () => {
  it('do not show: random values depend on the record alone', async () => {
    const [many, one] = [table(600), table(0)];
    expect(many.length).toBeGreaterThan(3 << 20);
    expect(one.length).toBeLessThan(1 << 20);
    const columns = async (input: string, pieces: number) =>
      records((await run({ policy: `${fields}\n${privacy}`, input, pieces })).output).map(([id, value, , group]) => [
        id,
        value,
        group,
      ]);
    const expected = await columns(one, 1);
    // The sizes of the texts draw on the same generator, so that the values are equal.
    expect(await columns(many, 2)).toEqual(expected);
    expect(await columns(many, 3)).toEqual(expected);
  });

  it('do not show in NDJSON, whose records end where the next begins', async () => {
    const line = (i: number, size: number) =>
      `{"id":"u${i}", "text":"${'é\\n'.repeat(size)}","v":${i % 9 === 0 ? 'null' : i}}${i % 4 === 0 ? '\r\n\n' : '\n'}`;
    const input = (size: number) => Array.from({ length: 3000 }, (_, i) => line(i, (i * size) % 300)).join('');
    const policy = `fields: { "$.id": ${dice}, "$.text": ${keep}, "$.v": ${noise} }`;
    const values = async (size: number, pieces: number) => {
      const { text } = await run({ policy, input: input(size), format: 'ndjson', pieces });
      const lines = text.split('\n').filter((one) => one !== '');
      return lines.map((one) => JSON.parse(one)).map(({ id, v }) => ({ id, v }));
    };
    expect(input(7).length).toBeGreaterThan(1.4e6);
    expect(await values(7, 5)).toEqual(await values(0, 1));
  });

  it('grow with a record that is larger than they are', async () => {
    const large = `"${'x""\n'.repeat(700_000)}"`;
    const input = `a,b\n1,${large}\n2,y\n`;
    const policy = `fields: { a: { role: insensitive, transform: { redact: { with: "0" } } }, b: ${keep} }`;
    expect((await run({ policy, input, pieces: 4 })).text).toBe(`a,b\n0,${large}\n0,y\n`);
  });

  it('are written larger than they were read, with more records than there was room for', async () => {
    const count = 300_000;
    const policy = `keys: { k: { env: K } }\ndomains: { d: { key: k, scope: global } }
fields: { a: { role: identifier, transform: { tokenize: { domain: d, alphabet: hex, length: 64 } } }, b: ${keep} }`;
    const input = `a,b\n${Array.from({ length: count }, (_, i) => `${i % 10},${i % 7}\n`).join('')}`;
    const { text } = await run({ policy, input });
    const lines = text.split('\n');
    expect(lines).toHaveLength(count + 2);
    const tokens = new Map(Array.from({ length: 10 }, (_, i) => [i, lines[i + 1]!.slice(0, 64)]));
    expect(new Set(tokens.values()).size).toBe(10);
    expect(lines.slice(1, -1).every((line, i) => line === `${tokens.get(i % 10)},${i % 7}`)).toBe(true);
  });

  it('hold no record past the limit', async () => {
    const input = Buffer.concat([Buffer.from('a,b\n1,2\n3,"'), Buffer.alloc(17 << 20, 'x'), Buffer.from('"\n')]);
    const policy = `fields: { a: ${keep}, b: ${keep} }`;
    expect(await failureOf({ policy, input })).toMatchObject({ code: 'DATA-SIZE', row: 2 });
  });

  it('refuse an input without records', async () => {
    const policy = `fields: { a: ${keep} }`;
    expect(await failureOf({ policy, input: 'a\n' })).toMatchObject({ code: 'DATA-EMPTY' });
    expect(await failureOf({ policy, input: '' })).toMatchObject({ code: 'DATA-EMPTY' });
  });

  it('refuse NDJSON of blank lines as empty, not for the fields that it lacks', async () => {
    const policy = `fields: { "$.a": ${keep} }`;
    expect(await failureOf({ policy, input: '\n\n', format: 'ndjson' })).toMatchObject({ code: 'DATA-EMPTY' });
  });
});

describe('the input', () => {
  it.each([
    ['ends', 'a\n1\n'],
    ['is refused in the middle', 'a\n1\nx\n'],
    ['is malformed', 'a\n"1\n'],
  ])('is closed when it %s', async (_, input) => {
    let open = 0;
    const plain = sourceOf(input, 1, 'csv');
    const source: InputSource = {
      ...plain,
      async open(...options) {
        const stream = await plain.open(...options);
        open++;
        return { read: (...to) => stream.read(...to), close: async () => void open-- };
      },
    };
    const policy = `fields: { a: { role: quasi-identifier, type: integer, transform: keep } }\n${privacy}`;
    await run({ policy, input, source }).catch(() => {});
    expect(open).toBe(0);
  });

  it('fails the run when it cannot be read, or the output cannot be written', async () => {
    const broken: InputSource = {
      name: 'data.csv',
      open: async () => ({
        read: async () => {
          throw new Error('the disk is gone');
        },
        close: async () => {},
      }),
    };
    await expect(run({ policy: `fields: { a: ${keep} }`, input: '', source: broken })).rejects.toThrow(
      'the disk is gone',
    );
  });
});

describe('an input that changes', () => {
  const policy = `fields: { id: { role: identifier, transform: drop }, group: { role: quasi-identifier, transform: keep } }`;
  const text = 'id,group\nu1,g\nu2,g\n';

  it.each([
    ['another value of the same length', 'id,group\nu1,g\nu3,g\n'],
    ['a record more', `${text}u3,g\n`],
    ['a record less', 'id,group\nu1,g\n'],
    ['an order', 'id,group\nu2,g\nu1,g\n'],
    ['another head', 'id,GROUP\nu1,g\nu2,g\n'],
    ['nothing but a part of the head', 'id,'],
  ])('between the passes is noticed: %s', async (_, later) => {
    const source = changing([text, text, later]);
    expect(await failureOf({ policy: `${policy}\n${privacy}`, input: '', source })).toMatchObject({
      code: 'DATA-CHANGED',
    });
  });

  it('between its head and its records is noticed: columns would be taken for others', async () => {
    const source = changing([text, 'group,id\ng,u1\ng,u2\n']);
    expect(await failureOf({ policy, input: '', source })).toMatchObject({ code: 'DATA-CHANGED' });
  });
});

/** An input that holds the next of the texts each time that it is opened. */
function changing(texts: readonly string[]): InputSource {
  let opened = 0;
  return {
    name: 'data.csv',
    async open() {
      const bytes = Buffer.from(texts[Math.min(opened++, texts.length - 1)]!);
      let position = 0;
      return {
        async read(target, at, size) {
          const read = bytes.copy(target, at, position, Math.min(bytes.length, position + size));
          position += read;
          return read;
        },
        close: async () => {},
      };
    },
  };
}
