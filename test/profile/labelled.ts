import {
  de,
  de_AT,
  en,
  en_GB,
  en_ZA,
  es,
  es_MX,
  Faker,
  fr,
  fr_BE,
  hu,
  it,
  type LocaleDefinition,
  nl_BE,
  pt_PT,
  ro,
  sk,
  sv,
} from '@faker-js/faker';

/** A column whose kind is known. `label`: the kind that it holds; undefined: none that may be recognized. */
export interface Labelled {
  readonly name: string;
  readonly label: string | undefined;
  readonly values: readonly string[];
}

/** Locales whose names the dictionary reads, and some that it does not (sk, en_ZA, fr_BE, nl_BE). */
const locales: Record<string, LocaleDefinition> = {
  en,
  en_GB,
  de,
  de_AT,
  fr,
  es,
  es_MX,
  it,
  sv,
  hu,
  ro,
  sk,
  pt_PT,
  en_ZA,
  fr_BE,
  nl_BE,
};

const rows = 200;

/** Columns as faker makes them in each locale. */
export function generated(): Labelled[] {
  return Object.entries(locales).flatMap(([locale, definition], i) => {
    const faker = new Faker({ locale: [definition, en] });
    faker.seed(4711 + i);
    const language = locale.slice(0, 2) as keyof typeof names;
    const column = (label: string, make: () => string): Labelled => ({
      name: (names[language] ?? names.en)[label] ?? names.en[label]!,
      label,
      values: Array.from({ length: rows }, make),
    });
    const iso = (date: Date): string => date.toISOString().slice(0, 10);
    return [
      column('first name', () => faker.person.firstName()),
      column('last name', () => faker.person.lastName()),
      column('full name', () => faker.person.fullName()),
      column('email', () => faker.internet.email()),
      column('phone', () => faker.phone.number({ style: 'international' })),
      column('street', () => faker.location.streetAddress()),
      column('city', () => faker.location.city()),
      column('postal code', () => faker.location.zipCode()),
      column('birth date', () => iso(faker.date.birthdate())),
      column('date', () => iso(faker.date.past({ refDate: '2026-01-01' }))),
      column('sex', () => faker.helpers.arrayElement(['F', 'M', 'X'])),
      column('iban', () => faker.finance.iban()),
      column('card', () => faker.finance.creditCardNumber('visa')),
      column('ip', () => faker.internet.ipv4()),
      column('mac', () => faker.internet.mac()),
      column('uuid', () => faker.string.uuid()),
      column('url', () => faker.internet.url()),
      column('vehicle', () => faker.vehicle.vin()),
      column(
        'coordinates',
        () => `${faker.location.latitude({ precision: 5 })}, ${faker.location.longitude({ precision: 5 })}`,
      ),
      column('free text', () => faker.lorem.sentences(2)),
    ];
  });
}

const names = {
  en: {
    'first name': 'firstName',
    'last name': 'last_name',
    'full name': 'customer_name',
    email: 'contactEmail',
    phone: 'home_phone',
    street: 'street_address',
    city: 'city',
    'postal code': 'postcode',
    'birth date': 'dob',
    date: 'created_at',
    sex: 'gender',
    iban: 'iban',
    card: 'credit_card',
    ip: 'client_ip',
    mac: 'mac_address',
    uuid: 'uuid',
    url: 'homepage_url',
    vehicle: 'vin',
    coordinates: 'geo',
    'free text': 'remarks',
  },
  de: {
    'first name': 'Vorname',
    'last name': 'Nachname',
    'full name': 'Kontoinhaber',
    email: 'E-Mail-Adresse',
    phone: 'Telefonnummer',
    street: 'Straße',
    city: 'Ort',
    'postal code': 'PLZ',
    'birth date': 'Geburtsdatum',
    date: 'Aufnahmedatum',
    sex: 'Geschlecht',
    'free text': 'Bemerkung',
  },
  fr: {
    'first name': 'prénom',
    'last name': 'nom_de_famille',
    'full name': 'nom_complet',
    email: 'courriel',
    phone: 'téléphone',
    street: 'adresse',
    city: 'ville',
    'postal code': 'code_postal',
    'birth date': 'date_de_naissance',
    sex: 'sexe',
    'free text': 'remarque',
  },
  es: {
    'first name': 'nombre_de_pila',
    'last name': 'primer_apellido',
    'full name': 'nombre_completo',
    email: 'correo_electrónico',
    phone: 'móvil',
    street: 'dirección',
    city: 'ciudad',
    'postal code': 'código_postal',
    'birth date': 'fechaNacimiento',
    date: 'fecha',
    sex: 'sexo',
    'free text': 'observaciones',
  },
} as Record<string, Record<string, string>> & { en: Record<string, string> };

