/** Print lines of texts in columns: the first to the left, the others to the right. */
export function printTable(header, lines) {
  const all = [header, ...lines];
  const widths = header.map((_, i) => Math.max(...all.map((line) => line[i].length)));
  for (const line of all) {
    const cells = line.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i])));
    console.log(cells.join('  ').trimEnd());
  }
  console.log();
}

export function count(n) {
  return n.toLocaleString('en');
}

/** Of 10^6 bytes. */
export function megabytes(bytes) {
  return (bytes / 1e6).toFixed(0);
}

export function milliseconds(seconds) {
  return (seconds * 1000).toFixed(0);
}
