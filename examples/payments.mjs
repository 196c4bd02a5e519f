import { csvOf } from './csv.mjs';
import { diceOf } from './dice.mjs';
import { dayOfYear, nameOf } from './people.mjs';

const dice = diceOf('example-payments-2025');
const accountCount = 500;

/** Card payments of a year, one to five of an account, account by account. */
export function paymentsCsv() {
  return csvOf(columns, Array.from({ length: accountCount }, (_, i) => paymentsOf(i)).flat());
}

const columns = {
  payment_id: (p) => p.id,
  booked: (p) => p.booked,
  account_holder: (p) => p.account.holder,
  iban: (p) => p.account.iban,
  card_number: (p) => p.account.card,
  country: (p) => p.account.country,
  merchant: (p) => p.merchant[0],
  category: (p) => p.merchant[1],
  city: (p) => p.city,
  amount: (p) => p.amount,
  currency: () => 'EUR',
  reference: (p) => p.reference,
};

function paymentsOf(i) {
  const of = (field) => dice(`${i}/${field}`);
  const country = of('country').weighted([
    ['DE', 60],
    ['AT', 25],
    ['FR', 12],
    ['LI', 2],
    ['IS', 1],
  ]);
  const account = {
    holder: nameOf(of('name'), of('sex').one(['F', 'M'])),
    iban: ibanOf(of('iban')),
    card: cardOf(of('card')),
    country,
  };
  return Array.from({ length: of('count').integer(1, 5) }, (_, n) => {
    const at = (field) => of(`${n}/${field}`);
    return {
      id: `P${String(i * 8 + n).padStart(6, '0')}${at('id').integer(10, 99)}`,
      booked: dayOfYear(at('booked').integer(0, 364)),
      account,
      merchant: at('merchant').one(merchants),
      city: at('city').one(cities[country]),
      amount: amountOf(at('amount')),
      reference: at('reference').one(references)(account, at('number').integer(1000, 9999)),
    };
  });
}

/** Euros and cents, few of them very high. */
function amountOf(draw) {
  const cents = draw.chance(0.03) ? draw.integer(150_000, 900_000) : draw.bell(250, 24_000);
  return (cents / 100).toFixed(2);
}

/** ISO 13616, with check digits that are right and a bank code that is nobody's: German ones begin with 1 to 8. */
function ibanOf(draw) {
  const digits = Array.from({ length: 17 }, () => draw.integer(0, 9)).join('');
  const account = `9${digits}`;
  // `DE00` behind the rest, with D as 13 and E as 14.
  const check = 98n - (BigInt(`${account}131400`) % 97n);
  return `DE${String(check).padStart(2, '0')}${account}`;
}

/** ISO/IEC 7812-1, with a check digit that is right; numbers that begin with 99 are no network's. */
function cardOf(draw) {
  const digits = `99${Array.from({ length: 13 }, () => draw.integer(0, 9)).join('')}`;
  let sum = 0;
  for (let k = 0; k < digits.length; k++) {
    const doubled = Number(digits[k]) * (k % 2 === 0 ? 2 : 1);
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

const merchants = [
  ['Nordlicht Books', 'books'],
  ['Green Basket', 'groceries'],
  ['Brot & Salz', 'groceries'],
  ['City Tram', 'transport'],
  ['Sirius Pharmacy', 'pharmacy'],
  ['Lampenhaus', 'household'],
  ['Hotel Seeblick', 'travel'],
  ['Café "Zum Anker"', 'restaurants'],
];

const cities = {
  DE: ['Berlin', 'Hamburg', 'Köln', 'Leipzig'],
  AT: ['Wien', 'Graz', 'Linz'],
  FR: ['Paris', 'Lyon'],
  LI: ['Vaduz'],
  IS: ['Reykjavík'],
};

const references = [
  () => '',
  (_, number) => `Order ${number}`,
  ({ holder }) => `Thank you, ${holder}`,
  ({ iban }) => `Refund to ${iban}`,
  () => 'Gift card, "two pieces"',
];
