/**
 * Writes the example data: `node examples/generate.mjs`. The same files come out every time; `--check` writes nothing and exits
 * with status 1 when the files on disk are others.
 *
 * Nobody in them exists. Names are put together from the lists of words.mjs. Mail addresses are under `.example` and `.invalid` (RFC 2606),
 * telephone numbers in the range 555-0100 to 555-0199 that is kept for fiction, and social security numbers begin with 900 to 999, of which
 * none was ever issued; their middle digits stay below 50, so that none is a taxpayer number either.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import {
  chapters,
  clinics,
  codes,
  family,
  given,
  handles,
  mailHosts,
  notes,
  otherScripts,
  places,
  wards,
} from './words.mjs';

const seed = 'example-hospital-2025';
const patientCount = 3000;

const patients = Array.from({ length: patientCount }, (_, i) => patientOf(i));
const clinicPatients = patients.filter(({ far }) => !far).slice(0, 400);
const files = {
  'hospital/patients.csv': patientsCsv(patients),
  'hospital/visits.ndjson': visitsNdjson(visitsOf(patients)),
  'clinic/patients.csv': csv(clinicPatients, {
    patient_id: (p) => p.id,
    full_name: (p) => p.name,
    age: (p) => p.age,
    sex: (p) => p.sex,
    zip: (p) => p.zip,
  }),
  'clinic/visits.csv': csv(clinicVisitsOf(clinicPatients), {
    visit_id: (_, n) => `C25-${String(n + 1).padStart(4, '0')}`,
    patient_id: ({ patient }) => patient.id,
    date: ({ date }) => date,
    diagnosis: ({ patient, draw }) => diagnosisOf(draw('diagnosis'), patient.age, patient.sex || 'F'),
    note: ({ draw }) => (draw('note').chance(0.3) ? '' : draw('text').one(notes)),
  }),
};

const check = process.argv.includes('--check');
for (const [name, text] of Object.entries(files)) {
  const url = new URL(name, import.meta.url);
  if (!check) {
    mkdirSync(new URL('.', url), { recursive: true });
    writeFileSync(url, text);
  } else if (text !== contentOf(url)) {
    console.error(`examples/${name} is not what examples/generate.mjs writes`);
    process.exitCode = 1;
  }
}

function contentOf(url) {
  try {
    return readFileSync(url, 'utf8');
  } catch {
    return undefined;
  }
}

/** Each field of each record draws from a stream of its own, so that a new field changes no other. */
function patientOf(i) {
  const of = (field) => dice(`patient/${i}/${field}`);
  const sex = of('sex').chance(0.52) ? 'F' : 'M';
  const admitted = dayOfYear(of('admitted').integer(0, 364));
  const birthDate = birthDateOf(of('age'), admitted);
  const age = yearsBetween(birthDate, admitted);
  const code = diagnosisOf(of('diagnosis'), age, sex);
  const place = of('place').weighted(places.map((candidate) => [candidate, candidate.share]));
  const [, zip, city] = /^(\d{5}) (.+)$/.exec(of('town').one(place.towns));
  const name = nameOf(of('name'), sex);
  return {
    id: `MRN-${100_000 + i * 7 + of('id').integer(0, 6)}`,
    name,
    email: of('email').chance(0.05) ? '' : emailOf(of('address'), name),
    phone: of('phone').chance(0.06) ? '' : phoneOf(of('number'), place.area),
    ssn: of('ssn').chance(0.03) ? '' : ssnOf(of('serial')),
    birthDate,
    age,
    sex: of('no-sex').chance(0.002) ? '' : sex,
    zip: of('zip').chance(0.003) ? '' : zip,
    city,
    admitted,
    code,
    ward: age < 16 ? 'Pediatrics' : (wards[code[0]] ?? 'General Medicine'),
    weight: weightOf(of('weight'), age, sex),
    income: age < 16 || of('income').chance(0.12) ? '' : incomeOf(of('dollars'), age),
    note: of('note').chance(0.4) ? '' : of('text').one(notes),
    far: place.share < 10,
  };
}

function patientsCsv(rows) {
  return csv(rows, {
    patient_id: (p) => p.id,
    full_name: (p) => p.name,
    email: (p) => p.email,
    phone: (p) => p.phone,
    ssn: (p) => p.ssn,
    birth_date: (p) => p.birthDate,
    age: (p) => p.age,
    sex: (p) => p.sex,
    zip: (p) => p.zip,
    city: (p) => p.city,
    admitted: (p) => p.admitted,
    diagnosis: (p) => p.code,
    ward: (p) => p.ward,
    weight_kg: (p) => p.weight,
    income: (p) => p.income,
    note: (p) => p.note,
  });
}

