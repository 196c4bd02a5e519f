import { Failure, fail } from '../base/diagnostic.ts';
import { type JsonLimits, type JsonValue, metadataLimits, parseStrictJson } from '../base/strict-json.ts';
import { parseEnvelope } from '../crypto/dsse.ts';
import { maxBundleFiles } from './bundle-source.ts';

/*
 * What is written has to be read again, by whoever verifies it: the limits of reading are held before anything is written. Beyond them LIMIT is
 * thrown, with words about what was to be written.
 */

/** Of report.json and datapackage.json: a bundle may hold thousands of files, and these describe each column of each. */
export const descriptionLimits: JsonLimits = { ...metadataLimits, bytes: 16 << 20, members: 1_000_000 };

/** The content of an envelope that is about to be written. `what`: for messages, such as `the license`. */
export function readBack(envelope: Uint8Array, what: string, hint: string): JsonValue {
  return within(what, hint, () => parseStrictJson(parseEnvelope(envelope).payload));
}

/** Throws LIMIT unless the text of report.json or datapackage.json can be read again. */
export function checkDescription(name: string, text: Uint8Array): void {
  within(name, smallerRelease, () => parseStrictJson(text, descriptionLimits));
}

/** Throws LIMIT for more files than verify lists. */
export function checkFileCount(files: number): void {
  if (files <= maxBundleFiles) return;
  throw fail('LIMIT', `the bundle would hold ${files} files, of at most ${maxBundleFiles}`, { hint: smallerRelease });
}

export const smallerRelease = 'release the data in several bundles';

function within<T>(what: string, hint: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'LIMIT') throw error;
    throw fail('LIMIT', `${what} would be too large to be read again: ${error.message}`, { hint });
  }
}
