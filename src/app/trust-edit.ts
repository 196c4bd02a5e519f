import { fail } from '../base/diagnostic.ts';
import { signEnvelope } from '../crypto/dsse.ts';
import type { Terminal } from '../io/terminal.ts';
import { readBack } from '../release/read-back.ts';
import { parseTrust, type TrustContent, type TrustFile, type TrustRole, trustPayloadType } from '../release/trust.ts';
import { checkRoots, rootSignatures } from '../release/trust-chain.ts';
import {
  firstTrust,
  nextTrust,
  signAlso,
  withoutKey,
  withoutParty,
  withParty,
  withRotated,
  writeContent,
} from '../release/trust-edit.ts';
import {
  instantAfter,
  instantOf,
  readKeyId,
  readPublicPem,
  readSeeds,
  type SigningRequest,
  writeDocument,
} from './document-files.ts';
import { readTrust } from './find-trust.ts';

/** A version of trust that was written, and how many root principals have signed it of those that must. */
export interface EditedTrust {
  readonly path: string;
  readonly file: TrustFile;
  readonly signatures: readonly {
    /** Version that asks for them. */
    readonly version: number;
    readonly signed: number;
    readonly threshold: number;
  }[];
}

export interface CreateRequest extends SigningRequest {
  readonly file: string;
  /** `ID=PUBLICKEYFILE` each. */
  readonly roots: readonly string[];
  readonly rootThreshold: number;
  readonly approverThreshold: number | undefined;
  /** Last UTC day of the file; undefined: a year from now. */
  readonly expires: string | undefined;
}

/** Version 1: nothing but its roots. */
export async function createTrust(request: CreateRequest, terminal: Terminal): Promise<EditedTrust> {
  const { file, roots, rootThreshold, approverThreshold, expires } = request;
  const parties = await Promise.all(
    roots.map(async (root) => {
      const [, id, path] = /^([^=]+)=(.+)$/s.exec(root) ?? [];
      if (id === undefined || path === undefined)
        throw fail('USAGE', "option '--root' takes ID=FILE", { hint: 'for example urn:person:ada=ada.pub' });
      return { id, pems: [await readPublicPem(path)], roles: ['root'] as const };
    }),
  );
  const thresholds = {
    root: rootThreshold,
    ...(approverThreshold === undefined ? {} : { approver: approverThreshold }),
  };
  const content = firstTrust(
    parties,
    thresholds,
    terminal.now(),
    expires === undefined ? instantAfter(terminal.now(), 'P1Y', '--expires') : instantOf(expires, '--expires', true),
  );
  return signAndWrite(content, undefined, { ...request, out: request.out ?? file }, terminal, false);
}

interface EditRequest extends SigningRequest {
  readonly file: string;
  /** Last UTC day of the file; undefined: that of the version before. */
  readonly expires: string | undefined;
}

export interface AddRequest extends EditRequest {
  readonly principal: string;
  readonly name: string | undefined;
  /** Files of public keys. */
  readonly keys: readonly string[];
  readonly roles: readonly TrustRole[];
  readonly datasets: readonly string[];
  /** UTC days of the keys. */
  readonly from: string | undefined;
  readonly until: string | undefined;
}

/** Add a principal, or keys, roles or globs to one. */
export async function addToTrust(request: AddRequest, terminal: Terminal): Promise<EditedTrust> {
  const { principal, name, keys, roles, datasets, from, until } = request;
  const party = {
    id: principal,
    name,
    pems: await Promise.all(keys.map(readPublicPem)),
    roles,
    datasets: datasets.length === 0 ? undefined : datasets,
    from: from === undefined ? undefined : instantOf(from, '--from', false),
    until: until === undefined ? undefined : instantOf(until, '--until', true),
  };
  return edit(request, terminal, ({ principals }) => ({ principals: withParty(principals, party) }));
}

export interface RemoveRequest extends EditRequest {
  readonly principals: readonly string[];
  /** Key ids, or files of public keys. */
  readonly keys: readonly string[];
}

