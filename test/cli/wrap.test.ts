import { describe, expect, it } from 'vitest';
import { renderFindings } from '../../src/cli/audit.ts';
import { renderDifferences } from '../../src/cli/differences.ts';
import { columnsOf } from '../../src/cli/printable.ts';
import { hanging, paragraph } from '../../src/cli/wrap.ts';

const license = 'urn:anon:license:00000000000000000000000000000000';

describe('lines of a terminal', () => {
  it('go on under their beginning, or further in where that leaves few columns', () => {
    expect(hanging('name  ', 'some words that go on and on', 40)).toEqual(['name  some words that go on and on']);
    expect(hanging('name  ', 'some words that go on and on, and on', 36)).toEqual([
      'name  some words that go on and on,',
      '      and on',
    ]);
    expect(hanging('a name of its own  ', 'some words that go on', 40)).toEqual([
      'a name of its own',
      '      some words that go on',
    ]);
    expect(paragraph('some words that go on', 18)).toEqual(['some words that', '  go on']);
  });

  it('hold a digest where it has room, and are no longer for one that has none', () => {
    const digest = 'a'.repeat(64);
    expect(hanging('ok    signature     ', `key ${digest}`, 80)).toEqual(['ok    signature', `      key ${digest}`]);
    expect(hanging('ok    signature     ', `key ${digest}`, 60)).toEqual([
      'ok    signature     key',
      `                    ${digest}`,
    ]);
    expect(paragraph('some words that go on', 20, 2)).toEqual(['  some words that', '    go on']);
  });

  it('hold what differs between bundles', () => {
    const release = { bundle: 'bundle', license, issued: '2026-09-21T14:13:20Z' };
    const after = ['AcademicResearch', 'PublicBenefit', 'ResearchAndDevelopment'];
    const differences = [
      { section: 'terms', path: ['purposes'], change: 'changed', before: 'none', after: after.join(', ') },
    ];
    const outcome = { before: release, after: release, differences } as Parameters<typeof renderDifferences>[0];
    const narrow = renderDifferences(outcome, 60);
    expect(narrow).toBe(
      `--- bundle: ${license},
    issued 2026-09-21T14:13:20Z
+++ bundle: ${license},
    issued 2026-09-21T14:13:20Z
terms
  ~ purposes  none -> AcademicResearch, PublicBenefit,
              ResearchAndDevelopment
1 difference
`.replaceAll('bundle: urn', 'bundle:\n    urn'),
    );
    expect(renderDifferences(outcome).split('\n')).toHaveLength(6);
  });

  it('hold what was found of the audit log', () => {
    const checkpoint = { name: 'december.note', size: 14, signed: false, holds: true };
    const time = '2026-11-22T13:28:23Z';
    const found = {
      entries: 15,
      first: time,
      last: time,
      torn: [],
      recovered: [],
      unended: [],
      anchored: 0,
      problems: [],
    };
    const findings = { ...found, checkpoints: [checkpoint], root: Buffer.alloc(32) } as unknown as Parameters<
      typeof renderFindings
    >[0];
    const lines = renderFindings(findings, 60).split('\n');
    expect(lines).toContain('checkpoint of 14 entries holds, signature not checked:');
    expect(lines).toContain('  give its key with --key: december.note');
    for (const line of lines) expect(columnsOf(line)).toBeLessThanOrEqual(60);
    expect(renderFindings(findings).split('\n')).toHaveLength(5);
  });
});
