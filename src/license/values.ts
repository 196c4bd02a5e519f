import { z } from 'zod';
import { didYouMean } from '../base/suggest.ts';
import { addDuration, parseDay, parseDuration, parseInstant } from '../base/time.ts';

/**
 * Text that will be shown or compared: 1 to 200 characters, no white space at the ends, no control characters, line or paragraph
 * separators, bidirectional embeddings, overrides or isolates, nor lone surrogates.
 */
export const text = z
  .string()
  .max(200, 'must be at most 200 characters long')
  .regex(
    /^(?!\s)[^\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]+(?<!\s)$/u,
    'must be text on one line, without control or bidirectional characters or white space at the ends',
  );

/** The id of a key: SHA-256 of its SPKI DER, in hex. */
export const keyId = z.string().regex(/^[0-9a-f]{64}$/, 'must be a key id: 64 lower-case hex digits');

/** A UTC day, `YYYY-MM-DD`. */
export const day = z.string().refine((value) => parseDay(value) !== null, {
  error: 'must be a day that exists, as YYYY-MM-DD',
});

/** `YYYY-MM-DDTHH:MM:SSZ`. */
export const instant = z.string().refine((value) => parseInstant(value) !== null, {
  error: 'must be a time that exists, as YYYY-MM-DDTHH:MM:SSZ',
});

/** An ISO 8601 duration; months and years count by the calendar. */
export const duration = z.string().refine((value) => addDuration(0, value) !== null, {
  error: 'must be an ISO 8601 duration longer than zero, for example P3D or P1M',
});

/** An ISO 8601 duration that is equally long whenever it begins. */
export const fixedDuration = z.string().refine((value) => parseDuration(value) !== null, {
  error: 'must be an ISO 8601 duration in weeks, days, hours, minutes or seconds, for example P1D',
});

/** One word of a closed vocabulary. Case counts; an unknown word is answered with the one that may be meant. */
export function word<const Names extends readonly string[]>(kind: string, names: Names, suggest = didYouMean) {
  const unknown = `must be a known ${kind}`;
  return z
    .enum(names, {
      error: ({ input }) => {
        const meant = typeof input === 'string' && input.length <= longestWord ? suggest(input, names) : undefined;
        return meant === undefined ? `${unknown}${few(names)}` : `${unknown}: ${meant}`;
      },
    })
    .meta({ title: kind });
}

/** A list of at least one, none of them twice. */
export function setOf<Item extends z.ZodType>(item: Item) {
  return z
    .array(item)
    .min(1, 'must not be empty')
    .refine((items) => new Set(items).size === items.length, { error: 'must not name anything twice' })
    .meta({ uniqueItems: true });
}

/** A closed object of optional members, of which at least one is present. */
export function someOf<Members extends z.ZodRawShape>(members: Members) {
  return z
    .strictObject(members)
    .refine((value) => present(value) >= 1, {
      error: `must have at least one of ${Object.keys(members).join(', ')}`,
      when: isSound,
    })
    .meta({ minProperties: 1 });
}

/** A closed object of optional members, of which exactly one is present. */
export function oneOf<Members extends z.ZodRawShape>(members: Members) {
  return z
    .strictObject(members)
    .refine((value) => present(value) === 1, {
      error: `must have exactly one of ${Object.keys(members).join(', ')}`,
      when: isSound,
    })
    .meta({ minProperties: 1, maxProperties: 1 });
}

/** For the `when` of a refinement: what the parts of a value have to say comes first, and alone. */
export function isSound({ issues }: { readonly issues: readonly unknown[] }): boolean {
  return issues.length === 0;
}

/** Longer input is no typing error, and not worth comparing. */
const longestWord = 60;

function few(names: readonly string[]): string {
  return names.length <= 10 ? `: one of ${names.map((name) => `\`${name}\``).join(', ')}` : '';
}

function present(value: object): number {
  return Object.values(value).filter((member) => member !== undefined).length;
}
