/** Descriptors of Frictionless Data Package v2 (https://datapackage.org/standard/data-package/). */

export interface DataPackage {
  readonly name: string;
  readonly title: string;
  readonly resources: readonly DataResource[];
}

export interface DataResource {
  /** Lower-case letters, digits, `.`, `_` and `-`; unique in the package. */
  readonly name: string;
  /** Relative to the descriptor. */
  readonly path: string;
  /** `csv`, `ndjson`, … */
  readonly format: string;
  readonly mediatype: string;
  readonly encoding: string;
  /** Where a table is not one with a header and commas (Table Dialect). */
  readonly dialect?: { readonly header?: boolean; readonly delimiter?: string };
  readonly bytes: number;
  /** Hex. */
  readonly sha256: string;
  /** Fields in their order, with Table Schema types, and how values are written where that is not the usual. Empty where the records are not flat. */
  readonly fields: readonly {
    readonly name: string;
    readonly type: string;
    readonly form?: Readonly<Record<string, string>>;
  }[];
  /** Texts that stand for no value, where it is not the empty one alone. */
  readonly missingValues?: readonly string[];
  /** Table Schema foreign keys: `field` refers to field `to` of the resource of this name. */
  readonly foreignKeys?: readonly { readonly field: string; readonly resource: string; readonly to: string }[];
}

const profile = 'https://datapackage.org/profiles/2.0/datapackage.json';

/** The text of datapackage.json. Equal packages give equal text. */
export function writeDatapackage({ name, title, resources }: DataPackage): string {
  const descriptor = { $schema: profile, name, title, resources: resources.map(resourceOf) };
  return `${JSON.stringify(descriptor, null, 2)}\n`;
}

/** A name for each path as the specification wants them: `data/Über 1.csv` becomes `ber-1.csv`; equal ones are numbered. */
export function resourceNames(paths: readonly string[]): string[] {
  const taken = new Set<string>();
  return paths.map((path) => {
    const name = slug(path.replace(/^data\//, ''));
    let free = name;
    for (let n = 2; taken.has(free); n++) free = `${name}-${n}`;
    taken.add(free);
    return free;
  });
}

/** Lower-case ASCII letters, digits and `._-`. */
export function slug(text: string): string {
  const name = text
    .toLowerCase()
    .replace(/[^a-z0-9._]+/g, '-')
    .replace(/^[-.]+|-+$/g, '');
  return name === '' ? 'data' : name;
}

function resourceOf({ sha256, fields, dialect, missingValues, foreignKeys = [], ...resource }: DataResource): object {
  const { name, path, format, mediatype, encoding, bytes } = resource;
  const described = { name, path, format, mediatype, encoding, bytes, hash: `sha256:${sha256}`, dialect };
  if (fields.length === 0) return described;
  return {
    ...described,
    type: 'table',
    schema: {
      fields: fields.map(({ name, type, form }) => ({ name, type, ...form })),
      ...(missingValues === undefined ? {} : { missingValues }),
      ...(foreignKeys.length === 0 ? {} : { foreignKeys: foreignKeys.map((key) => foreignKeyOf(key, name)) }),
    },
  };
}

/** A reference to the same resource names none. */
function foreignKeyOf({ field, resource, to }: NonNullable<DataResource['foreignKeys']>[number], own: string): object {
  return { fields: [field], reference: { ...(resource === own ? {} : { resource }), fields: [to] } };
}
