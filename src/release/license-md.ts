import { registry } from '../base/registry.ts';
import { renderTerms } from '../license/render.ts';
import { envelopeName, licenseTextName } from './layout.ts';
import { escapeMarkdown } from './markdown.ts';
import { type LicensePredicate, type LicenseStatement, sortedJson } from './statement.ts';
import { type LicensedTable, tablesOf } from './tables.ts';

/**
 * Writes LICENSE.md. What a renderer of a name once wrote it writes for ever: bundles hold its digest. Changes need a new name.
 * A renderer never looks at the subject LICENSE.md, as its own text is what makes that.
 */
export interface LicenseRenderer {
  readonly name: string;
  render(statement: LicenseStatement): string;
}

export const currentRenderer = 'license-md/1';

export const renderers = registry<LicenseRenderer>('renderer', [{ name: 'license-md/1', render: renderLicense }]);

/** LICENSE.md by `license-md/1`: the statement for a person. */
export function renderLicense(statement: LicenseStatement): string {
  const { predicate } = statement;
  const tables = tablesOf(predicate);
  return [
    `# ${escapeMarkdown(predicate.title)}`,
    ...introduction(predicate),
    '## Terms',
    list(renderTerms(predicate.terms).map(escapeMarkdown)),
    ...tables.flatMap(tableParts),
    ...(tables.length > 1 ? [eachByItself] : []),
    '## Files',
    list(fileLines(statement)),
    '## Origin',
    list(originLines(predicate)),
    '## How to verify',
    ...verification(predicate),
    '',
  ]
    .join('\n\n')
    .replace(/\n+$/, '\n');
}

function introduction({ id, issued, notBefore, notAfter, issuer, approvals, status }: LicensePredicate): string[] {
  const contact = issuer.contact === undefined ? '' : `, ${escapeMarkdown(issuer.contact)}`;
  const issuerId = issuer.id === undefined ? '' : ` (${escapeMarkdown(issuer.id)})`;
  const lines = [
    `License: \`${id}\``,
    `Issued by: ${escapeMarkdown(issuer.name)}${issuerId}${contact}`,
    `Issued at: ${issued}`,
    `In force: from ${notBefore} until, not including, ${notAfter}`,
  ];
  if (approvals.threshold > 0) {
    const other = approvals.distinctFromIssuer ? ', the issuer not counted' : '';
    lines.push(`Approvals needed: ${approvals.threshold}${other}`);
  }
  if (status?.required === true) {
    lines.push(`Revocation: a list (${escapeMarkdown(status.from)}) no older than ${status.maxAge} must be at hand`);
  }
  return [
    list(lines),
    `This text shows the signed statement in \`${envelopeName}\`. The data may be used only as it says; what it does not permit is not permitted.`,
  ];
}

function tableParts({ name, transforms, privacy, leftOut, references }: LicensedTable): string[] {
  return [
    name === undefined ? '## What was done to the data' : `## What was done to table ${nameOf(name)}`,
    list([...transforms.map(transformLine), ...references.map(referenceLine)]),
    name === undefined ? '## Privacy as measured' : `## Privacy of table ${nameOf(name)} as measured`,
    list([...privacyLines(privacy), ...(leftOut === 0 ? [] : [`Left out before that: ${counted(leftOut, 'record')}`])]),
  ];
}

const eachByItself =
  'Each table is measured by itself. Joined, tables may tell more about a person than each of them does.';

function referenceLine({ field, table, to, onOrphan, orphans }: LicensedTable['references'][number]): string {
  const target = `${nameOf(field)} refers to ${nameOf(to)} of table ${nameOf(table)}`;
  if (orphans === 0) return `${target}, and every value is there`;
  return `${target}; ${counted(orphans, 'record')} whose value is not there: ${orphanWords[onOrphan]}`;
}

const orphanWords = { drop: 'left out', fail: 'refused', report: 'kept' };

function transformLine(transform: LicensedTable['transforms'][number]): string {
  const parameters = sortedJson(transform.parameters);
  // Where a condition decides, the last techniques are those of the values for which it is not true.
  const others = transform.parameters.else;
  const techniques = transform.technique.map(escapeMarkdown);
  const split = Array.isArray(others) ? Math.max(0, techniques.length - others.length) : techniques.length;
  const sides = [techniques.slice(0, split), techniques.slice(split)].filter((side) => side.length > 0);
  return [
    `${nameOf(transform.field)} (${transform.role}): ${sides.map((side) => side.join(', then ')).join(', or else ')}`,
    ...(parameters === '{}' ? [] : [`parameters ${escapeMarkdown(parameters)}`]),
    ...(transform.reversible ? ['reversible by whoever holds the key'] : []),
    ...(transform.reproducible === true ? ['random, repeatable by whoever holds the key'] : []),
  ].join('; ');
}

