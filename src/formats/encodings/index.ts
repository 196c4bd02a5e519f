import { registry } from '../../base/registry.ts';
import type { Encoding } from './definition.ts';
import { latin1 } from './latin1.ts';
import { utf8 } from './utf-8.ts';
import { utf16, utf16be, utf16le } from './utf-16.ts';
import { windows1252 } from './windows-1252.ts';

/** By their names in a policy; `encodingNamed` finds them by IANA's. */
export const encodings = registry('encoding', [utf8, utf16, utf16le, utf16be, latin1, windows1252]);

export function encodingNamed(iana: string): Encoding | undefined {
  return encodings.all.find((encoding) => (encoding.iana ?? encoding.name) === iana);
}