const many = (make: (i: number) => string, count = rows): string[] => Array.from({ length: count }, (_, i) => make(i));
const pick = (list: string, i: number): string => {
  const words = list.split('|');
  return words[(i * 7 + Math.floor(i / words.length)) % words.length]!;
};

/** Columns written by hand that look like personal data and are none. */
export const adversarial: readonly Labelled[] = [
  { name: 'order_total', label: 'amount', values: many((i) => `${(i * 37) % 900}.${10 + (i % 90)}`) },
  // Digits as many as telephone numbers have.
  { name: 'batch', label: undefined, values: many((i) => String(2025550100 + i * 7919)) },
  { name: 'lot', label: undefined, values: many((i) => `${1000000 + i * 131}`) },
  // Prices without decimals, as long as ZIP codes.
  { name: 'list', label: undefined, values: many((i) => String(10000 + ((i * 7919) % 89999))) },
  // Products with names of people, as furniture has.
  {
    name: 'product',
    label: undefined,
    values: many(
      (i) =>
        `${pick('Billy|Charlotte|Madison|Oscar|Ingo|Ivar|Malm|Hugo|Emma', i)} ${pick('Shelf|Chair|Desk|Lamp|Sofa|Drawer', i + 3)}`,
    ),
  },
  {
    name: 'product_name',
    label: undefined,
    values: many(
      (i) =>
        `${pick('Rustic|Fresh|Modern|Handmade', i)} ${pick('Steel|Wooden|Cotton', i)} ${pick('Table|Mouse|Bike|Towels', i)}`,
    ),
  },
  {
    name: 'company',
    label: undefined,
    values: many(
      (i) =>
        `${pick('Nordlicht|Green|Blue|Alpine|Harbor', i)} ${pick('Books|Basket|Foods|Motors|Systems', i)} ${pick('GmbH|Ltd|Inc', i)}`,
    ),
  },
  { name: 'sku', label: undefined, values: many((i) => `LMP-${1000 + i}`) },
  { name: 'version_hash', label: undefined, values: many((i) => `v${1 + (i % 9)}.${i % 20}.${i % 7}`) },
  { name: 'color', label: undefined, values: many((i) => pick('red|green|dark blue|Olive|Amber|Rose|Violet', i)) },
  { name: 'ratio', label: undefined, values: many((i) => (i / 211).toFixed(4)) },
  { name: 'flag', label: undefined, values: many((i) => (i % 3 === 0 ? 'true' : 'false')) },
  { name: 'month', label: undefined, values: many((i) => pick('April|May|June|August|January', i)) },
  { name: 'level', label: undefined, values: many((i) => pick('low|middle|high', i)) },
  { name: 'dimensions', label: undefined, values: many((i) => `${10 + (i % 90)}x${20 + (i % 50)}x${5 + (i % 9)}`) },
  { name: 'page_count', label: 'count', values: many((i) => String(40 + ((i * 13) % 700))) },
  { name: 'size', label: undefined, values: many((i) => pick('S|M|L|XL', i)) },
  { name: 'epoch', label: undefined, values: many((i) => String(1735689600 + i * 86400)) },
  { name: 'rating_text', label: undefined, values: many((i) => pick('very good|good|could be better|bad', i)) },
  { name: 'part', label: undefined, values: many((i) => `${100 + (i % 800)}-${10 + (i % 80)}-${1000 + i * 3}X`) },
];
