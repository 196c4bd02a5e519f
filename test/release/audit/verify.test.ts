import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { originOf } from '../../../src/release/audit/checkpoint.ts';
import { leafOf } from '../../../src/release/audit/line.ts';
import { createMerkleTree, leafHash } from '../../../src/release/audit/merkle.ts';
import { createReplay } from '../../../src/release/audit/replay.ts';
import { type Anchor, verifyLog } from '../../../src/release/audit/verify.ts';
import { exported, license, linesOf, reset, sampleLines, start } from './logs.ts';

/** Entries enough for three that hold the counts. */
const lines = sampleLines(130);

function anchorOf(size: number, of: readonly Buffer[] = lines): Anchor {
  const tree = createMerkleTree();
  for (const line of of.slice(0, size)) tree.add(leafHash(leafOf(line)));
  return { name: `${size}.note`, origin: originOf(of[0]!), size, root: tree.root(), signed: true };
}

function codes(of: readonly Buffer[], anchors: readonly Anchor[] = []): string[] {
  return verifyLog(of, anchors).problems.map(({ code }) => code);
}

function problem(of: readonly Buffer[], anchors: readonly Anchor[] = []): string | undefined {
  return verifyLog(of, anchors).problems[0]?.message;
}

const replaced = (seq: number, line: Buffer): Buffer[] => lines.map((old, i) => (i === seq ? line : old));

describe('a log', () => {
  it('as it was written has no problems, and its tree head is that of its lines', () => {
    const found = verifyLog(lines, [anchorOf(0), anchorOf(77), anchorOf(130)]);
    expect(found).toMatchObject({ entries: 130, problems: [], torn: [], recovered: [], anchored: 130 });
    expect(found).toMatchObject({ first: '2026-12-01T00:00:00Z', last: '2026-12-01T02:09:00Z' });
    expect(found.root).toEqual(anchorOf(130).root);
    expect(verifyLog([], [])).toMatchObject({ entries: 0, origin: null, problems: [], anchored: 0 });
  });

  it('with any byte flipped is found out, at the entry', () => {
    fc.assert(
      fc.property(fc.nat(129), fc.nat(), fc.integer({ min: 1, max: 255 }), (seq, at, flip) => {
        const flipped = Buffer.from(lines[seq]!);
        flipped[at % flipped.length]! ^= flip;
        const found = verifyLog(replaced(seq, flipped), []);
        // The last entry with its end destroyed looks like one that was cut off, and is told of as such.
        const told = found.torn.map((torn) => torn.seq);
        if (told.length > 0) expect([seq, told]).toEqual([129, [129]]);
        else expect(found.problems[0]?.message).toContain(`entry ${seq} `);
      }),
      { numRuns: 200 },
    );
  });

  it('with a line removed, added, moved or cut off in its middle is found out, at the entry', () => {
    expect(problem(lines.toSpliced(60, 1))).toBe('entry 60 of the audit log stands in another place than its own');
    expect(problem(lines.toSpliced(60, 0, lines[60]!))).toContain('entry 61 ');
    expect(problem(lines.toSpliced(60, 2, lines[61]!, lines[60]!))).toContain('entry 60 ');
    expect(problem(replaced(60, lines[60]!.subarray(0, 80)))).toBe('entry 60 of the audit log was cut off');
    expect(problem(replaced(60, Buffer.alloc(0)))).toBe('entry 60 of the audit log was cut off');
    expect(problem(lines.slice(1))).toContain('entry 0 ');
    const other = linesOf(Array.from({ length: 130 }, (_, i) => (i === 0 ? reset : exported(`v${i}`))));
    expect(problem(replaced(60, other[60]!))).toBe(
      'entry 60 of the audit log is not the one that was written after entry 59',
    );
    expect(problem([...lines.slice(0, 50), ...other.slice(50)])).toContain('entry 50 ');
  });

  it('with its counts made smaller is found out, though each line hangs on the one before', () => {
    const replay = createReplay();
    for (const line of lines.slice(0, 50)) replay.accept(line);
    const fresh = createReplay({
      seq: 50,
      time: '2026-12-01T00:00:00Z',
      previous: replay.head.toString('hex'),
      counts: { lost: 0, licenses: [] },
      event: exported('u1'),
    });
    const { line } = fresh.next(exported('u1'), start);
    expect(problem([...lines.slice(0, 50), line])).toBe(
      'entry 50 of the audit log does not hold the counts of those before it',
    );
  });

  it('written anew from some entry on is found out by a checkpoint, and only by one', () => {
    const forged = linesOf([
      ...Array.from({ length: 129 }, (_, i) => (i === 0 ? reset : exported(`u${i % 7}`))),
      exported('x'),
    ]);
    expect(codes(forged)).toEqual([]);
    expect(codes(forged, [anchorOf(129)])).toEqual([]);
    expect(codes(forged, [anchorOf(130)])).toEqual(['AUDIT']);
  });

  it('with entries gone from its end is found out by a checkpoint', () => {
    const found = verifyLog(lines.slice(0, 100), [anchorOf(80), anchorOf(130)]);
    expect(found.problems).toMatchObject([
      { code: 'ROLLBACK', message: 'the checkpoint was made of 130 entries, and the audit log has 100' },
    ]);
    expect(found).toMatchObject({ anchored: 80, checkpoints: [{ holds: true }, { holds: false }] });
    expect(codes([], [anchorOf(1)])).toEqual(['ROLLBACK']);
    // The last entry cut off: what a power loss may do to it, but not once a checkpoint was made of it.
    const cut = replaced(129, lines[129]!.subarray(0, 10));
    expect(codes(cut)).toEqual([]);
    expect(codes(cut, [anchorOf(130)])).toEqual(['AUDIT']);
  });

  it('is not held up by the checkpoint of another log, nor by one that nobody verified', () => {
    const other = linesOf([{ type: 'state-reset', log: '1'.repeat(32), otherState: false }, exported('u1')]);
    expect(problem(lines, [anchorOf(2, other)])).toBe('the checkpoint is of another audit log');
    expect(verifyLog(lines, [{ ...anchorOf(5), signed: false }])).toMatchObject({ anchored: 0, problems: [] });
  });

  it('tells when an entry speaks of a checkpoint that was never made of it', () => {
    const root = anchorOf(2).root.toString('hex');
    const events = [reset, exported('u1')];
    const key = 'a'.repeat(64);
    expect(codes(linesOf([...events, { type: 'checkpoint', size: 2, root, key }]))).toEqual([]);
    expect(codes(linesOf([...events, { type: 'checkpoint', size: 1, root, key }]))).toEqual(['AUDIT']);
    expect(codes(linesOf([...events, { type: 'checkpoint', size: 3, root, key }]))).toEqual(['AUDIT']);
  });
});

