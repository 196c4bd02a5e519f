// `anon measure` beside DuckDB's GROUP BY, over the same file: classes of four fields.

import { classesJob, groupByJob } from './jobs.mjs';
import { measureInTurns } from './measure.mjs';
import { count, megabytes, printTable } from './table.mjs';

/** Fields whose combinations repeat, and fields whose combinations hardly do. */
const choices = ['sex,city,zip,diagnosis', 'birth_date,zip,sex,city'];

const own = 'anon measure, classes';

/** Where there is no `peer`, anon alone. */
export function measureClasses(rows, runs, peer) {
  for (const fields of choices) {
    const jobs = [classesJob(own, rows, fields, 0), classesJob(`${own} and its combinations of 3`, rows, fields, 3)];
    if (peer) {
      jobs.push(...[1, 2].map((threads) => groupByJob(`duckdb GROUP BY, threads: ${threads}`, rows, fields, threads)));
    }
    const results = measureInTurns(jobs, runs);
    const ours = results.get(own);
    const { classes, smallest } = classesOf(ours.answers[0]);
    for (const { answers } of results.values()) {
      const found = classesOf(answers[0]);
      if (found.classes !== classes || found.smallest !== smallest) throw new Error('DuckDB finds other classes');
    }
    printTable(
      [`${count(classes)} classes of ${fields}`, 'wall s', 'CPU s', 'peak MB', 'wall of classes ÷ it'],
      [...results].map(([name, { seconds, cpuSeconds, peakBytes }]) => [
        name,
        seconds.toFixed(2),
        cpuSeconds.toFixed(2),
        megabytes(peakBytes),
        name === own ? '' : (ours.seconds / seconds).toFixed(2),
      ]),
    );
  }
}

/** `anon measure` has them beside its other figures. */
function classesOf(answer) {
  const figures = JSON.parse(answer);
  return typeof figures.classes === 'object' ? figures.classes : figures;
}
