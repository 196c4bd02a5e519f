import { base, de, en, Faker, fr } from '@faker-js/faker';
import { luhnDigit } from './national.mjs';
import { padded, randomOf } from './random.mjs';

const random = randomOf(20260601);
const faker = new Faker({ locale: [en, base] });
faker.seed(20260601);
const german = new Faker({ locale: [de, en, base] });
german.seed(7);
const french = new Faker({ locale: [fr, en, base] });
french.seed(7);

const words = (text) => {
  const list = text.split('|');
  return () => random.oneOf(list);
};
const serial = (from, step) => {
  let number = from;
  return () => {
    number += step;
    return String(number);
  };
};
const pattern = (text) => () => random.filled(text);
const decimal = (least, most, places) => () => (least + (random.below(1e6) / 1e6) * (most - least)).toFixed(places);
const stamp = () => new Date(1.6e12 + random.below(1e9) * 100);

/**
 * Columns that are nothing personal: name in English and in another language, a value, and kinds that are right although they name a
 * thing. Of each two, the recognizers may be tuned on the first.
 */
export const negatives = [
  ['product_code', 'Artikelnummer', pattern('AA-####-A'), 'id'],
  ['item_no', 'Référence article', pattern('100-####-##'), 'id'],
  ['order_number', 'Bestellnummer', serial(4500012345, 7), 'id'],
  ['invoice_no', 'Numéro de facture', () => `INV-2025-${random.digits(5)}`, 'id'],
  ['amount', 'Betrag', decimal(1, 9000, 2), 'amount'],
  ['net_total', 'Importe neto', () => faker.finance.amount({ autoFormat: true }), 'amount'],
  ['gross', 'Kwota brutto', () => decimal(1, 9000, 2)().replace('.', ','), 'amount'],
  ['price_eur', '金額', () => `€${decimal(1, 500, 2)()}`, 'amount'],
  ['version', 'Versión', () => faker.system.semver(), 'category'],
  ['build', 'ビルド', () => `10.0.${random.between(17000, 22631)}.${random.between(1, 4000)}`],
  ['sha256', 'Prüfsumme', () => faker.string.hexadecimal({ length: 64, prefix: '', casing: 'lower' })],
  ['commit', 'Empreinte', () => faker.git.commitSha()],
  ['uuid', 'GUID', () => faker.string.uuid(), 'uuid', 'id'],
  ['etag', 'Kontrollsumme', () => faker.string.hexadecimal({ length: 32, prefix: '', casing: 'lower' })],
  ['color', 'Farbe', () => faker.color.human()],
  ['hex_color', 'Couleur', () => faker.color.rgb()],
  ['package_weight', 'Gewicht', () => `${decimal(0, 30, 1)()} kg`],
  ['length_mm', 'Largo', decimal(0, 500, 1), 'measure'],
  ['updated_at', 'Geändert am', () => stamp().toISOString(), 'date'],
  ['logged', 'Horodatage', () => stamp().toISOString().slice(0, 19).replace('T', ' '), 'date'],
  ['epoch_ms', 'Zeitstempel', () => String(stamp().getTime())],
  ['unix_time', 'Marca de tiempo', () => String(Math.floor(stamp().getTime() / 1000)), 'date'],
  ['latitude', 'Breitengrad', decimal(-90, 90, 6), 'coordinates'],
  ['lon', 'Longitud', decimal(-180, 180, 4), 'coordinates'],
  ['rate', 'Taux', () => `${decimal(0, 100, 1)()}%`],
  ['probability', 'Anteil', decimal(0, 1, 4)],
  ['category', 'Kategorie', () => faker.commerce.department()],
  ['status', 'État de la commande', words('open|paid|shipped|returned|cancelled')],
  ['product', 'Produkt', () => faker.commerce.productName()],
  ['model', 'Modelo', () => faker.vehicle.model()],
  ['company', 'Unternehmen', () => german.company.name()],
  ['supplier', 'Fournisseur', () => french.company.name()],
  ['company_name', 'Firma', () => faker.company.name()],
  [
    'brand',
    'Marque',
    words(
      'Zara|Hugo Boss|Calvin Klein|Lacoste|Prada|Bosch|Siemens|Ford|Benetton|Armani|Max Mara|Puma|Casio|Honda|Dyson',
    ),
  ],
  ['isbn', 'ISBN', () => faker.commerce.isbn(13)],
  ['ean', 'Strichcode', () => `40${random.digits(11)}`],
  ['file', 'Datei', () => faker.system.fileName()],
  ['path', 'Chemin', () => faker.system.filePath()],
  ['job_title', 'Berufsbezeichnung', () => faker.person.jobTitle(), 'occupation'],
  ['position', 'Poste', () => french.person.jobType(), 'occupation'],
  ['priority', 'Priorität', words('low|normal|high|urgent')],
  ['grade', 'Nota', words('A|B|C|D|E|F'), 'free text'],
  ['answer', 'Antwort', words('1|2|3|4|5')],
  ['is_active', 'Actif', words('0|1')],
  ['year', 'Jahr', () => String(random.between(1990, 2025))],
  ['month', 'Mois', words('January|February|March|April|May|June|July|August|September|October|November|December')],
  ['weekday', 'Wochentag', words('Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday')],
  ['start_time', 'Heure', () => `${padded(random.below(24), 2)}:${padded(random.below(60), 2)}`, 'date'],
  ['currency', 'Währung', () => faker.finance.currencyCode(), 'category'],
  ['language', 'Langue', words('de|en|fr|es|it|nl|pl|pt|sv|tr'), 'category'],
  ['dimensions', 'Abmessungen', pattern('##x##x##')],
  ['temperature', 'Température', decimal(-20, 40, 1), 'measure'],
  ['pages', 'Seiten', () => String(random.between(1, 900)), 'count'],
  ['quantity', 'Quantité', () => String(random.between(1, 60)), 'count'],
  ['icd10', 'Diagnose', () => random.filled(random.oneOf(['E1N.#', 'I2N', 'J4N.#', 'M5N.##'])), 'diagnosis'],
  [
    'drug',
    'Médicament',
    words('Ibuprofen|Metformin|Ramipril|Simvastatin|Aspirin|Omeprazol|Tilidin|Lorazepam'),
    'diagnosis',
  ],
  ['http_status', 'Statuscode', words('200|201|204|301|400|403|404|500'), 'category'],
  ['endpoint', 'Ressource', () => `/api/v${random.between(1, 3)}/${faker.hacker.noun()}/${random.digits(4)}`],
  ['ticker', 'Aktie', pattern('AAA')],
  ['flight', 'Vol', () => `LH ${random.digits(4)}`],
  ['lot', 'Charge', serial(1000004711, 13), 'id'],
  ['batch_no', 'Numéro de lot', pattern('L#####N'), 'id'],
  ['tracking', 'Sendungsnummer', () => `0034043${random.digits(13)}`, 'id'],
  ['parcel', 'Colis', () => `1Z${random.filled('CCCCCC##########')}`, 'id'],
  ['sequence', 'Laufnummer', serial(100000001, 37), 'id'],
  ['counter', 'Compteur', serial(20000000017, 1009), 'id'],
  [
    'plant',
    'Pflanze',
    words('Rose|Jasmine|Olive|Heather|Iris|Lily|Violet|Ivy|Daisy|Poppy|Holly|Fern|Laurel|Basil|Rosemary|Sage'),
  ],
  ['animal', 'Animal', () => faker.animal.type()],
  ['genre', 'Musikrichtung', () => faker.music.genre(), 'sex'],
  ['song', 'Titre', () => faker.music.songName()],
  ['book', 'Buch', () => faker.book.title()],
  ['team', 'Équipe', () => `${faker.animal.type()} ${random.oneOf(['United', 'Rovers', 'FC', 'City'])}`],
  ['element', 'Élément', () => faker.science.chemicalElement().name],
  ['unit', 'Einheit', () => faker.science.unit().symbol, 'category'],
  ['mime_type', 'Typ', () => faker.system.mimeType(), 'category'],
  ['currency_pair', 'Paire', () => `${faker.finance.currencyCode()}/${faker.finance.currencyCode()}`, 'category'],
  ['serial_number', 'Seriennummer', () => `SN${random.digits(8)}`, 'device'],
  ['room', 'Salle', pattern('N.##')],
  ['size', 'Größe', words('XS|S|M|L|XL|XXL'), 'measure'],
  ['ratio', 'Proportion', () => `${random.between(1, 20)}:${random.between(1, 20)}`],
  ['postings', 'Buchungen', () => String(random.between(10000, 99999))],
  ['reads', 'Lectures', () => String(random.between(1e6, 9e6))],
  [
    'luhn_code',
    'Prüfziffernummer',
    () => {
      const body = random.digits(9);
      return body + luhnDigit(body);
    },
    'id',
  ],
  ['coupon', 'Bon', pattern('CCCC-CCCC-CCCC')],
  ['score', 'Punkte', () => String(random.between(0, 100)), 'measure'],
  ['rating', 'Évaluation', decimal(1, 5, 1), 'measure'],
  ['os', 'Betriebssystem', words('Android 14|iOS 17.2|Windows 11|macOS 14.1|Ubuntu 22.04')],
  ['dose', 'Dosis', () => `${random.between(1, 20) * 25} mg 1-0-1`],
  ['shelf', 'Regal', pattern('A##-##')],
  ['duration', 'Dauer', () => `PT${random.between(1, 9)}H${random.between(1, 59)}M`, 'amount'],
].map(([english, other, make, ...right], i) => ({ english, other, make, right, tuned: i % 2 === 0 }));
