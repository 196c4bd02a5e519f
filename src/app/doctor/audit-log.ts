import { join } from 'node:path';
import { Failure } from '../../base/diagnostic.ts';
import { thousands } from '../../base/thousands.ts';
import { auditSize, readAuditLines } from '../../io/audit-log.ts';
import { verifyLog } from '../../release/audit/verify.ts';
import { defineCheck, ok, problemsOf } from './definition.ts';

export const auditLog = defineCheck({
  name: 'audit log',
  summary: 'Whether the audit log is whole.',
  async run({ state }) {
    const folder = join(state, 'audit');
    if (auditSize(folder) === 0) return [ok('there is none yet; the first decision begins it')];
    let entries = 0;
    const { problems } = verifyLog(readAuditLines(folder), [], () => {
      entries++;
    });
    if (problems.length > 0) return problemsOf(new Failure(problems));
    return [ok(`${thousands(entries)} ${entries === 1 ? 'entry' : 'entries'}, each bound to those before it`)];
  },
});
