/** The texts and numbers in a JSON object or array, as they would stand in fields of their own. */
export function leavesOf(container: Buffer): string[] {
  const leaves: string[] = [];
  const open: unknown[] = [JSON.parse(container.toString('utf8'))];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value === 'object' && value !== null) open.push(...Object.values(value));
    else if (typeof value === 'string' || typeof value === 'number') leaves.push(String(value));
  }
  return leaves;
}