describe('entries that were cut off', () => {
  function recovered(
    cut: number,
    keep: (line: Buffer) => Buffer,
  ): { lines: Buffer[]; replay: ReturnType<typeof createReplay> } {
    const replay = createReplay();
    const all: Buffer[] = [];
    const put = (line: Buffer) => {
      replay.accept(line);
      all.push(line);
    };
    for (const line of lines.slice(0, cut)) put(line);
    put(keep(lines[cut]!));
    put(replay.next({ type: 'recovered', entries: [...replay.torn] }, start).line);
    return { lines: all, replay };
  }

  it.each([50, 51, 60, 99])('at the end, as entry %i, are named by the next and count against every license', (cut) => {
    const { lines: log, replay } = recovered(cut, (line) => line.subarray(0, 30));
    const found = verifyLog(log, []);
    expect(found).toMatchObject({ entries: cut + 2, problems: [], torn: [], recovered: [{ seq: cut }] });
    const before = createReplay();
    for (const line of lines.slice(0, cut)) before.accept(line);
    expect(replay.counted(license).exports).toBe(before.counted(license).exports + 1);
    expect(replay.counted(license).users.size).toBe(before.counted(license).users.size + 1);
    expect(replay.counted('urn:other')).toMatchObject({ exports: 1 });
  });

  it('must be named as they are', () => {
    const { lines: log } = recovered(60, (line) => Buffer.alloc(line.length));
    expect(problem(log.toSpliced(60, 1, lines[60]!.subarray(0, 30)))).toContain('entry 60 ');
    expect(problem(log.toSpliced(60, 1, lines[60]!))).toContain('entry 61 ');
    expect(problem(log.toSpliced(61, 1))).toBeUndefined();
    expect(verifyLog(log.toSpliced(61, 1), []).torn).toHaveLength(1);
  });
});