/** `columns` say how a value is made of a row and its number. */
function csv(rows, columns) {
  const lines = rows.map((row, n) => Object.values(columns).map((value) => csvField(String(value(row, n)))));
  return [Object.keys(columns), ...lines].map((line) => `${line.join(',')}\n`).join('');
}

/** RFC 4180 §2, with line feeds. */
function csvField(text) {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One to four visits of a quarter of the patients, in the order of their dates. Who lives far away does not come back. */
function visitsOf(all) {
  const visits = all.flatMap((patient, i) => {
    const of = (field) => dice(`visits/${i}/${field}`);
    if (!of('comes').chance(patient.far ? 0.02 : 0.25)) return [];
    const count = patient.far
      ? 1
      : of('count').weighted([
          [1, 38],
          [2, 30],
          [3, 20],
          [4, 12],
        ]);
    const relative = emailOf(of('relative'), nameOf(of('relative-name'), of('relative-sex').one(['F', 'M'])));
    return Array.from({ length: count }, (_, n) => ({
      patient,
      relative,
      draw: (field) => dice(`visits/${i}/${n}/${field}`),
      date: dayOfYear(of(`date-${n}`).integer(0, 364)),
    }));
  });
  return visits.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
}

/** One to five visits of each patient in another clinic, in the order of their dates. */
function clinicVisitsOf(all) {
  const visits = all.flatMap((patient) => {
    const of = (field) => dice(`clinic/${patient.id}/${field}`);
    const count = of('count').weighted([
      [1, 50],
      [2, 30],
      [3, 14],
      [4, 5],
      [5, 1],
    ]);
    return Array.from({ length: count }, (_, n) => ({
      patient,
      draw: (field) => dice(`clinic/${patient.id}/${n}/${field}`),
      date: dayOfYear(of(`date-${n}`).integer(0, 364)),
    }));
  });
  return visits.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
}

/** Written by hand, because JSON.stringify knows neither `37.10` nor integers beyond 2^53. */
function visitsNdjson(visits) {
  return visits.map((visit, n) => `${visitJson(visit, n)}\n`).join('');
}

function visitJson({ patient, relative, date, draw }, n) {
  // Two systems export visits; one writes all letters beyond ASCII as escapes.
  const escapes = draw('system').chance(0.4);
  const text = (value) => jsonString(value, escapes);
  const members = (entries) => `{${entries.map(([key, value]) => `"${key}":${value}`).join(',')}}`;
  const list = (values) => `[${values.join(',')}]`;

  const contacts = [
    ...(draw('relative').chance(0.5) ? [['relative', relative]] : []),
    ...(draw('gp').chance(0.7) ? [['practice', `practice${draw('gp').integer(1, 40)}@clinic.example`]] : []),
  ];
  const older = patient.age >= 60;
  const first = diagnosisOf(draw('diagnosis'), patient.age, patient.sex || 'F');
  const others = Array.from({ length: draw('others').integer(0, older ? 2 : 1) }, (_, k) =>
    diagnosisOf(draw(`other-${k}`), patient.age, patient.sex || 'F'),
  );
  const diagnoses = [...new Set([first, ...others])];
  const vitals = [
    ['pulse', draw('pulse').bell(52, 104)],
    ['temperature', draw('no-temperature').chance(0.05) ? 'null' : hundredths(draw('temperature').bell(3580, 3860))],
    ...(draw('no-weight').chance(0.1) ? [] : [['weight', `${patient.weight}0`]]),
  ];
  return members([
    [
      'visit',
      members([
        ['id', `"V25-${String(n + 1).padStart(6, '0')}"`],
        ['date', `"${date}"`],
        ['clinic', text(draw('clinic').one(clinics))],
      ]),
    ],
    [
      'patient',
      members([
        ['id', `"${patient.id}"`],
        ['name', text(patient.name)],
        ['email', patient.email === '' ? 'null' : `"${patient.email}"`],
        ['birth_date', `"${patient.birthDate}"`],
        ['zip', patient.zip === '' ? 'null' : `"${patient.zip}"`],
      ]),
    ],
    ['contacts', list(contacts.map(([kind, email]) => `{"kind":"${kind}","email":"${email}"}`))],
    ['vitals', members(vitals)],
    ['diagnoses', list(diagnoses.map((code, k) => `{"code":"${code}","primary":${k === 0}}`))],
    ['system', members([['build', escapes ? '12345678901234567890' : '98765432109876543210']])],
    ['note', draw('note').chance(0.3) ? 'null' : text(draw('text').one(notes))],
  ]);
}

function jsonString(text, escapes) {
  const json = JSON.stringify(text);
  if (!escapes) return json;
  return json.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function nameOf(draw, sex) {
  if (draw.chance(0.02)) {
    const script = draw.one(otherScripts);
    return `${draw.one(script[sex])} ${draw.one(script.family)}`;
  }
  const initial = draw.chance(0.15) ? ` ${draw.one([...'ABCDEGHJKLMPRSTVW'])}.` : '';
  const double = draw.chance(0.05) ? `-${draw.one(family)}` : '';
  const suffix = sex === 'M' && draw.chance(0.015) ? ', Jr.' : '';
  return `${draw.one(given[sex])}${initial} ${draw.one(family)}${double}${suffix}`;
}

function emailOf(draw, name) {
  const plain = name.normalize('NFD').toLowerCase().replaceAll('ø', 'o').replaceAll('ł', 'l');
  const words = plain.replace(/\p{M}|, jr\.$/gu, '').match(/[a-z]{2,}/g);
  const [first, last] = words === null ? [draw.one(handles), draw.one(handles)] : [words[0], words.at(-1)];
  const number = draw.chance(0.6) ? draw.integer(1, 99) : '';
  return `${draw.one([`${first}.${last}`, `${first[0]}${last}`, `${last}_${first}`])}${number}@${draw.one(mailHosts)}`;
}

function phoneOf(draw, area) {
  const line = `01${String(draw.integer(0, 99)).padStart(2, '0')}`;
  return draw.one([`(${area}) 555-${line}`, `${area}-555-${line}`, `+1 ${area} 555 ${line}`]);
}

function ssnOf(draw) {
  const serial = draw.integer(0, 9) * 1000 + draw.integer(1, 999);
  return `${draw.integer(900, 999)}-${draw.integer(10, 49)}-${String(serial).padStart(4, '0')}`;
}

/** Somebody who on `day` is as old as patients of a hospital are. */
function birthDateOf(draw, day) {
  const [youngest, oldest] = draw.weighted([
    [[0, 17], 14],
    [[18, 39], 21],
    [[40, 59], 24],
    [[60, 79], 27],
    [[80, 93], 14],
  ]);
  const age = draw.integer(youngest, oldest);
  const born = new Date(`${day}T00:00:00Z`);
  born.setUTCDate(born.getUTCDate() - draw.integer(1, 360));
  born.setUTCFullYear(born.getUTCFullYear() - age);
  return born.toISOString().slice(0, 10);
}

function yearsBetween(from, to) {
  return Number(to.slice(0, 4)) - Number(from.slice(0, 4)) - (to.slice(5) < from.slice(5) ? 1 : 0);
}

/** `n` days into 2025. */
function dayOfYear(n) {
  return new Date(Date.UTC(2025, 0, 1 + n)).toISOString().slice(0, 10);
}

function diagnosisOf(draw, age, sex) {
  const mother = sex === 'F' && age >= 18 && age < 42 && draw.chance(0.2);
  const chapter = mother
    ? 'O'
    : draw.weighted(Object.entries(chapters[age < 16 ? 'child' : age < 60 ? 'adult' : 'older']));
  return draw.one(codes[chapter]);
}

/** Kilograms to one decimal; children grow evenly. */
function weightOf(draw, age, sex) {
  const grown = sex === 'F' ? draw.bell(450, 1020) : draw.bell(540, 1180);
  const tenths = age < 18 ? Math.floor(35 + ((grown - 35) * age) / 18) : grown;
  return (tenths / 10).toFixed(1);
}

/** US dollars a year, few of them very high. */
function incomeOf(draw, age) {
  const tail = draw.chance(0.04) ? draw.integer(80_000, 240_000) : 0;
  return draw.bell(8_000, age < 25 || age > 67 ? 62_000 : 118_000) + tail;
}

function hundredths(n) {
  return (n / 100).toFixed(2);
}

/** A stream of random draws for `label`: FNV-1a of the label starts mulberry32. Whole numbers throughout, the same on every machine. */
function dice(label) {
  let state = 0x811c9dc5;
  for (const byte of Buffer.from(`${seed}/${label}`)) state = Math.imul(state ^ byte, 0x01000193);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  };
  /** Inclusive. */
  const integer = (low, high) => low + Math.floor((next() / 2 ** 32) * (high - low + 1));
  return {
    integer,
    chance: (p) => next() < p * 2 ** 32,
    one: (list) => list[integer(0, list.length - 1)],
    /** Likelier in the middle: the mean of three. */
    bell: (low, high) => Math.floor((integer(low, high) + integer(low, high) + integer(low, high)) / 3),
    /** The first of one of the pairs, as often as the second, a whole number, says. */
    weighted(pairs) {
      const all = pairs.flatMap(([value, weight]) => Array(weight).fill(value));
      return all[integer(0, all.length - 1)];
    },
  };
}
