export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  readonly text: string;
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The root of an XML 1.0 document of elements, attributes and text (no DTD, comments or CDATA). Throws where it is not well-formed. */
export function strictXml(document: string): Element {
  if (/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.test(document)) throw new Error('not a Char');
  let rest = document;
  const take = (pattern: RegExp): RegExpExecArray => {
    const match = pattern.exec(rest);
    if (match === null || match.index !== 0) throw new Error(`not well-formed: ${JSON.stringify(rest.slice(0, 40))}`);
    rest = rest.slice(match[0].length);
    return match;
  };
  const unescaped = (text: string): string =>
    text.replace(/&([^;]*;?)/g, (_, reference: string) => {
      // A reference to a character (production 66) or to an entity.
      const [, hexadecimal, decimal] = /^#(?:x([0-9a-fA-F]+)|([0-9]+));$/.exec(reference) ?? [];
      if (hexadecimal !== undefined) return String.fromCodePoint(Number.parseInt(hexadecimal, 16));
      if (decimal !== undefined) return String.fromCodePoint(Number.parseInt(decimal, 10));
      const character = named[reference.slice(0, -1)];
      if (character === undefined || !reference.endsWith(';')) throw new Error('not an entity');
      return character;
    });
  const element = (): Element => {
    const name = take(/^<([A-Za-z_][\w.-]*)/)[1]!;
    const attributes: Record<string, string> = {};
    while (/^\s+[A-Za-z]/.test(rest)) {
      const [, key, value] = take(/^\s+([A-Za-z_][\w.-]*)="([^"<]*)"/);
      if (key! in attributes) throw new Error('an attribute stands twice');
      attributes[key!] = unescaped(value!);
    }
    if (take(/^\s*(\/?)>/)[1] === '/') return { name, attributes, children: [], text: '' };
    const children: Element[] = [];
    let text = '';
    for (;;) {
      text += unescaped(take(/^[^<]*/)[0]);
      if (!rest.startsWith('</')) {
        children.push(element());
        continue;
      }
      if (take(/^<\/([\w.-]+)\s*>/)[1] !== name) throw new Error('not the end of this element');
      return { name, attributes, children, text };
    }
  };
  take(/^<\?xml version="1\.0" encoding="UTF-8"\?>\s*/);
  const root = element();
  if (rest.trim() !== '') throw new Error('something follows the root');
  return root;
}
