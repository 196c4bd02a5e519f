import { z } from 'zod';
import { formats } from '../../formats/index.ts';
import { fieldTypes } from '../../transforms/definition.ts';
import { defineDocument } from './definition.ts';

const reference = z.strictObject({ resource: z.string().optional(), fields: z.tuple([z.string()]) });

const resource = z.strictObject({
  name: z.string().regex(/^[a-z0-9._][a-z0-9._-]*$/),
  path: z.string(),
  format: z.enum(formats.names as [string, ...string[]]),
  mediatype: z.string(),
  encoding: z.string(),
  bytes: z.int().min(0),
  hash: z.string().regex(/^sha256:[0-9a-f]{64}$/),
  dialect: z.strictObject({ header: z.boolean().optional(), delimiter: z.string().optional() }).optional(),
  type: z.literal('table').optional(),
  schema: z
    .strictObject({
      fields: z.array(z.strictObject({ name: z.string(), type: z.enum(fieldTypes) })).min(1),
      foreignKeys: z
        .array(z.strictObject({ fields: z.tuple([z.string()]), reference }))
        .min(1)
        .optional(),
    })
    .optional(),
});

/** As `writeDatapackage` writes it: its types are of what a writer says, and say nothing of what a reader may find. */
export const dataPackage = defineDocument({
  name: 'data-package',
  summary: '`datapackage.json` as anon writes it: a Frictionless Data Package, version 2.',
  shape: z.strictObject({
    $schema: z.literal('https://datapackage.org/profiles/2.0/datapackage.json'),
    name: z.string(),
    title: z.string(),
    resources: z.array(resource).min(1),
  }),
  words: {
    '': 'Of a Data Package only what anon writes. `verify` holds the file against its digest and does not look inside.',
    $schema: 'The profile of the standard.',
    name: 'Name of the policy, in lower case.',
    title: 'Title of the license.',
    resources: 'The data files, in the order of the license.',
    'resources[].name': 'Made from the path; once.',
    'resources[].path': 'Name of the file in the bundle.',
    'resources[].format': 'Format of the file, unpacked.',
    'resources[].mediatype': 'Media type of the file as it is; `application/gzip` where it is packed.',
    'resources[].encoding': 'How it stands for text.',
    'resources[].bytes': 'Size.',
    'resources[].hash': '`sha256:` and the digest of the file, hex.',
    'resources[].dialect': 'Where a table is not one with a header and the usual delimiter (Table Dialect).',
    'resources[].dialect.header': 'False: no line of it has the names of the columns.',
    'resources[].dialect.delimiter': 'What stands between the columns.',
    'resources[].type': 'Present where records are flat.',
    'resources[].schema': 'Columns, where records are flat (Table Schema).',
    'resources[].schema.fields': 'In their order.',
    'resources[].schema.fields[].name': 'Name of the column.',
    'resources[].schema.fields[].type': 'What its values are.',
    'resources[].schema.foreignKeys': 'Columns whose values stand in a column of a file.',
    'resources[].schema.foreignKeys[].fields': 'The column.',
    'resources[].schema.foreignKeys[].reference': 'What it refers to.',
    'resources[].schema.foreignKeys[].reference.resource': 'Name of the other resource; without it, this one.',
    'resources[].schema.foreignKeys[].reference.fields': 'The column there.',
  },
});
