import type { Dictionary } from '../dictionary.ts';
import { recognizeFields, type TableProfile } from '../table.ts';
import { evidenceOf } from './evidence.ts';
import { hierarchyText } from './hierarchies.ts';
import { entityOf, isId, type KnownTable, type Link, linksOf } from './links.ts';
import { policyText } from './policy-text.ts';
import type { Around, Proposal, Standard } from './proposal.ts';

export { standards } from './standards/index.ts';

export interface DraftRequest {
  readonly tables: readonly [TableProfile, ...TableProfile[]];
  readonly standard: Standard;
  readonly dictionary: Dictionary;
  /** Of the policy. */
  readonly name: string;
  /** Year in which the draft is made. */
  readonly year: number;
  /** How to make the key, as a command. */
  readonly keyCommand: string;
}

/** A field as it stands in a draft. */
export interface DraftedField {
  readonly selector: string;
  readonly kind: string | undefined;
  readonly proposal: Proposal;
  readonly evidence: string;
  /** `TABLE.FIELD` */
  readonly references: string | undefined;
}

export interface DraftedTable {
  readonly table: TableProfile;
  readonly fields: readonly DraftedField[];
  /** The field that names the individual where it may have several records. */
  readonly unit: string | undefined;
}

export interface PolicyDraft {
  readonly text: string;
  readonly tables: readonly DraftedTable[];
  /** Fields that a person has to decide about. */
  readonly undecided: number;
}

/** Draft a policy for tables. It holds names, counts and shares, and no value of the data. */
export function draftPolicy(request: DraftRequest): PolicyDraft {
  const { tables, standard, dictionary } = request;
  const known = tables.map((table): KnownTable => ({ table, fields: recognizeFields(table, dictionary) }));
  const links = standard.joins ? linksOf(known) : new Map<never, Link>();
  const drafted = known.map((table) => draftTable(table, links, request));
  return {
    text: policyText(drafted, request, hierarchyText(drafted, request.year)),
    tables: drafted,
    undecided: drafted.flatMap(({ fields }) => fields).filter(({ proposal }) => proposal.transform === undefined)
      .length,
  };
}

function draftTable(
  { table, fields }: KnownTable,
  links: ReadonlyMap<unknown, Link>,
  { standard, year }: DraftRequest,
): DraftedTable {
  const domainOf = (field: (typeof fields)[number]): string => entityOf(links.get(field)?.parent ?? field);
  const everywhere = fields.filter(({ field }) => !field.repeated && field.values === table.records);
  // Rather one whose records are several.
  const subjects = everywhere.filter(({ recognition }) => recognition?.kind.group === 'subject');
  const subject = subjects.find(({ field }) => field.once < 1) ?? subjects[0];
  const anchor =
    subject ?? everywhere.find(isId) ?? everywhere.find(({ recognition }) => recognition?.kind.group === 'direct');
  const unit = subject !== undefined && subject.field.once < 1 ? subject.field.selector : undefined;
  return {
    table,
    unit,
    fields: fields.map((known): DraftedField => {
      const around: Around = {
        ...known,
        domain: isId(known) ? domainOf(known) : 'value',
        subject: subject && { selector: subject.field.selector, domain: domainOf(subject) },
        anchor: anchor?.field.selector,
        year,
      };
      const link = links.get(known);
      return {
        selector: known.field.selector,
        kind: known.recognition?.kind.name,
        proposal: proposalFor(around, standard),
        evidence: evidenceOf(known, link),
        references: link && `${link.parentTable}.${link.parent.field.selector}`,
      };
    }),
  };
}

function proposalFor(around: Around, { proposals, unknown }: Standard): Proposal {
  const { field, recognition } = around;
  if (field.dataKeys > 0 || field.mixed) return { role: 'sensitive' };
  if (field.values === 0) return { role: 'sensitive', transform: 'drop' };
  return recognition === undefined ? unknown(around) : proposals[recognition.kind.group](around);
}
