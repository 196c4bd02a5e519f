/**
 * Writes the example data: `node examples/generate.mjs`. The same files come out every time; `--check` writes nothing and exits
 * with status 1 when the files on disk are others.
 *
 * Nobody in them exists. Names are put together from the lists of words.mjs. Mail addresses are under `.example` and `.invalid` (RFC 2606),
 * telephone numbers in the range 555-0100 to 555-0199 that is kept for fiction, and social security numbers begin with 900 to 999, of which
 * none was ever issued; their middle digits stay below 50, so that none is a taxpayer number either. European telephone numbers are those
 * that the regulators keep for films, IP addresses those of documents (RFC 5737, RFC 3849), card numbers begin with 99 and German bank
 * codes with 9, which none does.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { chartsCsv } from './charts.mjs';
import { clickstreamNdjson } from './clickstream.mjs';
import { cohortCsv } from './cohort.mjs';
import { csvOf } from './csv.mjs';
import { diceOf } from './dice.mjs';
import { paymentsCsv } from './payments.mjs';
import { birthDateOf, dayOfYear, emailOf, nameOf, phoneOf, ssnOf, yearsBetween } from './people.mjs';
import { chapters, clinics, codes, notes, places, wards } from './words.mjs';

const dice = diceOf('example-hospital-2025');
const patientCount = 3000;

const patients = Array.from({ length: patientCount }, (_, i) => patientOf(i));
const clinicPatients = patients.filter(({ far }) => !far).slice(0, 400);
const files = {
  'hospital/patients.csv': patientsCsv(patients),
  'hospital/visits.ndjson': visitsNdjson(visitsOf(patients)),
  'clinic/patients.csv': csvOf(
    {
      patient_id: (p) => p.id,
      full_name: (p) => p.name,
      age: (p) => p.age,
      sex: (p) => p.sex,
      zip: (p) => p.zip,
    },
    clinicPatients,
  ),
  'clinic/visits.csv': csvOf(
    {
      visit_id: (_, n) => `C25-${String(n + 1).padStart(4, '0')}`,
      patient_id: ({ patient }) => patient.id,
      date: ({ date }) => date,
      diagnosis: ({ patient, draw }) => diagnosisOf(draw('diagnosis'), patient.age, patient.sex || 'F'),
      note: ({ draw }) => (draw('note').chance(0.3) ? '' : draw('text').one(notes)),
    },
    clinicVisitsOf(clinicPatients),
  ),
  'charts/charts.csv': chartsCsv(),
  'clickstream/events.ndjson': clickstreamNdjson(),
  'cohort/participants.csv': cohortCsv(),
  'payments/transactions.csv': paymentsCsv(),
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
  const columns = {
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
  };
  return csvOf(columns, rows);
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
