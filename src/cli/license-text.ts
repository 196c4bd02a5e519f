import type { ShownLicense } from '../app/license-show.ts';
import { explainTerms } from '../license/explain.ts';
import { shellWord } from '../license/explain-flag.ts';
import { renderTerms } from '../license/render.ts';
import { visible } from '../release/markdown.ts';
import type { LicensePredicate, LicenseStatement } from '../release/statement.ts';
import { tablesOf } from '../release/tables.ts';
import { paragraph } from './wrap.ts';

/** The license in plain words: no wider than `width` columns, as far as words can be broken. */
export function renderLicense({ statement, signatures, signers }: ShownLicense, width?: number): string {
  const count = signatures.length === 1 ? 'one signature' : `${signatures.length} signatures`;
  return lines(
    [
      ...summaryLines(statement),
      '',
      'privacy, as the license states it:',
      ...indented(tablesOf(statement.predicate).flatMap(privacyLines)),
      '',
      'files:',
      ...indented(
        statement.predicate.files.map(({ name, records, bytes }) => `${name}: ${records} records, ${bytes} bytes`),
      ),
      '',
      ...(signers === null
        ? [`nothing of this was verified, nor the ${count} of the envelope: \`anon verify\` does that`]
        : [signedLine(signers), 'nothing else was verified: `anon verify` does that']),
    ],
    width,
  );
}

/** What an approver answers for: parties, time and terms. */
export function renderSummary(statement: LicenseStatement): string {
  return lines(summaryLines(statement));
}

/** Each term: what it means, who stands for it, what to state; and the command that states it all. */
export function renderExplanation(
  { statement, signers }: ShownLicense,
  bundle: string,
  trust: readonly string[],
  width?: number,
): string {
  const { predicate } = statement;
  const explained = explainTerms(predicate.terms);
  const flags = explained.flatMap(({ state }) => state ?? []);
  return lines(
    [
      ...explained.flatMap(({ term, basis, means, state }) => [
        `${term} (${basis})`,
        ...indented([means, ...(state === undefined ? [] : [`state it with: ${state}`])]),
      ]),
      ...conditionLines(predicate),
      '',
      ...basisLines,
      '',
      'to ask whether a use is allowed:',
      ...indented([
        [
          'anon verify',
          shellWord(bundle),
          ...(signers === null
            ? ['--trust ISSUER.pub']
            : trust.slice(0, 1).map((file) => `--trust ${shellWord(file)}`)),
          ...flags.map((flag) => flag.replace(/ \(.*\)$/, '')),
        ].join(' '),
      ]),
      '',
      ...(signers === null
        ? ['nothing of this was verified: `anon verify` does that']
        : [signedLine(signers), 'nothing else was verified: `anon verify` does that']),
    ],
    width,
  );
}

function signedLine(signers: readonly string[]): string {
  return signers.length === 0 ? 'signed by nobody who is trusted here' : `signed by ${signers.join(', ')}`;
}

const basisLines = [
  'verified: anon proves it; asserted: the recipient states it, and answers for it; legal: only law enforces it',
];

function summaryLines({ predicate }: LicenseStatement): string[] {
  const { id, title, issuer, issued, notBefore, notAfter, terms, lineage } = predicate;
  const { parents } = lineage;
  return [
    title,
    ...indented([
      `license     ${id}`,
      `issued by   ${issuer.name}${issuer.id === undefined ? '' : ` (${issuer.id})`}`,
      ...(issuer.contact === undefined ? [] : [`contact     ${issuer.contact}`]),
      `with key    ${issuer.key}`,
      `issued at   ${issued}`,
      `in force    from ${notBefore} until, not including, ${notAfter}`,
      `policy      ${lineage.policy.name}, version ${lineage.policy.version}`,
      ...parents.map((parent) => `stands on   ${parent.id}`),
    ]),
    '',
    'terms:',
    ...indented([...renderTerms(terms), ...conditionSentences(predicate)]),
  ];
}

function conditionSentences({ approvals, status }: LicensePredicate): string[] {
  const { threshold } = approvals;
  return [
    ...(threshold === 0
      ? []
      : [`${threshold === 1 ? 'One approver' : `${threshold} approvers`} must have signed beside the issuer.`]),
    ...(status?.required === true ? [`A list of revocations no older than ${status.maxAge} must be at hand.`] : []),
  ];
}

function conditionLines(predicate: LicensePredicate): string[] {
  const { approvals, status, notBefore, notAfter } = predicate;
  const [...sentences] = conditionSentences(predicate);
  return [
    'time (verified)',
    ...indented([`The license is in force from ${notBefore} until, not including, ${notAfter}.`]),
    ...(approvals.threshold > 0 ? ['approvals (verified)', ...indented([sentences.shift()!])] : []),
    ...(status?.required === true ? ['status (verified)', ...indented([sentences.shift()!])] : []),
  ];
}

function privacyLines({ name, privacy }: ReturnType<typeof tablesOf>[number]): string[] {
  const { models, risk, suppressed } = privacy;
  const figures = (values: Readonly<Record<string, number | string>>) =>
    Object.entries(values)
      .map(([key, value]) => `${key} = ${value}`)
      .join(', ');
  return [
    ...(name === undefined ? [] : [`table ${name}:`]),
    ...(models.length === 0 ? ['no privacy model was required'] : []),
    ...models.map((model) => `${model.name}: required ${figures(model.required)}; measured ${figures(model.measured)}`),
    ...(risk === null ? [] : [`risk of re-identification: highest ${risk.highest}, average ${risk.average}`]),
    `suppressed: ${suppressed.records} of ${suppressed.of} records`,
  ];
}

function indented(items: readonly string[]): string[] {
  return items.map((item) => `  ${item}`);
}

function lines(all: readonly string[], width = Number.POSITIVE_INFINITY): string {
  return `${all.flatMap((line) => fitted(visible(line), width)).join('\n')}\n`;
}

/** What somebody copies into a shell stays in one line. */
function fitted(line: string, width: number): string[] {
  const text = line.trimStart();
  return text.startsWith('anon ') ? [line] : paragraph(text, width, line.length - text.length);
}
