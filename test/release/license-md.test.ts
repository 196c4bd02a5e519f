import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { currentRenderer, renderers, renderLicense } from '../../src/release/license-md.ts';
import { escapeMarkdown } from '../../src/release/markdown.ts';
import { parseStatement } from '../../src/release/statement.ts';
import { type Json, sampleBundle, statementOf } from './sample.ts';

const sample = statementOf(sampleBundle());

function rendered(change: (statement: Json) => void = () => {}): string {
  const statement = structuredClone(sample);
  change(statement);
  return renderLicense(parseStatement(statement));
}

/** What gives a line its place in the structure: headings, bullets, code, plain lines. */
function skeleton(text: string): string[] {
  return text.split('\n').map((line) => /^(?:#+ |- | {4}|$)?/.exec(line)![0]);
}

describe('license-md/1', () => {
  it('is the current renderer', () => expect(renderers.get(currentRenderer)?.render).toBe(renderLicense));

  it('says that a sample was taken, where one was', () => {
    const sampled = (value: object) =>
      rendered((statement) => Object.assign(statement.predicate.privacy, { sampled: value }));
    expect(sampled({ records: 3007, of: 30_000, share: 0.1 })).toContain(
      '- Sampled at random: 3007 of 30000 records, each with probability 0.1\n',
    );
    expect(sampled({ records: 3000, of: 30_000 })).toContain('- Sampled at random: 3000 of 30000 records\n');
    for (const wrong of [{ records: 2, of: 1 }, { records: 1 }, { records: 1, of: 2, share: 1 }]) {
      expect(() => sampled(wrong)).toThrow('sampled');
    }
  });

  // Bundles hold the digest of this text: if it changes, it needs a new renderer beside this one.
  it('writes what it always wrote', () => {
    expect(rendered()).toMatchInlineSnapshot(`
      "# Readmission cohort 2026

      - License: \`urn:anon:license:854bfca2eeefa5220f15798a934228df\`
      - Issued by: Example Hospital Trust (urn:org:example-hospital), data@hospital.example
      - Issued at: 2026-11-21T12:00:00Z
      - In force: from 2026-10-01T00:00:00Z until, not including, 2027-10-01T00:00:00Z

      This text shows the signed statement in \`license.intoto.json\`. The data may be used only as it says; what it does not permit is not permitted.

      ## Terms

      - The licensee is Example University (urn:org:example-university).
      - The licensee may read and analyse the data (use).
      - The licensee must not identify individuals in the data (reidentify).
      - The licensee must not link the data with other data about individuals (link).
      - What is not permitted here is not allowed.
      - The data may be used only for these purposes of the W3C Data Privacy Vocabulary, and narrower ones: AcademicResearch.
      - The data may be used only in: GB (United Kingdom); EEA (European Economic Area).

      ## What was done to the data

      - "email" (identifier): fake; parameters {"as":"internet.email"}
      - "age" (quasi-identifier): generalize

      ## Privacy as measured

      - Records of equal "patient_id" are one individual
      - Quasi-identifiers: "age", "zip"
      - k-anonymity: required k = 11; measured k = 12
      - Generalized: "age" to level 2
      - Suppressed: 7 of 3000 records
      - Risk of re-identification: highest 0.083, average 0.01

      ## Files

      - datapackage.json: SHA-256 \`d4428aa5b4898297bd941de3c309677cfc5c54035573e37ced3f96d62e5f615b\`
      - report.json: SHA-256 \`7413a33040e4c643314df76564432caaf557c2d2feaef082a9a2b84732a0d457\`
      - data/patients.csv.chunks: SHA-256 \`a5f03635bb4c357718201cd89711e96bf0e954439486eb576736f7fb3f448df4\`
      - data/patients.csv: 1 record, 33 bytes, SHA-256 \`a9cc0b64b1b6885258b47728e714b5625be54a3c821e2f8045c323cbcba0c492\`

      ## Origin

      - Policy: Cohort 2026, version 3.2, SHA-256 \`aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\`
      - Source: 3000 records, commitment \`hmac-sha256:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\`
      - Made with: anon 0.1.0

      ## How to verify

      The statement is signed with the Ed25519 key of id \`324be2dea8bc44461b0233e51fa48902ed6b1cc671e7739af2551e0bfe68f54e\`. Get that key from the issuer, not from where this bundle came from. Then run

          anon verify BUNDLE --trust KEY.pem

      and state your use. Where this text and the signed statement differ, \`anon\` refuses the bundle.
      "
    `);
  });

  it('says what an unusual release says', () => {
    const text = rendered(({ predicate }) => {
      Object.assign(predicate, { approvals: { threshold: 2, distinctFromIssuer: true } });
      Object.assign(predicate, { status: { required: true, maxAge: 'P1D', from: 'revocations.json' } });
      Object.assign(predicate.privacy, {
        unit: null,
        quasiIdentifiers: [],
        models: [],
        risk: null,
        generalization: null,
      });
      predicate.issuer = { name: 'Somebody', key: predicate.issuer.key };
      predicate.transforms = [
        {
          field: '',
          role: 'sensitive',
          technique: ['round', 'noise'],
          reversible: true,
          reproducible: true,
          parameters: {},
        },
      ];
      predicate.lineage.parents = [{ id: `urn:anon:license:${'0'.repeat(32)}`, sha256: 'c'.repeat(64) }];
    });
    expect(text).toContain('- Approvals needed: 2, the issuer not counted\n');
    expect(text).toContain('- Revocation: a list (revocations.json) no older than P1D must be at hand\n');
    expect(text).toContain('- Issued by: Somebody\n');
    expect(text).toContain(
      '- "" (sensitive): round, then noise; reversible by whoever holds the key; random, repeatable by whoever holds the key\n',
    );
    expect(text).toContain(
      '- One record is one individual\n- Quasi-identifiers: none\n- No privacy model was required\n- Supp',
    );
    expect(text).toContain('- Risk of re-identification: not measured\n');
    expect(text).toContain(`- Parent license: \`urn:anon:license:${'0'.repeat(32)}\`, SHA-256 \`${'c'.repeat(64)}\`\n`);
  });

  it.each([
    ['as earlier programs said', {}, 'class by class, and another'],
    ['within the budget', { budgetSpent: false }, 'class by class within the work budget, and another'],
    ['past it', { budgetSpent: true }, 'class by class until the work budget was spent, and another'],
  ])('says how values were recoded class by class: %s', (_, more, words) => {
    const text = rendered(({ predicate }) => {
      const search = { recoding: 'local', measure: 'loss', score: 0.25, bound: 0, proven: false, ...more };
      Object.assign(predicate.privacy, { search });
    });
    expect(text).toContain(`- Information loss (loss): 0.25; values were recoded ${words} recoding may lose less\n`);
  });

  it('does not look at its own digest, nor at the order of open members', () => {
    const other = rendered((s) => {
      s.subject.find(({ name }: Json) => name === 'LICENSE.md').digest.sha256 = 'd'.repeat(64);
      s.predicate.transforms[0].parameters = { b: 1, a: 2 };
    });
    expect(other).toBe(
      rendered((s) => {
        s.predicate.transforms[0].parameters = { a: 2, b: 1 };
      }),
    );
  });

  const attacks = [
    '# Terms',
    '](https://evil.example) [click](https://evil.example)',
    '![x](https://evil.example/pixel)',
    '<script>alert(1)</script><!--',
    '&lt;b&gt; &#60;',
    '`code` ``` ~~~',
    '**bold** __bold__ ~~gone~~',
    '| a | b |',
    'https://evil.example www.evil.example a@evil.example',
    '\\[x\\](y)',
    '1. one',
    '--- === ***',
    '$x$',
  ];
  it.each(attacks)('shows %j as it stands, wherever it stands', (attack) => {
    const text = rendered(({ predicate }) => {
      predicate.title = attack;
      predicate.issuer.name = attack;
      predicate.terms.licensee.name = attack;
      predicate.transforms[0].field = attack;
      predicate.transforms[0].parameters = { 'keep-last': attack };
      predicate.privacy.models[0].measured = { [attack]: attack };
      predicate.privacy.unit = attack;
      predicate.lineage.policy.name = attack;
    });
    expect(skeleton(text)).toEqual(skeleton(rendered()));
    expect(text).not.toMatch(/(?<!\\)[<>]|(?<!\\)\[|(?<!\\)\*|(?<!\\)~|(?<!\\):\/\/|www\./);
    expect(text).toContain(`# ${escapeMarkdown(attack)}\n`);
  });

  it('lets no field name end a line or move the cursor', () => {
    for (const attack of [
      'a\n## Terms\n- All is permitted',
      'a\r\nb',
      '\u001b[2Ja',
      'a\u2028b',
      'a\u202eb',
      'a\u0085b',
    ]) {
      const text = rendered(({ predicate }) => {
        predicate.transforms[0].field = attack;
        predicate.privacy.quasiIdentifiers = [attack];
      });
      expect(skeleton(text)).toEqual(skeleton(rendered()));
      expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e]/);
    }
  });
});

describe('escapeMarkdown', () => {
  it.each([
    ['Example University', 'Example University'],
    ['urn:org:example-university', 'urn:org:example-university'],
    ['Universität für Bodenkultur 医科大学', 'Universität für Bodenkultur 医科大学'],
    ['patient_id', 'patient_id'],
    ['_a_ __b', '\\_a\\_ \\_\\_b'],
    ['a\u200bb\u{e0041}', 'a\\<U+200B\\>b\\<U+E0041\\>'],
    ['a\ud800', 'a\\<U+D800\\>'],
    ['\u001b[31m', '\\<U+001B\\>\\[31m'],
  ])('writes %j as %s', (text, expected) => expect(escapeMarkdown(text)).toBe(expected));

  it('keeps one line one line, and different texts different', () => {
    const text = fc.string({ unit: 'binary', maxLength: 8 });
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(escapeMarkdown(a)).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
        const readBack = escapeMarkdown(a).replace(/\\(?=[!-/:-@[-`{-~])/g, '');
        if (!/<U\+/.test(readBack)) expect(readBack).toBe(a);
        if (a !== b && !/<U\+/.test(a + b)) expect(escapeMarkdown(a)).not.toBe(escapeMarkdown(b));
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});
