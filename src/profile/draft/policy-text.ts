import type { DraftedField, DraftedTable, DraftRequest } from './index.ts';
import { commentLines, countText, yamlText } from './yaml.ts';

/** A draft as a YAML file; `hierarchies` are its lines in that section. */
export function policyText(
  tables: readonly DraftedTable[],
  request: DraftRequest,
  hierarchies: readonly string[],
): string {
  const { standard, name } = request;
  const several = tables.length > 1;
  const keys = keyLines(tables, request);
  const lines = [
    ...preface(tables, request),
    'policy: anon/v1',
    `name: ${yamlText(name)}`,
    'version: "0.1"',
    ...keys,
    ...standard.sections,
    ...(hierarchies.length === 0 ? [] : ['hierarchies:', ...hierarchies]),
    '',
    ...(several
      ? ['tables:', ...tables.flatMap((table) => [`  ${table.table.name}:`, ...tableLines(table, request, '    ')])]
      : tableLines(tables[0]!, request, '')),
    'checks: { leak: fail }',
    ...(standard.licensed ? licenseLines(keys.length > 0) : []),
  ];
  return `${lines.join('\n')}\n`;
}

function preface(tables: readonly DraftedTable[], { standard }: DraftRequest): string[] {
  const left = tables.flatMap(({ fields }) => fields).filter(({ proposal }) => proposal.transform === undefined).length;
  const read = tables.map(
    ({ table }) => `${table.whole ? 'all' : 'the first'} ${countText(table.records)} records of ${table.name}`,
  );
  return [
    ...commentLines(`Draft for ${standard.summary}.`, ''),
    '#',
    ...commentLines(
      `Drafted from ${read.join(', ')}. Shares are of up to 256 distinct values. A draft is a beginning: read every line. What is not ` +
        `recognized is \`reject\`, and the policy is refused while there is any: ${left === 0 ? 'none is' : `${countText(left)} ${left === 1 ? 'is' : 'are'}`} left to decide.`,
      '',
    ),
    ...(standard.preface.length === 0 ? [] : ['#', ...standard.preface.map((line) => `# ${line}`)]),
  ];
}

function keyLines(tables: readonly DraftedTable[], { standard, keyCommand }: DraftRequest): string[] {
  const { key } = standard;
  const fields = tables.flatMap((table) => table.fields);
  const domains = [
    ...new Set(fields.flatMap(({ proposal }) => /\bdomain: ([\w-]+)/.exec(proposal.transform ?? '')?.[1] ?? [])),
  ];
  if (domains.length === 0) return [];
  return [
    'keys:',
    ...(standard.licensed ? [`  # make it once, and keep it apart from the data: ${keyCommand}`] : []),
    `  ${key.name}: ${key.reference}`,
    'domains:',
    ...domains.map(
      (domain) => `  ${yamlText(domain)}: { key: ${key.name}, normalize: [trim, nfc], scope: ${key.scope} }`,
    ),
  ];
}

function tableLines({ table, fields, unit }: DraftedTable, { standard }: DraftRequest, indent: string): string[] {
  const form = table.form.map(
    ({ option, value }) =>
      `${option}: ${typeof value === 'string' ? yamlText(value) : `[${value.map(yamlText).join(', ')}]`}`,
  );
  const counted = fields.some(
    ({ proposal }) => proposal.role === 'quasi-identifier' && proposal.transform !== undefined,
  );
  const privacy =
    standard.k === undefined || !counted
      ? []
      : [
          'privacy:',
          ...(unit === undefined ? [] : [`  unit: ${yamlText(unit)}`]),
          '  models:',
          `    - k-anonymity: { k: ${standard.k} }`,
          ...diversity(fields),
          '  on-violation: drop',
          '  max-suppression: 0.05',
        ];
  return [
    ...table.form.flatMap(({ option, why }) => (why === undefined ? [] : commentLines(`${option}: ${why}`, indent))),
    ...mapLines('input', [`format: ${table.format}`, ...form], indent),
    `${indent}fields:`,
    ...fields.flatMap((field) => fieldLines(field, `${indent}  `)),
    ...privacy.map((line) => indent + line),
  ];
}

/** A suggestion, not more: whether a class may share one value is for a person to say. */
function diversity(fields: readonly DraftedField[]): string[] {
  const field = fields.find(({ kind, proposal }) => kind === 'diagnosis' && proposal.transform === 'keep');
  if (field === undefined || /\[\*\]|\.\*/.test(field.selector)) return [];
  return [`    # - l-diversity: { l: 3, sensitive: ${yamlText(field.selector)} }`];
}

function fieldLines({ selector, proposal, evidence, references }: DraftedField, indent: string): string[] {
  const { role, type, transform = 'reject', options = [], why } = proposal;
  const parts = [
    `role: ${role}`,
    ...(type === undefined || transform === 'reject' ? [] : [`type: ${type}`]),
    `transform: ${transform}`,
    ...options,
    ...(references === undefined ? [] : [`references: ${yamlText(references)}`, 'on-orphan: drop']),
  ];
  return [
    ...commentLines(
      `${transform === 'reject' ? 'DECIDE: ' : ''}${evidence}${why === undefined ? '' : `; ${why}`}`,
      indent,
    ),
    ...mapLines(yamlText(selector), parts, indent),
  ];
}

/** A map on one line where there is room for it. */
function mapLines(key: string, parts: readonly string[], indent: string): string[] {
  const flow = `${indent}${key}: { ${parts.join(', ')} }`;
  return flow.length <= 120 ? [flow] : [`${indent}${key}:`, ...parts.map((part) => `${indent}  ${part}`)];
}

/** `scoped`: there are domains, which are kept to the licensee. */
function licenseLines(scoped: boolean): string[] {
  const domains = scoped ? ', and write `scope: global` under `domains`' : '';
  return [
    '',
    '# FILL IN what stands empty: the policy is refused until then.',
    `# For a run without a license (\`--data-only\`) remove the section${domains}.`,
    ...license,
  ];
}

const license = [
  'license:',
  '  licensor:',
  '    name: # FILL IN: your organization',
  '    contact: # FILL IN: where it can be reached about the data',
  '  licensee:',
  '    id: # FILL IN: who gets the data, such as urn:org:example-university',
  '    name: # FILL IN',
  '  purposes: # FILL IN: of the W3C Data Privacy Vocabulary, such as [AcademicResearch]',
  '  prohibitions: [reidentify, link, distribute, train]',
  '  valid:',
  '    from: # FILL IN: first day, as YYYY-MM-DD',
  '    until: # FILL IN: last day',
];
