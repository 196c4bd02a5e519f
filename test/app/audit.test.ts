import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type ShowRequest, showAudit } from '../../src/app/audit.ts';
import { believedTime } from '../../src/app/clock.ts';
import { openStateLog } from '../../src/app/state-log.ts';
import { openState } from '../../src/io/state.ts';
import { exported, sampleLines, start } from '../release/audit/logs.ts';

function folder(): string {
  const root = mkdtempSync(join(tmpdir(), 'anon-audit-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  return root;
}

const entry = (state: string, seq: number) => join(state, `audit/entries/000000/${String(seq).padStart(9, '0')}.json`);

/** A log of 1,000 entries, a minute apart. */
function filled(): string {
  const state = folder();
  mkdirSync(dirname(entry(state, 0)), { recursive: true });
  for (const [seq, line] of sampleLines(1000).entries()) writeFileSync(entry(state, seq), line);
  return state;
}

function shown(state: string, request: Partial<ShowRequest>) {
  const all = { license: undefined, since: undefined, last: undefined, ...request };
  const { entries, problems } = showAudit({ folder: join(state, 'audit'), ...all });
  const seqs = [...entries].map(({ seq }) => seq);
  return { seqs, problems: problems().map(({ message }) => message) };
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
const minute = 60_000;

describe('the audit log that is shown', () => {
  it('is the whole, the latest, or what came since', () => {
    const state = filled();
    expect(shown(state, {}).seqs).toEqual(range(0, 1000));
    for (const last of [1, 49, 50, 51, 500, 999, 1000, 5000])
      expect(shown(state, { last }).seqs).toEqual(range(Math.max(0, 1000 - last), 1000));
    for (const from of [0, 1, 50, 777, 999, 1000])
      expect(shown(state, { since: start + from * minute }).seqs).toEqual(range(from, 1000));
    const license = `urn:anon:license:${'1'.repeat(32)}`;
    expect(shown(state, { license, last: 3, since: start + 5 * minute }).seqs).toEqual([997, 998, 999]);
  });

  it('is read from little before what is asked for: damage before that does not show, and any in it does', () => {
    const state = filled();
    writeFileSync(entry(state, 700), '{}\n');
    expect(shown(state, { last: 200 })).toEqual({ seqs: range(800, 1000), problems: [] });
    expect(shown(state, { since: start + 760 * minute })).toEqual({ seqs: range(760, 1000), problems: [] });
    const problems = ['entry 700 of the audit log was changed'];
    expect(shown(state, { last: 400 })).toEqual({ seqs: range(600, 700), problems });
    expect(shown(state, {})).toEqual({ seqs: range(0, 700), problems });
    writeFileSync(entry(state, 950), readFileSync(entry(state, 949)));
    expect(shown(state, { last: 20 }).problems).toEqual(problems);
  });
});

describe('the first entry of a log', () => {
  const begun = async (state: string) => {
    const log = await openStateLog(await openState(state), { now: () => start });
    await log.append(() => exported('u1'));
    return JSON.parse(readFileSync(entry(state, 0), 'utf8')).event.otherState;
  };

  it('tells of a log that was lost where there was one, and not where only a clock was seen', async () => {
    const state = folder();
    await believedTime(await openState(state), start);
    expect(await begun(state)).toBe(false);
    rmSync(join(state, 'audit'), { recursive: true });
    expect(await begun(state)).toBe(true);
  });
});
