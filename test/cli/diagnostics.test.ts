import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../../src/base/diagnostic.ts';
import { diagnosticsJson, renderDiagnostics } from '../../src/cli/diagnostics.ts';

const plain = (...diagnostics: Diagnostic[]) => renderDiagnostics(diagnostics, { color: false });

const policyProblem: Diagnostic = {
  code: 'POLICY-SHAPE',
  message: 'unknown option `keep-lst` of `mask`',
  place: { file: 'policy.yaml', line: 14, column: 51 },
  excerpt: { text: '  phone: { role: identifier, transform: { mask: { keep-lst: 2 } } }', width: 8 },
  hint: 'did you mean `keep-last`?',
};

describe('for people', () => {
  test('a problem of a text file shows its line', () => {
    expect(plain(policyProblem)).toMatchInlineSnapshot(`
      "policy.yaml:14:51: error[POLICY-SHAPE]: unknown option \`keep-lst\` of \`mask\`
        14 |   phone: { role: identifier, transform: { mask: { keep-lst: 2 } } }
           |                                                   ^^^^^^^^
        hint: did you mean \`keep-last\`?
      "
    `);
  });

  test('places in data', () => {
    const problem = { code: 'DATA-VALUE', message: 'not a number' } as const;
    expect(
      plain(
        { ...problem, place: { row: 12, field: 'email' } },
        { ...problem, place: { file: 'patients.csv', row: 0, field: 'email' } },
        { ...problem, place: { file: 'patients.csv', line: 3 } },
        { ...problem, place: {}, severity: 'warning' },
        problem,
      ),
    ).toMatchInlineSnapshot(`
      "row 12, field email: error[DATA-VALUE]: not a number
      patients.csv: header, field email: error[DATA-VALUE]: not a number
      patients.csv:3: error[DATA-VALUE]: not a number
      warning[DATA-VALUE]: not a number
      error[DATA-VALUE]: not a number
      "
    `);
  });

  test('wide characters, combining marks and tabs keep the underline in place', () => {
    const text = '\t"名前e\u0301": drpo';
    expect(
      plain({
        code: 'POLICY-SHAPE',
        message: 'm',
        place: { file: 'p', line: 1, column: 10 },
        excerpt: { text, width: 4 },
      }),
    ).toMatchInlineSnapshot(`
      "p:1:10: error[POLICY-SHAPE]: m
        1 | \\t"名前é": drpo
          |            ^^^^
      "
    `);
  });

  test('of a long line, the part around the place', () => {
    const text = `${'x'.repeat(500)}HERE${'y'.repeat(500)}`;
    const shown = plain({
      code: 'POLICY-SHAPE',
      message: 'm',
      place: { line: 1, column: 501 },
      excerpt: { text, width: 4 },
    });
    const [, line, underline] = shown.split('\n');
    expect(line!.length).toBeLessThan(140);
    expect(line!.slice(underline!.indexOf('^'), underline!.lastIndexOf('^') + 1)).toBe('HERE');
  });

  test('color', () => {
    const text = renderDiagnostics([policyProblem], { color: true });
    expect(text).toContain('\x1b[1;31merror[POLICY-SHAPE]\x1b[0m');
    expect(text.replace(/\x1b\[[\d;]*m/g, '')).toBe(plain(policyProblem));
  });

  test('nothing that is shown acts on the terminal', () => {
    const nasty = fc.string({
      unit: fc.constantFrom(
        'a',
        ' ',
        '\x1b',
        '\x07',
        '\r',
        '\n',
        '\t',
        '\u009b',
        '\u202e',
        '\u2066',
        '\u200b',
        '\u2028',
        '\ud800',
        '\u{e0001}',
      ),
    });
    fc.assert(
      fc.property(nasty, nasty, nasty, nasty, fc.integer({ min: 1, max: 20 }), (message, hint, field, text, column) => {
        const place = { file: field, line: 1, column, field };
        const shown = plain({ code: 'DATA-VALUE', message, hint, place, excerpt: { text, width: 3 } });
        expect(shown).toMatch(
          /^[^\p{Cs}\p{Cf}\p{Zl}\p{Zp}\p{Cc}]*\n[^\p{Cs}\p{Cf}\p{Zl}\p{Zp}\p{Cc}]*\n *\| *\^+\n {2}hint: [^\p{Cs}\p{Cf}\p{Zl}\p{Zp}\p{Cc}]*\n$/u,
        );
      }),
      { numRuns: 300, seed: 1 },
    );
  });
});

test('for machines', () => {
  expect(
    diagnosticsJson([
      policyProblem,
      { code: 'LEAK', message: 'm', place: { row: 3, field: 'f' }, severity: 'warning' },
    ]),
  ).toEqual([
    {
      code: 'POLICY-SHAPE',
      severity: 'error',
      message: 'unknown option `keep-lst` of `mask`',
      file: 'policy.yaml',
      line: 14,
      column: 51,
      row: null,
      field: null,
      hint: 'did you mean `keep-last`?',
    },
    {
      code: 'LEAK',
      severity: 'warning',
      message: 'm',
      file: null,
      line: null,
      column: null,
      row: 3,
      field: 'f',
      hint: null,
    },
  ]);
});
