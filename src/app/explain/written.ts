/** A value in the flow style of YAML, as policies and their documents write it. */
export function written(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(written).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).map(([key, member]) => `${key}: ${written(member)}`);
    return members.length > 0 ? `{ ${members.join(', ')} }` : '{}';
  }
  return typeof value === 'string' && !/^[A-Za-z][\w-]*$/.test(value) ? JSON.stringify(value) : String(value);
}

/** A technique or model with its options: `mask`, or `{ mask: { keep-last: 4 } }`. */
export function writtenUse(name: string, options: unknown): string {
  return options === undefined ? name : written({ [name]: options });
}
