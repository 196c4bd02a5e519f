import { thousands } from '../base/thousands.ts';
import { recognizers } from '../detect/index.ts';
import { isNamed, opennessOf, transformPath, writtenFields } from '../lint/released.ts';
import { inRows } from '../lint/rows.ts';
import type { FieldRule } from '../policy/policy.ts';
import type { Line, StandardContext } from './definition.ts';

/** An identifier that 45 CFR 164.514 lists, and how a field of it is told. */
export interface Identifier {
  readonly title: string;
  /** Words of the names of such fields. */
  readonly names: readonly string[];
  /** Recognizers that find it in values. */
  readonly recognizers: readonly string[];
  /** Can it be written with digits, points and signs alone? */
  readonly numeric: boolean;
  /** Digits that even a part of it has at least, where that is known. */
  readonly digits?: number;
}

const people = [
  'first',
  'last',
  'full',
  'middle',
  'given',
  'family',
  'maiden',
  'birth',
  'patient',
  'person',
  'customer',
];
const others = ['member', 'mother', 'father', 'spouse', 'guardian', 'relative', 'contact', 'employer', 'kin', 'user'];

/** By the letters of 164.514(b)(2)(i); (B) and (C) have rules of their own, and (R) is what is left. */
export const identifiers = {
  A: {
    title: 'names',
    names: [
      'surname',
      'forename',
      'firstname',
      'lastname',
      'fullname',
      ...[...people, ...others].map((word) => `${word} name`),
    ],
    recognizers: [],
    numeric: false,
  },
  D: {
    title: 'telephone numbers',
    names: ['phone', 'telephone', 'mobile', 'cell', 'tel'],
    recognizers: ['phone'],
    numeric: true,
    digits: 7,
  },
  E: { title: 'fax numbers', names: ['fax', 'telefax'], recognizers: ['phone'], numeric: true, digits: 7 },
  F: { title: 'electronic mail addresses', names: ['email', 'e mail', 'mail'], recognizers: ['email'], numeric: false },
  G: {
    title: 'social security numbers',
    names: ['ssn', 'social security', 'social security number'],
    recognizers: ['national-id'],
    numeric: true,
    digits: 4,
  },
  H: {
    title: 'medical record numbers',
    names: ['mrn', 'medical record', 'record number', 'chart number', 'patient id', 'patient number'],
    recognizers: [],
    numeric: true,
  },
  I: {
    title: 'health plan beneficiary numbers',
    names: ['health plan', 'beneficiary', 'member id', 'member number', 'insurance number', 'mbi'],
    recognizers: [],
    numeric: true,
  },
  J: {
    title: 'account numbers',
    names: ['account', 'account number', 'iban', 'card number', 'credit card'],
    recognizers: ['iban', 'card'],
    numeric: true,
  },
  K: {
    title: 'certificate and license numbers',
    names: ['license', 'licence', 'certificate', 'passport'],
    recognizers: [],
    numeric: true,
  },
  L: {
    title: 'vehicle identifiers and license plates',
    names: ['vehicle', 'vin', 'plate', 'license plate'],
    recognizers: [],
    numeric: true,
  },
  M: {
    title: 'device identifiers and serial numbers',
    names: ['device', 'serial', 'serial number', 'imei', 'udi'],
    recognizers: [],
    numeric: true,
  },
  N: {
    title: 'web addresses (URLs)',
    names: ['url', 'uri', 'website', 'homepage'],
    recognizers: ['url'],
    numeric: false,
  },
  O: { title: 'IP addresses', names: ['ip', 'ip address', 'ipv4', 'ipv6'], recognizers: ['ip'], numeric: true },
  P: {
    title: 'biometric identifiers',
    names: ['biometric', 'fingerprint', 'finger print', 'voiceprint', 'iris', 'retina'],
    recognizers: [],
    numeric: true,
  },
  Q: {
    title: 'full-face photographs and comparable images',
    names: ['photo', 'photograph', 'image', 'picture', 'portrait'],
    recognizers: [],
    numeric: false,
  },
} as const satisfies Record<string, Identifier>;

