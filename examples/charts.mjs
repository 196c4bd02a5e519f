import { csvOf } from './csv.mjs';
import { diceOf } from './dice.mjs';
import { birthDateOf, dayOfYear, emailOf, nameOf, phoneOf, ssnOf, yearsBetween } from './people.mjs';
import { codes, places } from './words.mjs';

const dice = diceOf('example-charts-2025');
const count = 600;

/** One chart per patient, with something in it for each of the 18 kinds of identifiers of 45 CFR 164.514(b)(2)(i). */
export function chartsCsv() {
  return csvOf(
    columns,
    Array.from({ length: count }, (_, i) => chartOf(i)),
  );
}

const columns = {
  mrn: (c) => c.mrn,
  patient_name: (c) => c.name,
  mother_name: (c) => c.mother,
  street: (c) => c.street,
  city: (c) => c.city,
  state: (c) => c.state,
  zip: (c) => c.zip,
  birth_date: (c) => c.birthDate,
  age: (c) => c.age,
  admitted: (c) => c.admitted,
  discharged: (c) => c.discharged,
  died: (c) => c.died,
  days_in_hospital: (c) => c.days,
  phone: (c) => c.phone,
  fax: (c) => c.fax,
  email: (c) => c.email,
  ssn: (c) => c.ssn,
  health_plan_number: (c) => c.plan,
  account_number: (c) => c.account,
  driver_license: (c) => c.license,
  vehicle_plate: (c) => c.plate,
  device_serial: (c) => c.device,
  portal_url: (c) => c.url,
  last_login_ip: (c) => c.ip,
  fingerprint_template: (c) => c.fingerprint,
  photo_file: (c) => c.photo,
  sex: (c) => c.sex,
  diagnosis: (c) => c.code,
  note: (c) => c.note,
};

function chartOf(i) {
  const of = (field) => dice(`${i}/${field}`);
  const sex = of('sex').chance(0.5) ? 'F' : 'M';
  const day = of('admitted').integer(0, 340);
  const admitted = dayOfYear(day);
  const days = of('days').bell(0, 24);
  const birthDate = birthDateOf(of('age'), admitted);
  const place = of('place').weighted(places.map((candidate) => [candidate, candidate.share]));
  const [, zip, city] = /^(\d{5}) (.+)$/.exec(of('town').one(place.towns));
  const name = nameOf(of('name'), sex);
  const phone = phoneOf(of('phone'), place.area);
  const mrn = `C-${String(204_000 + i * 3 + of('mrn').integer(0, 2))}`;
  const has = (field, share, value) => (of(field).chance(share) ? value(of(`${field}-value`)) : '');
  return {
    mrn,
    name,
    mother: nameOf(of('mother'), 'F'),
    street: `${of('number').integer(1, 480)} ${of('street').one(streets)}`,
    city,
    state: states[zip.slice(0, 2)],
    zip,
    birthDate,
    age: yearsBetween(birthDate, admitted),
    admitted,
    discharged: dayOfYear(day + days),
    died: has('died', 0.02, () => dayOfYear(day + days)),
    days,
    phone,
    fax: has('fax', 0.1, (draw) => phoneOf(draw, place.area)),
    email: has('email', 0.8, (draw) => emailOf(draw, name)),
    ssn: ssnOf(of('ssn')),
    plan: `HP${of('plan').integer(100_000_000, 999_999_999)}`,
    account: String(of('account').integer(10_000_000, 99_999_999)),
    license: has('license', 0.7, (draw) => `VT${draw.integer(1_000_000, 9_999_999)}`),
    plate: has('plate', 0.3, (draw) => `${draw.one(['HXW', 'JKB', 'GRT'])} ${draw.integer(100, 999)}`),
    device: has('device', 0.15, (draw) => `PM-${draw.integer(100_000, 999_999)}-${draw.one(['A', 'B', 'C'])}`),
    url: `https://portal.valley-hospital.example/chart/${mrn.toLowerCase()}`,
    ip: has('ip', 0.6, (draw) => `198.51.100.${draw.integer(1, 254)}`),
    fingerprint: has('fingerprint', 0.2, (draw) => `FMR:${draw.integer(2 ** 28, 2 ** 32 - 1).toString(16)}`),
    photo: has('photo', 0.4, () => `${mrn}.jpg`),
    sex,
    code: of('code').one(of('chapter').one(Object.values(codes))),
    note: of('note').one(notes)({ name, phone, admitted, mrn }),
  };
}

const streets = ['Maple Street', 'Quarry Road', 'Mill Lane', 'North Avenue', 'Lake Road', 'Church Street', 'Hill Road'];
const states = { '03': 'NH', '05': 'VT', 10: 'NY', 33: 'FL', 60: 'IL', 85: 'AZ', 89: 'NV' };

const notes = [
  () => 'Stable overnight, eating well.',
  ({ name, phone }) => `${name} asks to be called back at ${phone}.`,
  ({ admitted }) => `Fell on ${admitted}, came in the same evening.`,
  ({ mrn }) => `Films filed under ${mrn}.`,
  () => 'Wound clean; "no pain at rest".',
  () => '',
];
