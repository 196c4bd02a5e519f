import { join } from 'node:path';
import { interruptLeaves } from '../io/interrupt.ts';
import { noProgress, type Progress } from '../io/progress.ts';
import type { Spool } from '../io/spool.ts';
import { stageDirectory, stageFile, writeTogether } from '../io/staging.ts';
import type { Terminal } from '../io/terminal.ts';
import type { Member } from '../release/build.ts';
import { dataFolder, orderMembers } from '../release/layout.ts';
import { tarEnd, tarHeader, tarPadding } from '../release/tar.ts';
import type { NamedDataFile } from './data-names.ts';
import type { Target } from './targets.ts';

export interface Outputs {
  readonly target: Target;
  readonly replace: boolean;
  /** The data files of each table, and the spool that they lie in. */
  readonly data: readonly { readonly named: readonly NamedDataFile[]; readonly spool: Spool }[];
  /** The other files of the bundle; none for data alone. */
  readonly members: readonly Member[];
  /** The licensor's report and where it goes. */
  readonly report: { readonly path: string; readonly text: string } | undefined;
  /** Called before anything has its name, or goes to standard output; what it throws leaves nothing. */
  readonly record?: (() => Promise<unknown>) | undefined;
}

/** Write all outputs beside their targets, then give them their names. On failure nothing is left. */
export async function writeOutputs(outputs: Outputs, terminal: Terminal): Promise<void> {
  const { progress = noProgress } = terminal;
  const files = filesOf(outputs, progress);
  const total = files.reduce((sum, { file }) => sum + file.facts.bytes, 0);
  progress.begin('saving', total);
  const { target, replace, report } = outputs;
  const streamed = target.kind === 'stdout' || (target.kind === 'tar' && target.path === '-');
  await writeTogether(async (stage) => {
    // The report first: a run that cannot write it must not have released anything.
    if (report !== undefined) {
      await stage(stageFile(report.path, replace, 0o600)).write('', [Buffer.from(report.text)]);
    }
    if (target.kind === 'tar' && !streamed) {
      await stage(stageFile(target.path, replace)).write('', tarParts(outputs, files));
    } else if (!streamed) {
      const directory = stage(stageDirectory(target.path, replace));
      const folder = target.kind === 'bundle' ? dataFolder : '';
      for (const { name, bytes } of outputs.members) await directory.write(name, [bytes]);
      for (const placed of files) await directory.write(`${folder}${placed.file.name}`, bytesOf(placed));
    }
    await outputs.record?.();
  });
  if (!streamed) return;
  interruptLeaves('what was written to standard output is incomplete');
  const parts = target.kind === 'tar' ? tarParts(outputs, files) : bytesOf(files[0]!);
  for await (const part of parts) await terminal.out(part);
  interruptLeaves(undefined);
}

/**
 * Paths that `writeOutputs` would write, with their sizes in bytes; none for standard output. `reportPath` is where the report goes, also
 * where its text is not known.
 */
export function outputFiles(
  { target, data, members, report }: Outputs,
  reportPath: string | undefined,
): { path: string; bytes: number | undefined }[] {
  const bytes = report && Buffer.byteLength(report.text);
  const licensor = reportPath === undefined ? [] : [{ path: reportPath, bytes }];
  if (target.kind === 'stdout' || target.path === '-') return licensor;
  if (target.kind === 'tar') return [{ path: target.path, bytes: undefined }, ...licensor];
  const folder = target.kind === 'bundle' ? dataFolder : '';
  const sizes = new Map<string, number | undefined>([
    // What a signature is part of, and what names its key.
    ...members.map(({ name }) => [name, undefined] as const),
    ...data.flatMap(({ named }) => named.map(({ name, facts }) => [`${folder}${name}`, facts.bytes] as const)),
  ]);
  const names = target.kind === 'bundle' ? orderMembers([...sizes.keys()]) : [...sizes.keys()];
  return [...names.map((name) => ({ path: join(target.path, name), bytes: sizes.get(name) })), ...licensor];
}

async function* tarParts(outputs: Outputs, files: readonly Placed[]): AsyncGenerator<Buffer> {
  const small = new Map(outputs.members.map(({ name, bytes }) => [name, bytes]));
  const large = new Map(files.map((placed) => [`${dataFolder}${placed.file.name}`, placed]));
  for (const name of orderMembers([...small.keys(), ...large.keys()])) {
    const placed = large.get(name);
    const bytes = small.get(name);
    const size = placed === undefined ? bytes!.length : placed.file.facts.bytes;
    yield tarHeader(name, size);
    if (placed !== undefined) yield* bytesOf(placed);
    else yield bytes!;
    yield tarPadding(size);
  }
  yield tarEnd;
}

/** A data file in the spool of its table. */
interface Placed {
  readonly file: NamedDataFile;
  readonly spool: Spool;
  readonly progress: Progress;
  /** It was read to its end. */
  readonly done: () => void;
}

/** The data files of all tables, for reading each once: a spool is closed when the last of its files was read. */
function filesOf({ data }: Outputs, progress: Progress): Placed[] {
  return data.flatMap(({ named, spool }) => {
    let left = named.length;
    // To free the room of a large file takes time: it is done while the output is brought to the disk.
    const done = () => {
      if (--left === 0) spool.close().catch(() => {});
    };
    return named.map((file) => ({ file, spool, progress, done }));
  });
}

const pieceBytes = 1 << 20;

async function* bytesOf({ file: { from, facts }, spool, progress, done }: Placed): AsyncGenerator<Buffer> {
  const stream = spool.open(from, from + facts.bytes);
  // Each part is written before the next is asked for.
  const piece = Buffer.allocUnsafeSlow(Math.min(pieceBytes, facts.bytes + 1));
  for (;;) {
    const read = await stream.read(piece, 0, piece.length);
    if (read === 0) break;
    progress.advance(read);
    yield piece.subarray(0, read);
  }
  done();
}