/** What a line is apart from what was found. */
export type Head = Pick<Line, 'id' | 'title' | 'source'>;

/** Is the identifier gone from what is written? A code in its place counts as that: codes have a line of their own. */
export function identifierLine(head: Head, identifier: Identifier, context: StandardContext): Line {
  const { policy } = context;
  const named = policy.fields.filter((rule) => isNamed(rule, identifier.names));
  const shown = named.filter((rule) => opennessOf(rule) !== 'closed');
  if (shown.length > 0) return failOf(head, shown, 'may be written in whole or in part');
  const seen = recognizedIn(context, identifier.recognizers);
  if (seen !== undefined) return { ...head, status: 'fail', ...seen };
  const gone = named.length === 0 ? 'no field is named so' : `${listed(named)} ${named.length === 1 ? 'goes' : 'go'}`;
  return restOf(head, context, identifier.numeric, gone, identifier.digits);
}

export function failOf(head: Head, rules: readonly FieldRule[], what: string): Line {
  return { ...head, status: 'fail', why: `${listed(rules)} ${what}`, path: transformPath(rules[0]!) };
}

/** Passed only where no field that is written could hold it under another name. */
export function restOf(
  head: Head,
  { policy, data }: StandardContext,
  numeric: boolean,
  why: string,
  digits?: number,
): Line {
  if (policy.unlisted === 'keep') {
    return {
      ...head,
      status: 'not-checkable',
      why: `${why}; fields that the policy does not name are written`,
      path: ['defaults', 'unlisted'],
    };
  }
  const open = writtenFields(policy).filter((rule) => {
    const openness = opennessOf(rule);
    return openness === 'text' || (numeric && openness === 'digits');
  });
  const few = open.length > 0 && digits !== undefined && open.every((rule) => hasFewer(rule, digits, data));
  if (few) {
    const records = thousands(data!.records);
    const proof = `no value of ${listed(open)} in ${records} records has ${digits} digits`;
    return { ...head, status: 'pass', why: `${why}; ${proof}` };
  }
  if (open.length === 0) return { ...head, status: 'pass', why: `${why}; no other field could hold it` };
  const looked =
    data === undefined
      ? ''
      : `; nothing of the kind was recognized in ${thousands(data.records)} records, which proves nothing`;
  const could = open.length === 1 ? 'could hold it' : 'could hold it, too';
  return {
    ...head,
    status: 'not-checkable',
    why: `${why}; ${listed(open)} ${could}${looked}`,
    path: transformPath(open[0]!),
  };
}

/** Has no value of the field so many digits, in the data that was read? */
function hasFewer(rule: FieldRule, digits: number, data: StandardContext['data']): boolean {
  const fields = data?.fields.filter((field) => field.rule === rule) ?? [];
  return fields.length > 0 && fields.every(({ mostDigits = digits }) => mostDigits < digits);
}

/** What recognizers found in fields that are released as they are. */
export function recognizedIn(
  { data }: StandardContext,
  names: readonly string[],
): Pick<Line, 'why' | 'path'> | undefined {
  for (const { name, rule, recognized } of data?.fields ?? []) {
    for (const recognizer of names) {
      const found = recognized.get(recognizers.get(recognizer)!.name);
      if (found === undefined) continue;
      return {
        why: `\`${name}\` is released as it is, and ${recognizer} was recognized ${inRows(found)}`,
        path: transformPath(rule),
      };
    }
  }
  return undefined;
}

const mostListed = 4;

export function listed(rules: readonly FieldRule[]): string {
  const shown = rules.slice(0, mostListed).map(({ selector }) => `\`${selector}\``);
  return rules.length > mostListed ? `${shown.join(', ')} and ${rules.length - mostListed} more` : shown.join(', ');
}
