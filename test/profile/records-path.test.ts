import { describe, expect, it } from 'vitest';
import { guessRecords } from '../../src/profile/records-path.ts';

const people = Array.from({ length: 30 }, (_, i) => ({ id: i, name: `a "b" {c} [${i}]`, tags: [{ t: 1 }, { t: 2 }] }));

describe('the records of a document', () => {
  it('are the array under a member whose objects take the most room', () => {
    const text = JSON.stringify({ meta: { page: 1 }, result: { items: people }, links: [{ a: 1 }, { b: 2 }] }, null, 2);
    expect(guessRecords(text)).toMatchObject({ path: '$.result.items[*]', records: 30, around: true });
    expect(guessRecords(JSON.stringify({ people }))).toMatchObject({ path: '$.people[*]', records: 30, around: false });
    expect(guessRecords(JSON.stringify({ 'the people': people, of: null }))).toMatchObject({
      path: "$['the people'][*]",
      around: true,
    });
  });

  it('are told by the beginning of a document that goes on', () => {
    const text = JSON.stringify({ total: 30, people });
    for (const part of [0.4, 0.7, 0.99]) {
      expect(guessRecords(text.slice(0, text.length * part))).toMatchObject({ path: '$.people[*]', around: true });
    }
  });

  it('are not guessed where the document may be one, or the records itself', () => {
    const [one] = people;
    for (const document of [
      people,
      one,
      { people: [one] },
      { numbers: [1, 2, 3] },
      { note: 'x'.repeat(9999), people },
    ]) {
      expect(guessRecords(JSON.stringify(document))).toBeUndefined();
    }
    for (const text of ['', ' ', '{', '{]}', '{"a":[', '{"a":[{"b":1},{"c"', '[{}']) guessRecords(text);
  });
});
