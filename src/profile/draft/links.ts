import { isUnique } from '../field.ts';
import { singular } from '../field-name.ts';
import type { Group } from '../kinds/index.ts';
import { numbers } from '../kinds/keys.ts';
import { containment } from '../sketch.ts';
import type { KnownField, TableProfile } from '../table.ts';

/** A table and what its fields hold. */
export interface KnownTable {
  readonly table: TableProfile;
  readonly fields: readonly KnownField[];
}

/** A field whose values stand in a field of another table. */
export interface Link {
  readonly child: KnownField;
  readonly parent: KnownField;
  readonly parentTable: string;
  /** Share of the distinct values of `child` that are values of `parent`, by samples. */
  readonly share: number;
}

/** Shares below which a field is not taken to refer to another: some children may have lost their parent. */
const leastShare = 0.9;
const ids: ReadonlySet<Group | undefined> = new Set<Group>(['subject', 'key']);

export const isId = ({ recognition }: KnownField): boolean => ids.has(recognition?.kind.group);

/**
 * Which fields refer to another table: by name (`patient_id` and `patients.patient_id`, or `patients.id`), and by values, which the other
 * field has but once. No table refers to one that refers to it.
 */
export function linksOf(tables: readonly KnownTable[]): Map<KnownField, Link> {
  const links = new Map<KnownField, Link>();
  const above = new Map(tables.map(({ table }) => [table.name, new Set<string>()]));
  const leads = (from: string, to: string): boolean =>
    from === to || [...above.get(from)!].some((next) => leads(next, to));
  for (const { table, fields } of tables) {
    for (const child of fields.filter((field) => isId(field) && !field.field.repeated)) {
      const found = tables
        .filter((other) => other.table !== table)
        .flatMap((other) => candidates(child, other))
        .sort((a, b) => b.share - a.share);
      const link = found.find(({ parentTable }) => !leads(parentTable, table.name));
      if (link === undefined) continue;
      links.set(child, link);
      above.get(table.name)!.add(link.parentTable);
    }
  }
  return links;
}

function candidates(child: KnownField, { table, fields }: KnownTable): Link[] {
  return fields.flatMap((parent) => {
    const { field } = parent;
    if (!isId(parent) || field.repeated || !isUnique(field) || field.nulls > 0 || !isNamed(child, parent, table.name))
      return [];
    const share = containment(child.field.sketch, field.sketch);
    return share === undefined || share < leastShare ? [] : [{ child, parent, parentTable: table.name, share }];
  });
}

function isNamed(child: KnownField, parent: KnownField, table: string): boolean {
  const [own, other] = [entityOf(child), entityOf(parent)];
  return own === other || own === singular(table.toLowerCase());
}

/** Whose id it is: of `patient_id`, `$.patient.id` and `id` in a table `patients` it is `patient`. */
export function entityOf({ field: { name } }: KnownField): string {
  const words = name.words.split(' ').filter((word) => !numberWords.has(word));
  const own = words.length > 0 ? words : name.above.split(' ').filter((word) => !numberWords.has(word));
  const entity = own.map((word, i) => (i === own.length - 1 ? singular(word) : word)).join('-');
  return /^[a-z][a-z0-9_-]{0,40}$/.test(entity) ? entity : 'record';
}

const numberWords = new Set([...numbers, 'ids', 'uuid', 'guid']);
