import { registry } from '../../base/registry.ts';
import { auditLog } from './audit-log.ts';
import { clock } from './clock.ts';
import { memory } from './memory.ts';
import { passphrase } from './passphrase.ts';
import { program } from './program.ts';
import { revocations } from './revocations.ts';
import { signingKey } from './signing-key.ts';
import { state } from './state.ts';
import { temporary } from './temporary.ts';
import { trust } from './trust.ts';

/** What `anon doctor` looks at, in the order in which it is shown. */
export const checks = registry('check', [
  program,
  memory,
  temporary,
  signingKey,
  passphrase,
  state,
  clock,
  trust,
  revocations,
  auditLog,
]);
