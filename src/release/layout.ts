/** What stands where in a bundle. */

export const envelopeName = 'license.intoto.json';
export const licenseTextName = 'LICENSE.md';
export const dataPackageName = 'datapackage.json';
export const reportName = 'report.json';
export const reportPageName = 'report.html';
export const dataFolder = 'data/';
export const attestationsFolder = 'attestations/';
export const chunksSuffix = '.chunks';

const heads = [envelopeName, licenseTextName, dataPackageName, reportName, reportPageName];
const attestationForm = /^attestations\/.+\.intoto\.json$/;

/** Name of the chunk list of a data file. */
export function chunksNameOf(dataName: string): string {
  return dataName + chunksSuffix;
}

/** Whether a file of this name is evidence beside the license: of an approval, or a parent license. */
export function isAttestation(name: string): boolean {
  return attestationForm.test(name);
}

/** Whether the layout has a place for a file of this name. Says nothing about the characters of the name: see `checkName`. */
export function hasPlace(name: string): boolean {
  return placeOf(name) !== undefined;
}

/**
 * The names in the order of a bundle: envelope, LICENSE.md, datapackage.json, report.json, report.html, then per data file its chunk
 * list and the file, then attestations. Data files and attestations go by the bytes of their names. Names without a place come last.
 */
export function orderMembers(names: readonly string[]): string[] {
  const known = new Set(names);
  const keyOf = (name: string): Key => {
    const place = placeOf(name) ?? heads.length + 2;
    const stem = name.endsWith(chunksSuffix) ? name.slice(0, -chunksSuffix.length) : name;
    const isList = place === heads.length && stem !== name && known.has(stem);
    return { name, place, file: Buffer.from(isList ? stem : name), second: isList ? 0 : 1 };
  };
  return names
    .map(keyOf)
    .sort((a, b) => a.place - b.place || Buffer.compare(a.file, b.file) || a.second - b.second)
    .map((key) => key.name);
}

interface Key {
  readonly name: string;
  readonly place: number;
  /** The data file that the name belongs to. */
  readonly file: Buffer;
  readonly second: number;
}

function placeOf(name: string): number | undefined {
  const head = heads.indexOf(name);
  if (head >= 0) return head;
  if (name.startsWith(dataFolder) && name.length > dataFolder.length) return heads.length;
  if (isAttestation(name)) return heads.length + 1;
  return undefined;
}
