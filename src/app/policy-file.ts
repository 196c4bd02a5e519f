import { dirname } from 'node:path';
import { type Diagnostic, Failure } from '../base/diagnostic.ts';
import { createAddressedRandom, deriveStreamKey } from '../crypto/addressed-random.ts';
import { hkdfSha256 } from '../crypto/digest.ts';
import { derivePrf } from '../crypto/prf.ts';
import type { Hierarchy } from '../hierarchies/definition.ts';
import { readFileUpTo } from '../io/files.ts';
import { pathOf, readKey } from '../io/secrets.ts';
import type { Terminal } from '../io/terminal.ts';
import { parsePolicy, parseTables } from '../policy/parse.ts';
import type { ResourcesOf } from '../policy/plan.ts';
import type { PathInPolicy, Policy } from '../policy/policy.ts';
import { notPolicy } from './mistaken-files.ts';
import { readTemplates } from './templates.ts';

const maxPolicyBytes = 1 << 20;
/** Of a lookup table or hierarchy. */
export const maxTableBytes = 64 << 20;

/** Read and parse a policy for one table. Throws a Failure with all its problems. */
export async function loadPolicy(file: string): Promise<Policy> {
  const [policy] = await withTemplates([await load(file, parsePolicy)]);
  return policy;
}

/** Read and parse a policy for one table or several: what each of them sees of it, parents first. */
export async function loadTables(file: string): Promise<readonly [Policy, ...Policy[]]> {
  return withTemplates(await load(file, parseTables));
}

/** The tables with what their license uses: it is the same for all of them. */
async function withTemplates<Tables extends readonly [Policy, ...Policy[]]>(tables: Tables): Promise<Tables> {
  const [{ license, directory, problem }] = tables;
  if (license?.use === undefined) return tables;
  const templates = await readTemplates(license, {
    directory,
    problem: (path, message, hint) => problem('POLICY-MEANING', ['license', ...path], message, hint),
  });
  // Of as many tables as before.
  return tables.map((policy) => ({ ...policy, templates })) as unknown as Tables;
}

async function load<T>(
  file: string,
  parse: (text: Buffer, where: { readonly file: string; readonly directory: string }) => T,
): Promise<T> {
  const text = await readFileUpTo(file, maxPolicyBytes, 'POLICY-YAML');
  try {
    return parse(text, { file, directory: dirname(file) });
  } catch (error) {
    throw error instanceof Failure ? (notPolicy(text, file) ?? error) : error;
  }
}

/** The bytes of the keys whose domains the transforms of the tables use, by name. */
export async function readKeys(
  tables: readonly [Policy, ...Policy[]],
  terminal: Terminal,
  allowExec: boolean,
): Promise<ReadonlyMap<string, Buffer>> {
  const used = new Set<string>();
  const [policy] = tables;
  for (const { steps } of tables.flatMap(({ fields }) => fields)) {
    for (const { definition, options } of steps) {
      for (const { section, name } of definition.references?.(options) ?? []) {
        if (section === 'domains') used.add(policy.domains.get(name)!.key);
      }
    }
  }
  if (policy.reproducible !== undefined) used.add(policy.reproducible.key);
  const keys = new Map<string, Buffer>();
  for (const name of used) {
    keys.set(name, await readKey(name, policy.keys.get(name)!, policy.directory, terminal, allowExec));
  }
  return keys;
}

/** The files that transforms and hierarchies of the policy name, by their name there. */
export async function readPolicyFiles(policy: Policy): Promise<ReadonlyMap<string, Buffer>> {
  const names = new Map<string, PathInPolicy>();
  for (const { selector, steps } of policy.fields) {
    for (const { definition, options } of steps) {
      for (const { file } of definition.files?.(options) ?? []) names.set(file, ['fields', selector, 'transform']);
    }
  }
  for (const [name, { definition, options }] of policy.hierarchies) {
    for (const file of definition.files?.(options) ?? []) names.set(file, ['hierarchies', name]);
  }
  const files = new Map<string, Buffer>();
  for (const [name, path] of names) {
    try {
      files.set(name, await readFileUpTo(pathOf(name, policy.directory), maxTableBytes, 'POLICY-MEANING'));
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      throw new Failure(
        error.diagnostics.map(({ code, message, hint }) => policy.problem(code, path, `\`${name}\`: ${message}`, hint)),
      );
    }
  }
  return files;
}

/** Load what transforms read of packages, so that what no transform of the tables needs is never loaded. Throws a Failure. */
export async function prepareTransforms(tables: readonly Policy[]): Promise<void> {
  const problems: Diagnostic[] = [];
  const all = tables.flatMap((policy) => policy.fields.flatMap(({ selector, steps }) => ({ policy, selector, steps })));
  for (const { policy, selector, steps } of all) {
    for (const { definition, options } of steps) {
      try {
        await definition.prepare?.(options, policy.locale);
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        const path = ['fields', selector, 'transform'];
        problems.push(...error.diagnostics.map(({ code, message, hint }) => policy.problem(code, path, message, hint)));
      }
    }
  }
  if (problems.length > 0) throw new Failure(problems);
}

/** Key of the draws that choose a sample. */
export function sampleKeyOf(streamSecret: Buffer): Buffer {
  return hkdfSha256(streamSecret, 'anon/v1/sample');
}

/** Key of the draws that put records into another order. */
export function orderKeyOf(streamSecret: Buffer): Buffer {
  return hkdfSha256(streamSecret, 'anon/v1/order');
}

/** What transforms may ask for. `streamSecret` is the root of all randomness of this run. */
export function resourcesOf(
  policy: Policy,
  keys: ReadonlyMap<string, Buffer>,
  files: ReadonlyMap<string, Buffer>,
  streamSecret: Buffer,
): ResourcesOf {
  const licensee = policy.license?.licensee.id;
  const hierarchy = hierarchiesOf(policy, files);
  return (rule, name) => ({
    field: name,
    type: rule.type,
    prf(technique, domainName) {
      const domain = policy.domains.get(domainName)!;
      const owner = domain.scope === 'global' ? '' : licensee;
      if (owner === undefined) {
        const message = `domain \`${domainName}\` is made for a licensee, and the policy names none`;
        const hint = 'name a licensee under `license`, or set `scope: global`';
        throw new Failure([policy.problem('POLICY-MEANING', ['domains', domainName], message, hint)]);
      }
      return derivePrf(keys.get(domain.key)!, technique, domainName, owner, domain.normalize);
    },
    random: (purpose, bytesPerValue) =>
      createAddressedRandom(deriveStreamKey(streamSecret, name, purpose), bytesPerValue),
    hierarchy,
    file: (path) => files.get(path)!,
    locale: policy.locale,
  });
}

/** The hierarchies of the policy by their names, each built when it is first asked for. Throws a Failure where its file makes none. */
export function hierarchiesOf(policy: Policy, files: ReadonlyMap<string, Buffer>): (name: string) => Hierarchy {
  const built = new Map<string, Hierarchy>();
  return (name) => {
    let hierarchy = built.get(name);
    if (hierarchy === undefined) {
      const { definition, options } = policy.hierarchies.get(name)!;
      hierarchy = definition.build(options, (path) => files.get(path)!);
      built.set(name, hierarchy);
    }
    return hierarchy;
  };
}
