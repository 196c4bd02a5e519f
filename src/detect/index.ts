import { registry } from '../base/registry.ts';
import { card } from './card.ts';
import { date } from './date.ts';
import type { Recognizer } from './definition.ts';
import { email } from './email.ts';
import { iban } from './iban.ts';
import { ip } from './ip.ts';
import { nationalId } from './national-id.ts';
import { phone } from './phone.ts';
import { url } from './url.ts';

export type * from './definition.ts';

/** What is recognized as personal data. Of matches at one place of equal length the first one listed gives the label. */
export const recognizers = registry<Recognizer>('recognizer', [email, url, ip, iban, card, nationalId, date, phone]);
