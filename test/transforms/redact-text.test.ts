import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { recognizers } from '../../src/detect/index.ts';
import { Numeral } from '../../src/transforms/definition.ts';
import { redactText } from '../../src/transforms/redact-text.ts';
import { workspace } from '../cli/session.ts';
import { run } from '../engine/harness.ts';
import { checkForms, type Input, testResources } from './harness.ts';

beforeAll(() => redactText.prepare!(redactText.options.parse({}), 'en'));

/** The text made of `text`, in a record with these identifiers. */
function redacted(text: Input, options: object = {}, identifiers: Record<string, Input> = {}): unknown {
  const peers = Object.fromEntries(Object.entries(identifiers).map(([name, value]) => [name, [value]]));
  return checkForms(redactText, options, [text], testResources({ peers }))[0];
}

describe('redact-text', () => {
  it.each([
    ['ada@example.org', '[EMAIL]'],
    ['Call +44 20 7946 0958.', 'Call [PHONE].'],
    ['IBAN DE89 3704 0044 0532 0130 00', 'IBAN [IBAN]'],
    ['card 4111-1111-1111-1111, SSN 123-45-6789', 'card [CARD], SSN [NATIONAL-ID]'],
    ['from 192.0.2.1 to https://example.org/a', 'from [IP] to [URL]'],
    ['seen 12 March 2024 and 2024-03-13T10:00Z', 'seen [DATE] and [DATE]'],
    ['https://example.org/?mail=ada@example.org&n=1', '[URL]'],
    ['two: a@example.org;b@example.org', 'two: [EMAIL];[EMAIL]'],
    ['BP 120/80, pulse 72, 36.6 C, 5 mg, room 12', 'BP 120/80, pulse 72, 36.6 C, 5 mg, room 12'],
  ])('%s', (text, expected) => {
    expect(redacted(text)).toBe(expected);
  });

  it('looks for what it is told to', () => {
    const text = 'ada@example.org on 2024-01-02, 020 7946 0958';
    expect(redacted(text, { find: ['date'] })).toBe('ada@example.org on [DATE], 020 7946 0958');
    expect(redacted(text, { find: ['phone'], countries: ['GB'] })).toBe('ada@example.org on 2024-01-02, [PHONE]');
    expect(redacted(text, { find: [] })).toBe(text);
  });

  it('masks or removes', () => {
    expect(redacted('a: bob@example.org 😀', { 'replace-with': 'mask' })).toBe('a: *************** 😀');
    expect(redacted('a: bob@example.org 😀', { 'replace-with': 'remove' })).toBe('a:  😀');
  });

  it('covers whole what overlaps', () => {
    // The number of the record reaches into the date.
    expect(redacted('No. 4711 2024-01-02 x', { 'replace-with': 'label' }, { id: '47112024' })).toBe(
      'No. [IDENTIFIER] x',
    );
  });

  it('finds the own identifiers of the record, and of the named fields only', () => {
    const identifiers = { name: 'Ada Lovelace', mrn: 4711, mail: null };
    const text = 'Ms Lovelace (mrn 4711), ADA';
    expect(redacted(text, {}, identifiers)).toBe('Ms [IDENTIFIER] (mrn [IDENTIFIER]), [IDENTIFIER]');
    expect(redacted(text, { own: ['mrn'] }, identifiers)).toBe('Ms Lovelace (mrn [IDENTIFIER]), ADA');
    expect(redacted(text, { own: [] }, identifiers)).toBe(text);
  });

  it('leaves no own value to be read across what is masked or removed', () => {
    for (const style of ['mask', 'remove']) {
      const text = redacted('Zo x@example.org Ng', { 'replace-with': style }, { name: 'Zo Ng' });
      expect(String(text)).toMatch(/^\**$/);
    }
    expect(redacted('Zo x@example.org Ng', {}, { name: 'Zo Ng' })).toBe('Zo [EMAIL] Ng');
  });

  it('gives up a text of which ever more turns out to be own values', () => {
    const nested = `${'Zo1 '.repeat(20)}${'Ng2 '.repeat(20)}`.trim();
    expect(redacted(nested, { 'replace-with': 'remove', find: [] }, { name: 'Zo1 Ng2' })).toBe('');
  });

  it('leaves a text without findings as it is, and writes others in NFC', () => {
    const text = 'E\u0301cole 👩‍🔬 \u0000 "';
    expect(redacted(text)).toBe(text);
    expect(redacted(`${text} a@example.org`)).toBe(`${text.normalize('NFC')} [EMAIL]`);
    expect(redacted('')).toBe('');
  });

  it('keeps numbers that are no identifier as numbers', () => {
    expect(redacted(4711)).toEqual(new Numeral('4711'));
    expect(redacted(4711, {}, { id: '4711' })).toBe('[IDENTIFIER]');
    expect(redacted(true)).toBe('true');
  });

  it('finds nothing more in what it has written', () => {
    const piece = fc.oneof(
      fc.constantFrom(...recognizers.all.flatMap(({ examples }) => examples.found)),
      fc.constantFrom('Ada', 'Lovelace', 'and', '12', '\n', '😀', 'e\u0301'),
      fc.string({ maxLength: 6 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const once = String(redacted(pieces.join(' '), {}, { name: 'Ada Lovelace' }));
        expect(redacted(once, {}, { name: 'Ada Lovelace' })).toBe(once);
      }),
      { numRuns: 500 },
    );
  });

  it('finds a number behind one that overlaps it and another', () => {
    expect(redacted('800101 5009 087 046 454 286')).toBe('[NATIONAL-ID] [NATIONAL-ID]');
  });

  it('states what it did in the manifest', () => {
    expect(redactText.parameters!(redactText.options.parse({ find: ['email'] }))).toEqual({
      find: ['email'],
      'replace-with': 'label',
      own: 'identifiers',
    });
  });
});

