/**
 * anon as a library: what the command line does, without the command line.
 *
 * `apply`, `verify` and `diff` read and write files; `verifyBundle` takes a bundle from wherever it lies. What is refused on purpose is
 * thrown as a `Failure`, whose diagnostics never hold a value of the data or a key.
 */

export { type ApplyOutcome, type ApplyRequest, apply } from './app/apply.ts';
export { type DiffOutcome, diff } from './app/diff.ts';
export type { GateRequest } from './app/gate.ts';
export { type GeneratedKey, type GenerateRequest, generateKey } from './app/keys.ts';
export { loadPolicy, loadTables } from './app/policy-file.ts';
export type { Target } from './app/targets.ts';
export { verify } from './app/verify.ts';
export { type Diagnostic, Failure, type Place } from './base/diagnostic.ts';
export { type FailureCode, type FailureDefinition, failures } from './base/failures.ts';
export type { VerificationKey } from './crypto/dsse.ts';
export { keyIdOf, parsePublicPem } from './crypto/keys.ts';
export { formats } from './formats/index.ts';
export { hierarchies } from './hierarchies/index.ts';
export { createTerminal, type Terminal } from './io/terminal.ts';
export type { StatedUse } from './license/use.ts';
export { models } from './models/index.ts';
export { parsePolicy, parseTables } from './policy/parse.ts';
export type { Policy } from './policy/policy.ts';
export { policyJsonSchema } from './policy/schema.ts';
export type { VerifyAnswer } from './release/answer.ts';
export { type BundleFile, type BundleSource, memoryBundle } from './release/bundle-source.ts';
export type { Difference } from './release/diff.ts';
export { parseTrust, type Trust, trustOfKey } from './release/trust.ts';
export { fixedGrounds, type Grounds, type VerifyOptions, verifyBundle } from './release/verify.ts';
export { transforms } from './transforms/index.ts';
