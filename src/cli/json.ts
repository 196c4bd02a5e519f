/**
 * A value as JSON for programs, in plain ASCII with a final line feed: nothing in it turns the reading direction or acts on the terminal,
 * wherever its text comes from. (JSON itself leaves U+007F to U+009F and the direction marks as they are.)
 */
export function asciiJson(value: unknown): string {
  const json = JSON.stringify(value, null, 2);
  return `${json.replace(/[^\x20-\x7e\n]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`;
}
