import { fail } from '../base/diagnostic.ts';
import { checkName, printable } from './names.ts';

/*
 * POSIX.1-1988 ustar (IEEE Std 1003.1, pax, "ustar Interchange Format"), and of it only what a bundle needs: plain files.
 * Offsets of the fields in a header of 512 bytes: name 0, mode 100, uid 108, gid 116, size 124, mtime 136, chksum 148, typeflag 156,
 * linkname 157, magic 257, version 263, uname 265, gname 297, devmajor 329, devminor 337, prefix 345.
 */
export const blockBytes = 512;
/** Eleven octal digits. */
export const maxTarFileBytes = 0o77777777777;
const maxNameBytes = 100;
/** What ends an archive: two blocks of zeros. */
export const tarEnd: Buffer = Buffer.alloc(2 * blockBytes);

export interface TarEntry {
  readonly name: string;
  readonly size: number;
}

/** The one header that anon writes for a file. Throws PATH for a name past 100 bytes and LIMIT for a size past 8 GiB - 1. */
export function tarHeader(name: string, size: number): Buffer {
  const nameBytes = Buffer.from(name);
  if (nameBytes.length === 0 || nameBytes.length > maxNameBytes)
    throw fail('PATH', `the name of a file in a tar is 1 to ${maxNameBytes} bytes long`);
  if (!Number.isSafeInteger(size) || size < 0 || size > maxTarFileBytes)
    throw fail('LIMIT', 'a file past 8 GiB does not go into a tar', { hint: 'write the bundle as a directory' });
  const header = Buffer.alloc(blockBytes);
  nameBytes.copy(header);
  header.write('0000644\0', 100);
  header.write('0000000\0', 108);
  header.write('0000000\0', 116);
  header.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  header.write('00000000000\0', 136);
  header.write('        ', 148);
  header.write('0', 156);
  header.write('ustar\x0000', 257);
  header.write('0000000\0', 329);
  header.write('0000000\0', 337);
  // The sum of all bytes, the checksum itself taken as spaces.
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}

/** Zero bytes between the end of a file of `size` bytes and the next header. */
export function tarPadding(size: number): Buffer {
  return tarEnd.subarray(0, paddedBytes(size) - size);
}

/** Bytes that a file of `size` bytes takes up behind its header. */
export function paddedBytes(size: number): number {
  return Math.ceil(size / blockBytes) * blockBytes;
}

/**
 * The file that a header announces, or null for a block of zeros. Throws ARCHIVE when the header is not byte for byte the one that
 * `tarHeader` writes (PAX and GNU records, links, folders, other modes) and PATH when the name may not stand in a bundle.
 */
export function parseTarHeader(block: Buffer): TarEntry | null {
  if (block.equals(tarEnd.subarray(0, blockBytes))) return null;
  const nameEnd = block.indexOf(0);
  const name = block.toString('utf8', 0, Math.min(nameEnd < 0 ? maxNameBytes : nameEnd, maxNameBytes));
  const digits = block.toString('latin1', 124, 135);
  const length = Buffer.byteLength(name);
  if (length === 0 || length > maxNameBytes || !/^[0-7]{11}$/.test(digits)) throw otherHeader();
  const size = Number.parseInt(digits, 8);
  if (!tarHeader(name, size).equals(block)) throw otherHeader();
  const reason = checkName(name);
  if (reason !== null) throw fail('PATH', `a file name is not allowed in a bundle: ${printable(name)}: ${reason}`);
  return { name, size };
}

/** Throws ARCHIVE unless all bytes are zero. */
export function checkZeros(bytes: Buffer): void {
  if (!bytes.every((byte) => byte === 0)) throw fail('ARCHIVE', 'the tar holds bytes where zeros belong');
}

export function truncatedTar(): Error {
  return fail('TRUNCATED', 'the tar ends too early');
}

function otherHeader(): Error {
  return fail('ARCHIVE', 'the tar holds a header that anon does not write', {
    hint: 'only plain files as `anon apply` writes them; repack with `anon`',
  });
}
