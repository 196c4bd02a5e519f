import type { Role } from '../../policy/policy.ts';
import type { FieldType } from '../../transforms/definition.ts';
import type { Group } from '../kinds/index.ts';
import type { KnownField } from '../table.ts';

/** What a draft says of a field. */
export interface Proposal {
  readonly role: Role;
  readonly type?: FieldType;
  /** In YAML, on one line. Without it, a person has to decide: `reject`. */
  readonly transform?: string;
  /** Further options of the field, each `name: value` in YAML. */
  readonly options?: readonly string[];
  /** A hierarchy that the transform names. */
  readonly hierarchy?: HierarchyName;
  /** Why so, or what there is to decide. */
  readonly why?: string;
}

export type HierarchyName = 'ages' | 'births' | 'birth-years' | 'days' | 'zip' | 'postcode';

/** What a proposal for a field may look at. */
export interface Around extends KnownField {
  /** Name of the domain for its tokens. */
  readonly domain: string;
  /** The field that names the individual in each record; undefined: none does. */
  readonly subject: { readonly selector: string; readonly domain: string } | undefined;
  /** The subject, or else a field that tells most records apart and is there in all; undefined: none is. */
  readonly anchor: string | undefined;
  /** Year of the draft: ages are counted at its end. */
  readonly year: number;
}

export type Proposals = Readonly<Record<Group, (around: Around) => Proposal>>;

/** For whom a draft is, and what it proposes for each group of kinds. */
export interface Standard {
  readonly name: string;
  readonly summary: string;
  /** Lines at the top of the draft. */
  readonly preface: readonly string[];
  /** Smallest class; undefined: no model. */
  readonly k: number | undefined;
  /** Under which name the key stands, and where it comes from. */
  readonly key: { readonly name: string; readonly reference: string; readonly scope: 'licensee' | 'global' };
  readonly licensed: boolean;
  /** Equal ids are written alike, so that tables can refer to each other. */
  readonly joins: boolean;
  readonly proposals: Proposals;
  /** For fields that were not recognized. */
  readonly unknown: (around: Around) => Proposal;
  /** Sections of the policy besides. */
  readonly sections: readonly string[];
}

export const isIso = ({ field }: KnownField): boolean => field.form === 'date' || field.form === 'datetime';

/** A step to round to that leaves three digits of the greatest number: only its order of magnitude shows. */
export function stepOf({ field: { range, form } }: KnownField): number | undefined {
  if (range === undefined) return undefined;
  const most = Math.max(Math.abs(range[0]), Math.abs(range[1]));
  if (most === 0) return undefined;
  const step = 10 ** (Math.floor(Math.log10(most)) - 2);
  return form === 'integer' && step <= 1 ? undefined : Number(step.toPrecision(1));
}

/** `type: …` of a field of numbers. */
export function numberType({ field: { form } }: KnownField): Pick<Proposal, 'type'> {
  return form === 'integer' || form === 'number' ? { type: form } : {};
}
