/** How a language names fields, beside what stands in the kinds themselves (English, German, French, Spanish). */
export interface LanguageWords {
  readonly language: string;
  /** By kind: names as they are written, divided by `|`. `name`: may be a person's or a thing's. */
  readonly words: Readonly<Partial<Record<NamedKind, string>>>;
}

export type NamedKind =
  | 'first name'
  | 'last name'
  | 'full name'
  | 'name'
  | 'user name'
  | 'sex'
  | 'marital status'
  | 'nationality'
  | 'age'
  | 'birth date'
  | 'birth year'
  | 'date'
  | 'email'
  | 'phone'
  | 'url'
  | 'street'
  | 'postal code'
  | 'city'
  | 'region'
  | 'country'
  | 'national id'
  | 'iban'
  | 'card'
  | 'account number'
  | 'vehicle'
  | 'id of a person'
  | 'id'
  | 'diagnosis'
  | 'occupation'
  | 'special category'
  | 'measure'
  | 'secret'
  | 'free text'
  | 'biometric or image';
