import type { DryRun, PlannedTable } from '../app/dry-run.ts';
import { thousands } from '../base/thousands.ts';
import { techniqueWords } from '../policy/technique-words.ts';
import { columnsOf, counted, escaped, padded } from './printable.ts';

/** Plan and files of a dry run, for people; behind what was measured. */
export function dryRunLines({ files, tables }: DryRun): string[] {
  return [
    ...tables.flatMap(plannedLines),
    ...(files.length === 0 ? [] : ['  files:']),
    ...files.map(({ path, bytes }) => {
      const size = bytes === undefined ? '' : `  ${thousands(bytes)} bytes`;
      return `    ${escaped(path)}${size}`;
    }),
  ];
}

function plannedLines({ name, fields, allowedSuppression }: PlannedTable): string[] {
  const of = name === undefined ? '' : ` of ${escaped(name)}`;
  const names = fields.map(({ field }) => escaped(field));
  const width = Math.max(...names.map(columnsOf));
  return [
    ...(allowedSuppression === undefined
      ? []
      : [`  suppression allowed${of}: ${counted(allowedSuppression, 'record')}`]),
    `  fields${of}:`,
    ...fields.map((field, i) => {
      const words = escaped(techniqueWords(field));
      return `    ${padded(names[i]!, width)}  ${field.role.padEnd(roleWidth)}  ${words}`;
    }),
  ];
}

const roleWidth = 'quasi-identifier'.length;

/** The same for programs. */
export function dryRunJson({ files, tables }: DryRun): object {
  return {
    files: files.map(({ path, bytes }) => ({ path, bytes: bytes ?? null })),
    tables: tables.map(({ name, fields, allowedSuppression }) => ({
      name: name ?? null,
      allowedSuppression: allowedSuppression ?? null,
      fields: fields.map(({ field, role, technique, parameters }) => ({ field, role, technique, parameters })),
    })),
  };
}
