import type { KnownField } from '../table.ts';
import type { Link } from './links.ts';
import { countText, shareText } from './yaml.ts';

/** Why a field was taken for what it was, by shares and counts. No value of it. */
export function evidenceOf(known: KnownField, link: Link | undefined): string {
  const { field, recognition, within } = known;
  const { distinct } = field;
  const parts = [
    ...(recognition !== undefined
      ? [`${recognition.kind.name}, ${groundsOf(recognition)}`]
      : field.values > 0
        ? [`not recognized (${field.form})`]
        : []),
    field.values === 0
      ? 'no values'
      : `${countText(field.values)} values, ${distinct.exact ? '' : 'about '}${countText(Math.min(distinct.count, field.values))} different`,
    ...(field.nulls === 0 ? [] : [`${countText(field.nulls)} null`]),
    ...(field.dataKeys === 0 ? [] : ['the keys are data, and stay as they are unless the whole is dropped']),
    ...(field.mixed ? ['objects or arrays in some records, values in others'] : []),
    ...within.map(([name, share]) => `${name} within ${shareText(share)} of the texts`),
    ...(link === undefined ? [] : [`${shareText(link.share)} of its values stand in ${link.parentTable}`]),
  ];
  return parts.join('; ');
}

function groundsOf({ kind, byName, byValue }: NonNullable<KnownField['recognition']>): string {
  if (byValue === undefined) return 'by name';
  if (byName === 0) return `by ${shareText(byValue)} of the values`;
  return kind.alone === undefined
    ? `by name; ${shareText(byValue)} of the values can be one`
    : `by name and ${shareText(byValue)} of the values`;
}