export async function removeFromTrust(request: RemoveRequest, terminal: Terminal): Promise<EditedTrust> {
  const { principals: ids, keys } = request;
  if (ids.length + keys.length === 0)
    throw fail('USAGE', 'say what to remove', { hint: '--principal ID, or --key with a key id or file' });
  const keyIds = await Promise.all(keys.map(readKeyId));
  return edit(request, terminal, ({ principals }) => ({
    principals: keyIds.reduce(withoutKey, ids.reduce(withoutParty, principals)),
  }));
}

export interface RotateRequest extends EditRequest {
  /** Key id, or file of the public key. */
  readonly from: string;
  /** File of the public key that takes over. */
  readonly to: string;
  /** Last UTC day of the old key; undefined: it is left out. */
  readonly until: string | undefined;
}

export async function rotateKey(request: RotateRequest, terminal: Terminal): Promise<EditedTrust> {
  const [keyId, pem] = [await readKeyId(request.from), await readPublicPem(request.to)];
  const until = request.until === undefined ? undefined : instantOf(request.until, '--until', true);
  return edit(request, terminal, ({ principals }) => ({ principals: withRotated(principals, keyId, pem, until) }));
}

export interface RenewRequest extends EditRequest {
  /** Undefined: that of the version before. */
  readonly rootThreshold: number | undefined;
  readonly approverThreshold: number | undefined;
}

/** The same principals, for longer or with other thresholds. */
export async function renewTrust(request: RenewRequest, terminal: Terminal): Promise<EditedTrust> {
  const { rootThreshold, approverThreshold } = request;
  return edit(request, terminal, ({ principals, thresholds }) => ({
    principals,
    thresholds: {
      ...thresholds,
      ...(rootThreshold === undefined ? {} : { root: rootThreshold }),
      ...(approverThreshold === undefined ? {} : { approver: approverThreshold }),
    },
  }));
}

/** Sign the same version once more. */
export async function signTrust(
  request: SigningRequest & { readonly file: string },
  terminal: Terminal,
): Promise<EditedTrust> {
  const { parsed } = await readTrust(request.file);
  const text = signAlso(parsed.envelope, await readSeeds(request, terminal));
  return write(text, undefined, request, terminal, request.out === undefined);
}

type Change = Pick<TrustContent, 'principals'> & Partial<Pick<TrustContent, 'thresholds'>>;

async function edit(
  request: EditRequest,
  terminal: Terminal,
  change: (content: TrustContent) => Change,
): Promise<EditedTrust> {
  const { parsed } = await readTrust(request.file);
  const now = terminal.now();
  // What stands on a version that nobody can take over could not be taken over either.
  checkRoots(parsed, now);
  const expires = request.expires === undefined ? {} : { expires: instantOf(request.expires, '--expires', true) };
  const content = nextTrust(parsed.content, { ...change(parsed.content), ...expires }, now);
  return signAndWrite(content, parsed, request, terminal, request.out === undefined);
}

async function signAndWrite(
  content: TrustContent,
  previous: TrustFile | undefined,
  request: SigningRequest & { readonly file: string },
  terminal: Terminal,
  replace: boolean,
): Promise<EditedTrust> {
  const text = signEnvelope(trustPayloadType, writeContent(content), await readSeeds(request, terminal));
  return write(text, previous, request, terminal, replace);
}

async function write(
  text: string,
  previous: TrustFile | undefined,
  { file, out }: { readonly file: string; readonly out: string | undefined },
  terminal: Terminal,
  replace: boolean,
): Promise<EditedTrust> {
  const path = out ?? file;
  readBack(Buffer.from(text), 'the trust file', 'leave out principals, globs or signatures that are no longer needed');
  const made = parseTrust(Buffer.from(text));
  const now = terminal.now();
  await writeDocument(path, text, replace);
  const signatures = [...(previous === undefined ? [] : [previous.trust]), made.trust].map((by) => {
    const { signed, threshold } = rootSignatures(made, by, now);
    return { version: by.version, signed: signed.size, threshold };
  });
  return { path, file: made, signatures };
}
