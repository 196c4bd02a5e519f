/** Names of the files in a bundle: such as every file system and archive keeps apart and nobody can mistake. */

const maxNameBytes = 100;
const maxSegments = 3;
/** Letters and digits of any script; then also space and `._-+%()`. */
const segmentForm = /^[\p{L}\p{Nd}][\p{L}\p{Nd} ._\-+%()]*$/u;
/** Windows opens a device for these names, whatever extension follows and however many spaces stand before its dot. */
const deviceName = /^(?:CON|PRN|AUX|NUL|COM[1-9]|LPT[1-9]) *(?:\.|$)/i;

/** Why `name` may not stand in a bundle, or null when it may. */
export function checkName(name: string): string | null {
  if (name === '') return 'the name is empty';
  if (Buffer.byteLength(name) > maxNameBytes) return `the name is longer than ${maxNameBytes} bytes`;
  if (name.normalize('NFC') !== name) return 'the name is not in Unicode form NFC';
  const segments = name.split('/');
  if (segments.length > maxSegments) return `the name has more than ${maxSegments} segments`;
  for (const segment of segments) {
    const reason = checkSegment(segment);
    if (reason !== null) return reason;
  }
  return null;
}

/**
 * Pairs of names that some file system takes for one: equal when case-folded, or one of them a folder on the way to the other.
 * Sorted by name, each name in at most one pair with the one that holds its place.
 */
export function findCaseTwins(names: readonly string[]): readonly (readonly [string, string])[] {
  const sorted = [...names].sort();
  const holder = new Map<string, string>();
  const twins: [string, string][] = [];
  for (const name of sorted) {
    const folded = foldCase(name);
    const other = holder.get(folded);
    if (other === undefined) holder.set(folded, name);
    else twins.push([other, name]);
  }
  for (const name of sorted) {
    const segments = foldCase(name).split('/');
    for (let depth = 1; depth < segments.length; depth++) {
      const file = holder.get(segments.slice(0, depth).join('/'));
      if (file !== undefined) twins.push([file, name]);
    }
  }
  return twins;
}

/** Untrusted text for a message: everything but plain ASCII as `\u{…}`, so that it cannot steer a terminal. */
export function printable(text: string, maxLength = 100): string {
  const escaped = text.slice(0, maxLength).replace(/[^\x20-\x7e]/gu, (c) => `\\u{${c.codePointAt(0)!.toString(16)}}`);
  return text.length > maxLength ? `${escaped}…` : escaped;
}

function checkSegment(segment: string): string | null {
  if (segment === '') return 'the name has an empty segment';
  if (!segmentForm.test(segment)) return 'a segment holds a character that is not allowed, or begins with one';
  if (/[. ]$/.test(segment)) return 'a segment ends in a dot or a space';
  if (deviceName.test(segment)) return 'a segment is the name of a Windows device';
  return null;
}

/** Upper case of lower case comes near full case folding (ß = SS, ſ = s, Kelvin sign = k) without its table. */
function foldCase(name: string): string {
  return name.toLowerCase().toUpperCase().normalize('NFC');
}
