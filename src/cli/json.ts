/**
 * A value as JSON for programs, in plain ASCII with a final line feed: nothing in it turns the reading direction or acts on the terminal,
 * wherever its text comes from. (JSON itself leaves U+007F to U+009F and the direction marks as they are.)
 */
export function asciiJson(value: unknown): string {
  return `${inAscii(JSON.stringify(value, null, 2))}\n`;
}

/** The same JSON in plain ASCII. White space between its values stays as it is. */
export function inAscii(json: string): string {
  return json.replace(/[^\x20-\x7e\t\n\r]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
