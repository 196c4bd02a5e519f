/** A flag with its value as a POSIX shell takes it: quoted where it holds more than plain characters. */
export function stateWith(flag: string, value: string): string {
  return `${flag} ${shellWord(value)}`;
}

export function shellWord(text: string): string {
  return /^[A-Za-z0-9_./:@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
