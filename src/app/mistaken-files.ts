import { type Failure, fail } from '../base/diagnostic.ts';
import { binaryKind } from './binary.ts';

const order = 'the policy comes first, the data second: `anon apply POLICY DATA`';
const beginning = 'a policy begins with `policy: anon/v1`; `anon schema` prints what may follow';

/** What at least one line of a policy looks like, even of one with mistakes. */
const policyForm = /^(?:policy|fields|tables|defaults|domains|license|privacy)[ \t]*:|policy["']?\s*:\s*["']?anon/m;

/** What was given in the place of a policy; undefined where it may be one with mistakes. No line of it is shown: it may be data. */
export function notPolicy(bytes: Buffer, file: string): Failure | undefined {
  const text = bytes.toString('latin1').replace(/^\xef\xbb\xbf/, '');
  if (policyForm.test(text)) return undefined;
  const refuse = (message: string, hint: string) => fail('POLICY-SHAPE', message, { place: { file }, hint });
  if (text.split('\n').every((line) => /^\s*(?:#.*)?$/.test(line))) return refuse('the policy is empty', beginning);
  const binary = binaryKind(bytes);
  if (binary !== undefined) {
    return refuse(`this is ${binary}, not a policy`, binary.endsWith(' text') ? 'save it as UTF-8' : order);
  }
  if (/^\s*[[{]/.test(text)) {
    return refuse('this is JSON, and not a policy', `${order}; a policy in JSON has \`"policy": "anon/v1"\``);
  }
  return isTable(text) ? refuse('this is a table, not a policy', order) : refuse('this is not a policy', beginning);
}

/** Throws a Failure where the beginning of the data is that of a policy. */
export function refusePolicyAsData(bytes: Buffer): void {
  const text = bytes.toString('latin1', 0, 4096);
  if (/^policy[ \t]*:[ \t]*["']?anon\//m.test(text) || /^\s*\{[^{[]*"policy"\s*:\s*"anon\//.test(text))
    throw policyAsData();
}

export function policyAsData(): Failure {
  return fail('DATA-FORMAT', 'this is a policy, not data', { hint: order });
}

/** Have the first two lines as many delimiters, and are they no keys of YAML? */
function isTable(text: string): boolean {
  const [first = '', second = first] = text.split(/\r?\n/, 2);
  const count = (line: string, delimiter: string) => line.split(delimiter).length;
  return (
    !/^[\w-]+:(?: |$)/.test(first) &&
    [',', ';', '\t', '|'].some((d) => count(first, d) > 1 && (second === '' || count(first, d) === count(second, d)))
  );
}
