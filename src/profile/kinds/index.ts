import { contactKinds } from './contact.ts';
import { dateKinds } from './dates.ts';
import type { FieldKind } from './definition.ts';
import { deviceKinds } from './devices.ts';
import { factKinds } from './facts.ts';
import { keyKinds } from './keys.ts';
import { nameKinds } from './names.ts';
import { numberKinds } from './numbers.ts';
import { personKinds } from './person.ts';
import { placeKinds } from './places.ts';

export type * from './definition.ts';

/** What a field may hold. Of kinds that are as sure, the first one counts. */
export const fieldKinds: readonly FieldKind[] = [
  // Check digits say more than the numbering plans of telephones.
  ...numberKinds,
  ...contactKinds,
  ...deviceKinds,
  ...nameKinds,
  ...personKinds,
  ...placeKinds,
  ...dateKinds,
  ...keyKinds,
  ...factKinds,
];
