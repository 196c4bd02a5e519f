// Adds entries to an audit log in a process of its own: `node audit-writer.mjs FOLDER COUNT [LIMIT]`. With a limit, no more exports than that
// are started by all writers together. Says each number that it was given, a line each; ends in one that says how often it was refused.
import { openAuditLog } from '../../dist/io/audit-log.js';
import { exportStart } from '../../dist/release/audit/occasions.js';

const [folder, count, limit] = process.argv.slice(2);
const predicate = {
  id: `urn:anon:license:${'1'.repeat(32)}`,
  title: 'Readmission cohort 2026',
  notAfter: '2027-10-01T00:00:00Z',
  terms: limit === undefined ? {} : { limits: { exports: Number(limit) } },
};
const use = { user: `u${process.pid}`, action: 'use', safeguards: [] };
const log = await openAuditLog(folder, { now: Date.now, otherState: false });
let refused = 0;
for (let i = 0; i < Number(count); i++) {
  try {
    const { seq } = await log.append(exportStart(predicate, { use, signed: false }));
    process.stdout.write(`${seq}\n`);
  } catch (error) {
    if (error.code !== 'QUOTA') throw error;
    refused++;
  }
}
process.stdout.write(`refused ${refused}\n`);