describe('in a run', () => {
  const csv = `id,full_name,phone,email,note
p-1001,Ada Lovelace,+1 213 373 4253,ada@example.org,"Ms Lovelace called from (213) 373-4253, wants mail to ADA@example.org. Ref P1001"
p-1002,Bo Li,,,"Bo Li, file p-1002; pulse 72"
p-1003,Émile Zola,213-373-4254,,"E\u0301MILE ZOLA: nothing to report"
`;
  const policy = (note: string) => `fields:
  id: { role: identifier, transform: drop }
  "*_name": { role: identifier, transform: drop }
  phone: { role: identifier, transform: { mask: { keep-last: 2 } } }
  email: { role: identifier, transform: redact }
  note: { role: sensitive, transform: ${note} }
`;

  it('a note with the own name, telephone number and mail address passes the leak check', async () => {
    const kept = await run({ policy: policy('keep'), input: csv, leakCheck: true });
    expect(kept.result.leak!.findings.length).toBeGreaterThan(2);
    for (const style of ['label', 'mask', 'remove']) {
      const { result, text } = await run({
        policy: policy(`{ redact-text: { replace-with: ${style} } }`),
        input: csv,
        leakCheck: true,
      });
      expect(result.leak!.findings).toEqual([]);
      expect(text).toContain('pulse 72');
    }
  });

  it('and so does any text into which own values are put', async () => {
    const word = fc.stringMatching(/^[A-Za-zéß0-9]{1,9}$/);
    const name = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' '));
    const row = fc.tuple(
      name,
      fc.array(fc.oneof(word, fc.constant('@')), { maxLength: 6 }),
      fc.constantFrom(' ', '-', ''),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { minLength: 1, maxLength: 10 }),
        fc.constantFrom('label', 'mask', 'remove'),
        async (rows, style) => {
          const lines = rows.map(([own, rest, separator]) => `${own},"${[...rest, own, ...rest].join(separator)}"\n`);
          const { result } = await run({
            policy: `fields:
  name: { role: identifier, transform: drop }
  note: { role: sensitive, transform: { redact-text: { replace-with: ${style} } } }
`,
            input: `name,note\n${lines.join('')}`,
            leakCheck: true,
          });
          // Values of others are not looked for.
          expect(result.leak!.findings.filter(({ identifier }) => identifier !== undefined)).toEqual([]);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('finds identifiers that repeat, and those within objects, in JSON', async () => {
    const input = [
      {
        patient: { name: 'Ada Lovelace', tags: ['x77001', 'y77002'] },
        kin: [{ name: 'Byron' }, { name: 'Annabella' }],
        notes: ['Byron came', 'annabella and x77001', 'Y77002'],
      },
      { patient: { name: null, tags: [] }, kin: [], notes: ['Byron came'] },
    ];
    const { text } = await run({
      policy: `fields:
  "$.patient": { role: identifier, transform: drop }
  "$.kin[*].name": { role: identifier, transform: drop }
  "$.notes[*]": { role: sensitive, transform: redact-text }
`,
      input: input.map((record) => JSON.stringify(record)).join('\n'),
      format: 'ndjson',
      leakCheck: true,
    });
    const [first, second] = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).notes);
    expect(first).toEqual(['[IDENTIFIER] came', '[IDENTIFIER] and [IDENTIFIER]', '[IDENTIFIER]']);
    expect(second).toEqual(['Byron came']);
  });

  it('refuses what it cannot look for', async () => {
    await expect(run({ policy: policy('{ redact-text: { own: [nme] } }'), input: csv })).rejects.toThrow(
      'there is no field `nme`',
    );
    await expect(run({ policy: policy('{ redact-text: { countries: [UK] } }'), input: csv })).rejects.toThrow();
  });

  it('runs in the program', () => {
    const { write, run: anon } = workspace();
    write('policy.yaml', `policy: anon/v1\nname: notes\nversion: "1"\n${policy('redact-text')}`);
    write('notes.csv', csv);
    const { status, stderr } = anon(['apply', 'policy.yaml', 'notes.csv', '--data-only', 'out']);
    expect([status, stderr]).toEqual([0, expect.stringContaining('leak check: nothing found')]);
    const kept = workspace();
    kept.write('policy.yaml', `policy: anon/v1\nname: notes\nversion: "1"\n${policy('keep')}`);
    kept.write('notes.csv', csv);
    expect(kept.run(['apply', 'policy.yaml', 'notes.csv', '--data-only', 'out']).status).toBe(1);
  });
});
