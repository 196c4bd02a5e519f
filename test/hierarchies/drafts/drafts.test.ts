import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkTable } from '../../../src/hierarchies/check.ts';
import { draftHierarchy, drafts, suggestedDraft } from '../../../src/hierarchies/drafts/index.ts';
import { file } from '../../../src/hierarchies/file.ts';
import { levelsOf } from '../forms.ts';

const counted = (texts: readonly string[], count = 1) => texts.map((text) => ({ text, count }));

/** Texts that a hierarchy of the kind can be made of. */
const textsOf: Readonly<Record<string, fc.Arbitrary<string>>> = {
  interval: fc.oneof(
    fc.integer().map(String),
    fc.double({ noNaN: true, min: -1e15, max: 1e15 }).map(String),
    fc.constantFrom('-0', '+5', '1.50', '.5', '5.', '1e3', '1000000000000000', '0.000000000000001'),
  ),
  date: fc
    .date({ noInvalidDate: true, min: new Date('0001-01-01'), max: new Date('9999-12-31') })
    .map((date) => date.toISOString().slice(0, 10)),
  prefix: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
  groups: fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('', ' a ', 'a;b', '"', 'a\nb', '\ufeffa', '🙂', 'e\u0301'),
  ),
};

describe('drafts', () => {
  it('are suggested by what all values are', () => {
    const kind = (...texts: string[]) => suggestedDraft(counted(texts)).name;
    expect(kind('2024-02-29', '2025-01-01')).toBe('date');
    expect(kind('1', '-2.5')).toBe('interval');
    expect(kind('1', 'n/a')).toBe('groups');
    expect(kind('02138', '90210')).toBe('prefix');
    expect(kind('E11.9', 'I10')).toBe('prefix');
    expect(kind('Bachelors', '9th')).toBe('groups');
    expect(kind('2024-02-30')).toBe('prefix');
  });

  it.each(drafts.names)('of kind %s make a hierarchy that passes the check and knows every value', (name) => {
    const definition = drafts.get(name)!;
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(textsOf[name]!, fc.integer({ min: 1, max: 50 })), {
          selector: ([text]) => text,
          minLength: 1,
          maxLength: 60,
        }),
        fc.integer({ min: 1, max: 9 }),
        (values, levels) => {
          const all = values.map(([text, count]) => ({ text, count }));
          expect(all.every(({ text }) => definition.fits(text))).toBe(true);
          const { text, labels } = draftHierarchy(definition, all, levels);
          const { problems, labels: checked } = checkTable(Buffer.from(text), 'h.csv', ';');
          expect(problems).toEqual([]);
          expect(checked).toEqual(labels);
          expect(labels.length).toBeLessThanOrEqual(levels + 2);
          const hierarchy = file.build(file.options.parse({ file: 'h.csv' }), () => Buffer.from(text));
          const texts = all.map((value) => value.text);
          for (const own of levelsOf(hierarchy, texts)) expect(own).not.toContain(null);
          expect(new Set(hierarchy.domain)).toEqual(new Set(texts));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('cut numbers at round bounds into parts of about equally many records', () => {
    const ages = Array.from({ length: 1000 }, (_, i) => String(17 + ((i * 7) % 74)));
    const counts = new Map<string, number>();
    for (const age of ages) counts.set(age, (counts.get(age) ?? 0) + 1);
    const values = [...counts].map(([text, count]) => ({ text, count }));
    const { text } = draftHierarchy(drafts.get('interval')!, values, 3);
    const rows = text
      .trim()
      .split('\n')
      .map((line) => line.split(';'));
    expect([...new Set(rows.map((row) => row[1]))]).toMatchInlineSnapshot(`
      [
        "[10,25)",
        "[25,35)",
        "[35,45)",
        "[45,55)",
        "[55,60)",
        "[60,70)",
        "[70,80)",
        "[80,95)",
      ]
    `);
    const records = new Map<string, number>();
    for (const [age = '', label = ''] of rows) records.set(label, (records.get(label) ?? 0) + counts.get(age)!);
    // A quarter of a part may be given up at either end.
    for (const count of records.values()) {
      expect(count).toBeGreaterThanOrEqual((1000 / 8) * 0.4);
      expect(count).toBeLessThanOrEqual((1000 / 8) * 1.6);
    }
  });

  it('gather all labels of one into one of the next level', () => {
    const { labels } = draftHierarchy(drafts.get('prefix')!, counted(['E10', 'E11', 'I10', 'I11', 'I20']), 2);
    expect(labels).toEqual([5, 3, 2, 1]);
  });
});
