import { describe, expect, it } from 'vitest';
import { renderExamination } from '../../src/cli/examination.ts';
import { columnsOf } from '../../src/cli/printable.ts';
import { human } from '../../src/cli/reports/human.ts';

type Outcome = Parameters<typeof human>[0];

const finding = (rule: string, line: number, severity = 'note') => ({
  rule,
  severity,
  message: `line ${line} is odd`,
  place: { file: 'p.yaml', line, column: 1 },
  excerpt: { text: 'name: x', width: 4 },
  hint: `mend what ${rule} says`,
});

const report = (findings: readonly object[]): string[] => {
  const outcome = { findings, standards: [], data: [], policy: 'p.yaml' } as unknown as Outcome;
  return human(outcome, { color: false, columns: 80 } as Parameters<typeof human>[1]).split('\n');
};

describe('findings for people', () => {
  it('that repeat each other take a line from the third on', () => {
    const lines = report([
      finding('odd', 1),
      finding('odd', 2),
      finding('even', 3),
      finding('odd', 4),
      finding('odd', 5),
    ]);
    expect(lines.filter((line) => line.includes('hint:'))).toEqual([
      '  hint: mend what odd says',
      '  hint: mend what odd says',
      '  hint: mend what even says',
    ]);
    expect(lines.slice(-5)).toEqual([
      'p.yaml:4:1: note[odd]: line 4 is odd',
      'p.yaml:5:1: note[odd]: line 5 is odd',
      '',
      'p.yaml: 0 errors, 0 warnings, 5 notes',
      '',
    ]);
  });

  it('that are errors are all shown with their line', () => {
    const lines = report([1, 2, 3, 4].map((line) => finding('odd', line, 'error')));
    expect(lines.filter((line) => line.includes('hint:'))).toHaveLength(4);
  });

  it('of doctor fit the width of a terminal', () => {
    const detail = 'ANON_SIGNING_KEY is not set: commands that sign need --key';
    const mend = 'name the key with --key, or set ANON_SIGNING_KEY to its path';
    const findings = [{ status: 'fail', code: 'KEY-MISSING', detail, mend }];
    const examined = [{ check: { name: 'signing key' }, findings }] as unknown as Parameters<
      typeof renderExamination
    >[0];
    const words = (text: string) => text.split(/\s+/).join(' ');
    const narrow = renderExamination(examined, 60);
    for (const line of narrow.split('\n')) expect(columnsOf(line)).toBeLessThanOrEqual(60);
    expect(words(narrow)).toBe(words(renderExamination(examined)));
    expect(narrow.split('\n').length).toBeGreaterThan(renderExamination(examined).split('\n').length);
  });
});
