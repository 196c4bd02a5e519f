// Preloaded into a measured process (node --require): at its end, writes what it used to file descriptor 3.

const { readFileSync, writeSync } = require('node:fs');

process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  writeSync(3, JSON.stringify({ cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, peakBytes: peak() ?? maxRSS * 1024 }));
});

/** Linux counts in maxRSS the process that this one was forked from; VmHWM is of this program alone. */
function peak() {
  try {
    return Number(/^VmHWM:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'latin1'))[1]) * 1024;
  } catch {
    return undefined;
  }
}
