import { csvOf } from './csv.mjs';
import { diceOf } from './dice.mjs';
import { emailOf, nameOf } from './people.mjs';

const dice = diceOf('example-cohort-2024');
const count = 900;

/** A study of sleep and work in three countries of the EU: one participant a record, with an interview and two follow-ups. */
export function cohortCsv() {
  return csvOf(
    columns,
    Array.from({ length: count }, (_, i) => participantOf(i)),
  );
}

const columns = {
  participant_id: (p) => p.id,
  name: (p) => p.name,
  email: (p) => p.email,
  phone: (p) => p.phone,
  birth_date: (p) => p.birthDate,
  sex: (p) => p.sex,
  country: (p) => p.place.country,
  postcode: (p) => p.postcode,
  interviewed: (p) => p.interviewed,
  follow_up_1: (p) => p.first,
  follow_up_2: (p) => p.second,
  occupation: (p) => p.occupation,
  income_eur: (p) => p.income,
  smokes: (p) => p.smokes,
  bmi: (p) => p.bmi,
  systolic_mmhg: (p) => p.systolic,
  sleep_hours: (p) => p.sleep,
  condition: (p) => p.condition,
  comment: (p) => p.comment,
};

function participantOf(i) {
  const of = (field) => dice(`${i}/${field}`);
  const sex = of('sex').chance(0.53) ? 'F' : 'M';
  const name = nameOf(of('name'), sex);
  const place = of('place').weighted(places.map((candidate) => [candidate, candidate.share]));
  const day = of('interviewed').integer(0, 180);
  const first = day + of('first').integer(80, 110);
  const second = first + of('second').integer(80, 110);
  const phone = place.phone(of('phone'));
  const email = emailOf(of('email'), name);
  const years = of('age').bell(19, 84);
  return {
    id: `SW-${String(10_000 + i * 11 + of('id').integer(0, 10))}`,
    name,
    email,
    phone: of('no-phone').chance(0.1) ? '' : phone,
    birthDate: day2024(-365 * years - of('birthday').integer(0, 364)),
    sex,
    place,
    postcode: of('no-postcode').chance(0.01)
      ? ''
      : `${of('area').one(place.areas)}${pad(of('rest').integer(1, 998), 3)}`,
    interviewed: day2024(day),
    first: of('left').chance(0.12) ? '' : day2024(first),
    second: of('left').chance(0.2) ? '' : day2024(second),
    occupation: of('occupation').one(occupations),
    income: of('no-income').chance(0.08) ? '' : incomeOf(of('income')),
    smokes: of('smokes').weighted([
      ['never', 50],
      ['former', 28],
      ['daily', 22],
    ]),
    bmi: (of('bmi').bell(170, 400) / 10).toFixed(1),
    systolic: of('systolic').bell(92, 188),
    sleep: (of('sleep').bell(40, 98) / 10).toFixed(1),
    condition: of('condition').weighted(conditions),
    comment: of('comment').one(comments)({ name, email, phone, day: day2024(day) }),
  };
}

const pad = (number, digits) => String(number).padStart(digits, '0');

/** `n` days into 2024, or before it. */
function day2024(n) {
  return new Date(Date.UTC(2024, 0, 1 + n)).toISOString().slice(0, 10);
}

/** Euros a year, few of them very high. */
function incomeOf(draw) {
  return draw.bell(11_000, 78_000) + (draw.chance(0.03) ? draw.integer(90_000, 400_000) : 0);
}

/** Numbers that Bundesnetzagentur (Berlin), ARCEP (Paris) and PTS (Stockholm) keep for films. */
const places = [
  { country: 'DE', share: 5, areas: ['10', '12', '13'], phone: (draw) => `030 23125 ${pad(draw.integer(0, 999), 3)}` },
  {
    country: 'FR',
    share: 3,
    areas: ['75', '92', '93'],
    phone: (draw) => `01 99 00 ${pad(draw.integer(0, 99), 2)} ${pad(draw.integer(0, 99), 2)}`,
  },
  { country: 'SE', share: 2, areas: ['11', '16'], phone: (draw) => `08-465 004 ${pad(draw.integer(0, 99), 2)}` },
];

const occupations = ['care', 'office', 'teaching', 'transport', 'trade', 'craft', 'none'];

const conditions = [
  ['none', 46],
  ['insomnia', 16],
  ['sleep apnoea', 12],
  ['depression', 11],
  ['restless legs', 9],
  ['narcolepsy', 6],
];

const comments = [
  () => '',
  () => '',
  () => 'Sleeps better on days off.',
  () => 'Works nights, "three on, four off".',
  ({ name }) => `${name} prefers to be interviewed in the evening.`,
  ({ email }) => `Results to ${email}, please.`,
  ({ phone, day }) => `Called ${phone} on ${day}, nobody there.`,
];
