/** A text as YAML, also within `{ … }`: as it stands where it is a plain word, otherwise in quotes. */
export function yamlText(text: string): string {
  if (/^[A-Za-z_][A-Za-z0-9_-]*$/.test(text) && !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(text)) return text;
  // JSON is YAML, but for what YAML does not print.
  return JSON.stringify(text).replace(
    /[\x7f-\x9f\u2028\u2029\ufeff]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** 3,000 */
export function countText(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** A share in whole per cent; not all is never 100 %, and not none never 0 %. */
export function shareText(share: number): string {
  const percent = share === 1 ? 100 : Math.min(99, Math.max(share > 0 ? 1 : 0, Math.round(share * 100)));
  return `${percent} %`;
}

/** Lines of a comment at this indentation, none longer than the policies of the documentation have. */
export function commentLines(text: string, indent: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && indent.length + line.length + word.length + 3 > 130) {
      lines.push(line);
      line = '';
    }
    line += line === '' ? word : ` ${word}`;
  }
  return [...lines, line].map((content) => `${indent}# ${content}`);
}
