import { interruptLeaves } from '../io/interrupt.ts';
import type { Spool } from '../io/spool.ts';
import { stageDirectory, stageFile, writeTogether } from '../io/staging.ts';
import type { Terminal } from '../io/terminal.ts';
import type { Member } from '../release/build.ts';
import { dataFolder, orderMembers } from '../release/layout.ts';
import { tarEnd, tarHeader, tarPadding } from '../release/tar.ts';
import type { Target } from './targets.ts';

export interface Outputs {
  readonly target: Target;
  readonly replace: boolean;
  /** The data files by name. */
  readonly data: readonly { readonly file: string; readonly spool: Spool }[];
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
      for (const { file, spool } of outputs.data) await directory.write(`${folder}${file}`, bytesOf(spool));
    }
  });
  if (!streamed) return;
  interruptLeaves('what was written to standard output is incomplete');
  const parts = target.kind === 'tar' ? tarParts(outputs) : bytesOf(outputs.data[0]!.spool);
  for await (const part of parts) await terminal.out(part);
  interruptLeaves(undefined);
}

async function* tarParts({ members, data }: Outputs): AsyncGenerator<Buffer> {
  const small = new Map(members.map((member) => [member.name, member.bytes]));
  const large = new Map(data.map(({ file, spool }) => [`${dataFolder}${file}`, spool]));
  for (const next of orderMembers([...small.keys(), ...large.keys()])) {
    const spool = large.get(next);
    const bytes = small.get(next);
    const size = spool?.size ?? bytes!.length;
    yield tarHeader(next, size);
    if (spool !== undefined) yield* bytesOf(spool);
    else yield bytes!;
    yield tarPadding(size);
  }
  yield tarEnd;
}

const pieceBytes = 1 << 20;

async function* bytesOf(spool: Spool): AsyncGenerator<Buffer> {
  const stream = spool.open();
  // Each part is written before the next is asked for.
  const piece = Buffer.allocUnsafeSlow(pieceBytes);
  for (;;) {
    const read = await stream.read(piece, 0, pieceBytes);
    if (read === 0) return;
    yield piece.subarray(0, read);
  }
}
