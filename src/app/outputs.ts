import { interruptLeaves } from '../io/interrupt.ts';
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
}

/** Write all outputs beside their targets, then give them their names. On failure nothing is left. */
export async function writeOutputs(outputs: Outputs, terminal: Terminal): Promise<void> {
  const { target, replace, report } = outputs;
  const streamed = target.kind === 'stdout' || (target.kind === 'tar' && target.path === '-');
  await writeTogether(async (stage) => {
    // The report first: a run that cannot write it must not have released anything.
    if (report !== undefined) {
      await stage(stageFile(report.path, replace, 0o600)).write('', [Buffer.from(report.text)]);
    }
    if (streamed) return;
    if (target.kind === 'tar') {
      await stage(stageFile(target.path, replace)).write('', tarParts(outputs));
    } else {
      const directory = stage(stageDirectory(target.path, replace));
      const folder = target.kind === 'bundle' ? dataFolder : '';
      for (const { name, bytes } of outputs.members) await directory.write(name, [bytes]);
      for (const placed of filesOf(outputs)) await directory.write(`${folder}${placed.file.name}`, bytesOf(placed));
    }
  });
  if (!streamed) return;
  interruptLeaves('what was written to standard output is incomplete');
  const [first] = filesOf(outputs);
  const parts = target.kind === 'tar' ? tarParts(outputs) : bytesOf(first!);
  for await (const part of parts) await terminal.out(part);
  interruptLeaves(undefined);
}

async function* tarParts(outputs: Outputs): AsyncGenerator<Buffer> {
  const small = new Map(outputs.members.map(({ name, bytes }) => [name, bytes]));
  const large = new Map(filesOf(outputs).map((placed) => [`${dataFolder}${placed.file.name}`, placed]));
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
  /** It was read to its end. */
  readonly done: () => void;
}

/** The data files of all tables, for reading each once: a spool is closed when the last of its files was read. */
function filesOf({ data }: Outputs): Placed[] {
  return data.flatMap(({ named, spool }) => {
    let left = named.length;
    // To free the room of a large file takes time: it is done while the output is brought to the disk.
    const done = () => {
      if (--left === 0) spool.close().catch(() => {});
    };
    return named.map((file) => ({ file, spool, done }));
  });
}

const pieceBytes = 1 << 20;

async function* bytesOf({ file: { from, facts }, spool, done }: Placed): AsyncGenerator<Buffer> {
  const stream = spool.open(from, from + facts.bytes);
  // Each part is written before the next is asked for.
  const piece = Buffer.allocUnsafeSlow(Math.min(pieceBytes, facts.bytes + 1));
  for (;;) {
    const read = await stream.read(piece, 0, piece.length);
    if (read === 0) break;
    yield piece.subarray(0, read);
  }
  done();
}
