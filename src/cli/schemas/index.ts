import { registry } from '../../base/registry.ts';
import { answer } from './answer.ts';
import { auditEntry } from './audit-entry.ts';
import { context } from './context.ts';
import { dataPackage } from './data-package.ts';
import type { SchemaDefinition } from './definition.ts';
import { envelope } from './envelope.ts';
import { policy } from './policy.ts';
import { problems } from './problems.ts';
import { report } from './report.ts';
import { revocations } from './revocations.ts';
import { statement } from './statement.ts';
import { trust } from './trust.ts';

/** What `anon schema` knows. */
export const schemas = registry<SchemaDefinition>('schema', [
  policy,
  statement,
  envelope,
  dataPackage,
  report,
  trust,
  revocations,
  context,
  auditEntry,
  answer,
  problems,
]);
