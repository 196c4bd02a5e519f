import { recognizers } from '../detect/index.ts';
import { phone } from '../detect/phone.ts';
import type { Dictionary } from './dictionary.ts';
import type { FieldProfile } from './field.ts';
import { nameShare } from './field-name.ts';
import { type FieldKind, fieldKinds } from './kinds/index.ts';

/** What a field was taken for, and why. */
export interface Recognition {
  readonly kind: FieldKind;
  /** Share of the field's name that says so; 0: it does not. */
  readonly byName: number;
  /** Share of the distinct values that look so; undefined where values do not tell. */
  readonly byValue: number | undefined;
}

/** What values that say it themselves add: more than any share of the name, so that `MAC-Adresse` is no street. */
const confirmation = 1;

/** Distinct values that are looked at for a kind: of 256, a share is known to about 3 %. */
const looked = 256;

/** Load what values are recognized with. */
export async function loadRecognition(): Promise<void> {
  await phone.load?.();
}

/** What a field holds, as far as its name and its values tell; undefined where they do not, or contradict each other. */
export function recognize(field: FieldProfile, dictionary: Dictionary): Recognition | undefined {
  let best: Recognition | undefined;
  let most = 0;
  const sample = field.sketch.values.slice(0, looked).map(({ text }) => text);
  const look = (kind: FieldKind, byName: number): void => {
    if (sample.length > 0 && kind.fits?.(field) === false) return;
    const byValue = kind.matches && shareOf(sample, (text) => kind.matches!(text, dictionary));
    const score = scoreOf(kind, byName, byValue);
    if (score <= most) return;
    most = score;
    best = { kind, byName, byValue };
  };
  const shares = fieldKinds.map((kind) => namedAs(field, kind));
  for (const [k, kind] of fieldKinds.entries()) if (shares[k]! > 0) look(kind, shares[k]!);
  // Nothing that values say alone is as sure as a name and values together.
  if (most >= surelyNamed) return best;
  for (const [k, kind] of fieldKinds.entries()) if (shares[k] === 0 && kind.alone !== undefined) look(kind, 0);
  return best;
}

/** Scores from here on are of name and values together. */
const surelyNamed = 2;

/** Shares of the distinct values of a text that hold something a recognizer finds, by recognizer; those that find nothing left out. */
export function foundWithin(field: FieldProfile): readonly (readonly [name: string, share: number])[] {
  const sample = field.sketch.values.slice(0, looked).map(({ text }) => text);
  return recognizers.all.flatMap((recognizer) => {
    const share = shareOf(
      sample,
      (text) =>
        [...recognizer.needs].some((character) => text.includes(character)) &&
        recognizer.find(text, { countries: undefined }).length > 0,
    );
    return share !== undefined && share > 0 ? [[recognizer.name, share] as const] : [];
  });
}

/**
 * 0: not recognized. Name and values together are surer than values alone, and those surer than a name alone; of two names, the one that
 * says more of the field's name.
 */
function scoreOf(kind: FieldKind, byName: number, byValue: number | undefined): number {
  const reaches = (share: number | undefined) => share !== undefined && byValue !== undefined && byValue >= share;
  const isAlone = reaches(kind.alone);
  if (byName === 0) return isAlone ? 1 + byValue! : 0;
  // A field without values has nothing but its name.
  if (byValue === undefined) return byName;
  if (byValue < (kind.named ?? 0.5)) return isAlone ? 1 + byValue : 0;
  return surelyNamed + byName + (isAlone || reaches(kind.confirmed) ? confirmation : 0);
}

/**
 * The name itself says most. What stands above it counts where the name is a word that says nothing by itself: `$.patient.id`, and
 * `$.name.first`.
 */
function namedAs({ name: { words, above } }: FieldProfile, { names }: FieldKind): number {
  const own = nameShare(words, names);
  if (above === '') return own;
  const ending = (last: string) => names.filter((name) => name.endsWith(` ${last}`));
  const behind = nameShare(`${above} ${words}`, ending(lastOf(words)));
  const before = nameShare(`${words} ${lastOf(above)}`, ending(lastOf(above)));
  return Math.max(own, behind, before === 1 ? 1 : 0);
}

function lastOf(words: string): string {
  return words.slice(words.lastIndexOf(' ') + 1);
}

function shareOf(sample: readonly string[], matches: (text: string) => boolean): number | undefined {
  return sample.length === 0 ? undefined : sample.filter(matches).length / sample.length;
}
