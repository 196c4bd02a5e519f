import { FieldCollector, type FieldProfile } from '../../src/profile/field.ts';
import { fieldNameOf } from '../../src/profile/field-name.ts';

/** A column of a table, profiled. */
export function column(name: string, values: readonly (string | null)[], table = 'data'): FieldProfile {
  const collector = new FieldCollector();
  for (const value of values) collector.add(value);
  return collector.profile({
    selector: name,
    name: fieldNameOf(name, false, table),
    repeated: false,
    dataKeys: 0,
    mixed: false,
  });
}
