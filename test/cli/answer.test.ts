import { describe, expect, it } from 'vitest';
import { renderAnswer } from '../../src/cli/answer.ts';
import { columnsOf } from '../../src/cli/printable.ts';
import { type Answer, checkNames } from '../../src/release/answer.ts';

const expired: Answer = {
  decision: 'deny',
  code: 'EXPIRED',
  license: 'urn:anon:license:0123',
  checks: [
    ...checkNames.slice(0, 9).map((name) => ({ name, status: 'pass' as const, detail: 'well' })),
    { name: 'time', status: 'fail', code: 'EXPIRED', detail: 'the license ended at 2026-01-01T00:00:00Z' },
    ...checkNames.slice(10).map((name) => ({ name, status: 'not-run' as const, detail: 'an earlier check failed' })),
    { name: 'audit', status: 'pass', detail: 'the decision is logged' },
  ],
  terms: [
    {
      term: 'purposes',
      basis: 'asserted',
      detail: 'Marketing is not within AcademicResearch, nor within any other that is licensed',
    },
  ],
};

describe('the answer of verify', () => {
  it('says what to do next, and names what was not looked at in one row', () => {
    expect(renderAnswer(expired).split('\n').slice(9)).toEqual([
      'FAIL  time          EXPIRED: the license ended at 2026-01-01T00:00:00Z',
      '                    hint: ask the issuer to renew it (`anon license renew`); delete the data if nobody does',
      '-     not run       status, approvals, context, terms, subjects, license-text, lineage, digests',
      'ok    audit         the decision is logged',
      '',
      'terms:',
      '  purposes  asserted  Marketing is not within AcademicResearch, nor within any other that is licensed',
      '',
      'deny EXPIRED urn:anon:license:0123',
      '',
    ]);
  });

  it('fits the width of a terminal, and loses no word', () => {
    const words = (text: string) => text.split(/\s+/).join(' ');
    for (const width of [40, 60, 80]) {
      const text = renderAnswer(expired, width);
      expect(words(text)).toBe(words(renderAnswer(expired)));
      for (const line of text.split('\n')) expect(columnsOf(line)).toBeLessThanOrEqual(width);
    }
    expect(
      renderAnswer(expired, 80),
    ).toContain(`  purposes  asserted  Marketing is not within AcademicResearch, nor within any
                      other that is licensed
`);
  });
});