function privacyLines(privacy: LicensedTable['privacy']): string[] {
  const { unit, quasiIdentifiers, models, suppressed, sampled, risk, generalization, search } = privacy;
  const levels = generalization?.map(levelLine) ?? [];
  return [
    unit === null ? 'One record is one individual' : `Records of equal ${nameOf(unit)} are one individual`,
    `Quasi-identifiers: ${quasiIdentifiers.length === 0 ? 'none' : quasiIdentifiers.map(nameOf).join(', ')}`,
    ...(models.length === 0 ? ['No privacy model was required'] : models.map(modelLine)),
    ...(levels.length === 0 ? [] : [`Generalized: ${levels.join(', ')}`]),
    ...(search === undefined ? [] : [searchLine(search)]),
    ...(sampled === undefined ? [] : [sampledLine(sampled)]),
    `Suppressed: ${suppressed.records} of ${suppressed.of} records`,
    risk === null
      ? 'Risk of re-identification: not measured'
      : `Risk of re-identification: highest ${risk.highest}, average ${risk.average}`,
  ];
}

function levelLine({ field, level, levels }: NonNullable<LicensedTable['privacy']['generalization']>[number]): string {
  if (levels === undefined) return `${nameOf(field)} to level ${level}`;
  const [lowest, highest] = levels;
  return `${nameOf(field)} to ${lowest === highest ? `level ${lowest}` : `levels ${lowest} to ${highest}`}`;
}

function searchLine(search: NonNullable<LicensedTable['privacy']['search']>): string {
  const { recoding, score, bound, proven, budgetSpent } = search;
  const measure = escapeMarkdown(search.measure);
  if (recoding === 'local') {
    const until =
      budgetSpent === undefined ? '' : budgetSpent ? ' until the work budget was spent' : ' within the work budget';
    return `Information loss (${measure}): ${score}; values were recoded class by class${until}, and another recoding may lose less`;
  }
  const least = proven ? 'no other choice of levels loses less' : `no other choice of levels loses less than ${bound}`;
  return `Information loss (${measure}): ${score}; ${least}`;
}

function sampledLine({ records, of, share }: NonNullable<LicensedTable['privacy']['sampled']>): string {
  return `Sampled at random: ${records} of ${of} records${share === undefined ? '' : `, each with probability ${share}`}`;
}

function modelLine({ name, required, measured }: LicensedTable['privacy']['models'][number]): string {
  return `${escapeMarkdown(name)}: required ${figures(required)}; measured ${figures(measured)}`;
}

function figures(values: Readonly<Record<string, number | string>>): string {
  const names = Object.keys(values).sort();
  if (names.length === 0) return 'nothing';
  return names.map((name) => `${escapeMarkdown(name)} = ${escapeMarkdown(String(values[name]))}`).join(', ');
}

function fileLines({ subject, predicate }: LicenseStatement): string[] {
  const facts = new Map(predicate.files.map((file) => [file.name, file]));
  return subject
    .filter(({ name }) => name !== licenseTextName)
    .map(({ name, digest }) => {
      const file = facts.get(name);
      const size = file === undefined ? '' : ` ${counted(file.records, 'record')}, ${counted(file.bytes, 'byte')},`;
      return `${escapeMarkdown(name)}:${size} SHA-256 \`${digest.sha256}\``;
    });
}

function originLines(predicate: LicensePredicate): string[] {
  const { lineage, tool } = predicate;
  const { policy, parents } = lineage;
  return [
    `Policy: ${escapeMarkdown(policy.name)}, version ${escapeMarkdown(policy.version)}, SHA-256 \`${policy.sha256}\``,
    ...tablesOf(predicate).map(({ name, source }) => {
      const of = name === undefined ? '' : ` of table ${nameOf(name)}`;
      return `Source${of}: ${source.records} records, commitment \`${source.commitment}\``;
    }),
    ...parents.map(({ id, sha256 }) => `Parent license: \`${id}\`, SHA-256 \`${sha256}\``),
    `Made with: ${escapeMarkdown(tool.name)} ${escapeMarkdown(tool.version)}`,
  ];
}

function verification({ issuer }: LicensePredicate): string[] {
  return [
    `The statement is signed with the Ed25519 key of id \`${issuer.key}\`. Get that key from the issuer, not from where this bundle came from. Then run`,
    '    anon verify BUNDLE --trust KEY.pem',
    'and state your use. Where this text and the signed statement differ, `anon` refuses the bundle.',
  ];
}

/** Names of fields stand in quotes: they may be empty, or begin with a space. */
function nameOf(field: string): string {
  return `"${escapeMarkdown(field)}"`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function list(lines: readonly string[]): string {
  return lines.length === 0 ? '- none' : lines.map((line) => `- ${line}`).join('\n');
}
