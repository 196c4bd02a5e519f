import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { refuse } from './json.ts';

/** The files of a bundle as README.md says them: of that text alone, nothing of `src`. */
export type Files = ReadonlyMap<string, Buffer>;

export function readFolder(path: string): Files {
  const files = new Map<string, Buffer>();
  const walk = (prefix: string): void => {
    const names = readdirSync(join(path, prefix));
    // A folder without files is something that no statement names.
    if (names.length === 0) files.set(prefix, Buffer.alloc(0));
    for (const name of names) {
      const stat = lstatSync(join(path, prefix, name));
      if (stat.isDirectory()) walk(`${prefix}${name}/`);
      else if (stat.isFile()) files.set(`${prefix}${name}`, readFileSync(join(path, prefix, name)));
      else refuse('LINK');
    }
  };
  walk('');
  return files;
}

export function readTar(tar: Buffer): Files {
  const files = new Map<string, Buffer>();
  let at = 0;
  const take = (size: number): Buffer => {
    if (at + size > tar.length) refuse('TRUNCATED');
    at += size;
    return tar.subarray(at - size, at);
  };
  for (;;) {
    const block = take(512);
    if (isZero(block)) break;
    const name = block.subarray(0, 100).toString().replace(/\0.*$/s, '');
    const digits = block.toString('latin1', 124, 135);
    if (!/^[0-7]{11}$/.test(digits) || !headerOf(name, digits).equals(block) || files.has(name)) refuse('ARCHIVE');
    if (!isName(name)) refuse('PATH');
    const size = Number.parseInt(digits, 8);
    files.set(name, take(size));
    if (!isZero(take((512 - (size % 512)) % 512))) refuse('ARCHIVE');
  }
  if (!isZero(take(512)) || at !== tar.length) refuse('ARCHIVE');
  const places = [...files.keys()].map(placeOf);
  if (places.some((place, i) => i > 0 && Buffer.compare(places[i - 1]!, place) >= 0)) refuse('ARCHIVE');
  return files;
}

export function isName(name: string): boolean {
  const segments = name.split('/');
  return (
    Buffer.byteLength(name) <= 100 &&
    name === name.normalize('NFC') &&
    segments.length <= 3 &&
    segments.every(
      (segment) =>
        /^[\p{L}\p{Nd}][\p{L}\p{Nd} ._\-+%()]*$/u.test(segment) &&
        !/[. ]$/.test(segment) &&
        !/^(?:CON|PRN|AUX|NUL|COM[1-9]|LPT[1-9]) *(?:\.|$)/i.test(segment),
    )
  );
}

/** Whether a bundle has a file of this name somewhere. */
export function hasPlace(name: string): boolean {
  return heads.includes(name) || /^(?:data\/.|attestations\/.+\.intoto\.json$)/s.test(name);
}

const heads = ['license.intoto.json', 'LICENSE.md', 'datapackage.json', 'report.json', 'report.html'];

/** Bytes that sort as the files do. */
function placeOf(name: string): Buffer {
  const rank = heads.includes(name)
    ? heads.indexOf(name)
    : name.startsWith('data/')
      ? 5
      : name.startsWith('attest')
        ? 6
        : 7;
  const list = rank === 5 && name.endsWith('.chunks');
  return Buffer.concat([Buffer.of(rank), Buffer.from(list ? name.slice(0, -7) : name), Buffer.of(0, list ? 0 : 1)]);
}

function headerOf(name: string, size: string): Buffer {
  const header = Buffer.alloc(512);
  const fields: [number, string][] = [
    [0, name],
    [100, '0000644'],
    [108, '0000000'],
    [116, '0000000'],
    [124, size],
    [136, '00000000000'],
    [148, '        '],
    [156, '0'],
    [257, 'ustar'],
    [263, '00'],
    [329, '0000000'],
    [337, '0000000'],
  ];
  for (const [at, text] of fields) header.write(text, at);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}

function isZero(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 0);
}
