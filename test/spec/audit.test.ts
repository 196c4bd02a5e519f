import { createHash, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { workspace } from '../cli/session.ts';
import { keyFor } from '../release/trusted.ts';
import { sha256, sound } from './made.ts';

describe('the audit log, read as README.md says', () => {
  it('is a chain of hashes, and its checkpoint a tree head', async () => {
    const { dir, call, write } = workspace();
    for (const [name, bytes] of sound) write(`sound/${name}`, bytes);
    write('i.pub', keyFor('i').pem);
    for (let run = 0; run < 2; run++) await call('verify sound --trust i.pub --state log'.split(' '));
    expect((await call('audit checkpoint --key issuer.key --state log --out note'.split(' '))).status).toBe(0);
    const lines = [0, 1, 2, 3].map((seq) => readFileSync(join(dir, `log/audit/entries/000000/00000000${seq}.json`)));
    const leaves = lines.map((line) => leaf(line.subarray(0, -1)));
    lines.forEach((line, seq) => {
      const entry = JSON.parse(String(line));
      expect(entry.previous).toBe(seq === 0 ? '0'.repeat(64) : leaves[seq - 1]!.toString('hex'));
      const { sha256: own, ...rest } = entry;
      expect(own).toBe(sha256(JSON.stringify(rest)));
      expect(String(line)).toBe(`${JSON.stringify(entry)}\n`);
    });
    expect(JSON.parse(String(lines[0])).event.type).toBe('state-reset');
    const note = readFileSync(join(dir, 'note'), 'utf8');
    const origin = `anon-audit/${leaves[0]!.toString('hex', 0, 16)}`;
    const text = `${origin}\n3\n${treeHead(leaves.slice(0, 3)).toString('base64')}\n`;
    expect(note.slice(0, text.length)).toBe(text);
    const sealed = Buffer.from(note.slice(text.length).match(/^\n— \S+ (\S+)\n$/)![1]!, 'base64');
    const key = readFileSync(join(dir, 'issuer.pub'), 'utf8');
    expect(verify(null, Buffer.from(text), key, sealed.subarray(4))).toBe(true);
  });
});

/** RFC 6962, 2.1. */
const leaf = (bytes: Buffer) => digest(Buffer.of(0), bytes);
const digest = (...parts: Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest();

function treeHead(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 1) return leaves[0]!;
  const left = 2 ** Math.floor(Math.log2(leaves.length - 1));
  return digest(Buffer.of(1), treeHead(leaves.slice(0, left)), treeHead(leaves.slice(left)));
}
