import { type Dirent, existsSync } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { fail } from '../base/diagnostic.ts';
import { didYouMean, nearest } from '../base/suggest.ts';
import { fileFailure } from './errors.ts';

const wildcard = /[*?[]/;

/** A path as it is, also where a file has wildcards in its name; otherwise the files that match. Throws a Failure where none does. */
export async function expandPath(path: string): Promise<readonly string[]> {
  if (!wildcard.test(path) || existsSync(path)) return [path];
  const found = await matchingFiles(path);
  if (found.length > 0) return found;
  throw fail('FILE-MISSING', 'no file matches', { place: { file: path }, ...(await whyNone(path)) });
}

/**
 * The regular files that match a pattern, in the order of their code points. `*` stands for any characters within a name, `?` for one,
 * `[a-z]` and `[!a-z]` for one of a set, and `**` as a whole name for any number of folders. As in a shell (POSIX.1-2024 XCU 2.14) a
 * dot at the beginning of a name is matched by a dot alone. `**` enters no symbolic links.
 */
export async function matchingFiles(pattern: string): Promise<readonly string[]> {
  const names = pattern.split('/').filter((name, i) => name !== '' || i === 0);
  const root = names[0] === '' ? '/' : '';
  const found = new Set<string>();
  await walk(root, root === '' ? names : names.slice(1), found);
  // The order of UTF-8 is that of code points; that of UTF-16, which `<` goes by, is not. A file that is named `-` is no standard input.
  return [...found]
    .map((path) => (path === '-' ? './-' : path))
    .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}

/** The file that a path leads to, symbolic links followed; the path itself where there is none. */
export async function realPath(path: string): Promise<string> {
  return realpath(path).catch(() => path);
}

/** Add what matches `names` under `folder`; '' is the working directory. */
async function walk(folder: string, names: readonly string[], found: Set<string>): Promise<void> {
  const [name = '', ...rest] = names;
  if (name === '**') {
    await walk(folder, rest.length === 0 ? ['*'] : rest, found);
    for (const entry of await entriesOf(folder)) {
      if (entry.isDirectory() && !entry.name.startsWith('.')) await walk(under(folder, entry.name), names, found);
    }
    return;
  }
  const matches = matcherOf(name);
  const paths = wildcard.test(name)
    ? (await entriesOf(folder)).flatMap((entry) => (matches(entry.name) ? [under(folder, entry.name)] : []))
    : [under(folder, name)];
  for (const path of paths) {
    if (rest.length > 0) await walk(path, rest, found);
    else if ((await stat(path).catch(() => undefined))?.isFile()) found.add(path);
  }
}

function under(folder: string, name: string): string {
  return folder === '' || folder.endsWith('/') ? `${folder}${name}` : `${folder}/${name}`;
}

/** None where there is no such folder. */
async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  try {
    return await readdir(folder === '' ? '.' : folder, { withFileTypes: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return [];
    throw fileFailure(error, folder, 'read');
  }
}

function matcherOf(pattern: string): (name: string) => boolean {
  const parts = pattern.replace(/\[([!^]?)(\]?[^\]]+)\]|[\\^$.*+?()[\]{}|/]/gu, (part, not?: string, set?: string) => {
    if (set !== undefined) return `[${not === '' ? '' : '^'}${set.replace(/[\\\][^]/g, '\\$&')}]`;
    if (part === '*') return '.*';
    return part === '?' ? '.' : `\\${part}`;
  });
  const expression = regularExpression(`^(?:${parts})$`);
  return (name) =>
    (name.startsWith('.') ? pattern.startsWith('.') : true) && (expression?.test(name) ?? name === pattern);
}

/** Undefined for a set such as `[z-a]`, which stands for itself. */
function regularExpression(source: string): RegExp | undefined {
  try {
    return new RegExp(source, 'su');
  } catch {
    return undefined;
  }
}

/** The folder that is not there, or a name in it that is near what was asked for. */
async function whyNone(pattern: string): Promise<{ readonly hint: string }> {
  const names = pattern.split('/');
  const fixed = names.findIndex((name) => wildcard.test(name));
  for (let depth = 0; depth < fixed; depth++) {
    const path = names.slice(0, depth + 1).join('/');
    if (path === '' || existsSync(path)) continue;
    const near = didYouMean(
      names[depth]!,
      (await entriesOf(names.slice(0, depth).join('/'))).map(({ name }) => name),
    );
    return { hint: `there is no folder \`${path}\`${near === undefined ? '' : `; ${near}`}` };
  }
  const folder = names.slice(0, fixed).join('/');
  const there = (await entriesOf(folder)).map(({ name }) => name).filter((name) => !name.startsWith('.'));
  const plain = (text: string) => text.replaceAll(/[*?[\]]/g, '');
  // What is wrong is mostly the ending or the beginning, as the wildcard stands for the rest.
  const ending = nearest(
    plain(names[fixed]!),
    there.flatMap((name) => [name, name.slice(name.indexOf('.'))]),
  );
  const near = there.find((name) => ending !== undefined && name.endsWith(ending)) ?? there.sort()[0];
  const where = folder === '' ? 'the folder' : `\`${folder}\``;
  return { hint: near === undefined ? `${where} is empty` : `${where} holds \`${near}\`` };
}
