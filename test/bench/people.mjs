// Writes deterministic people data: node people.mjs ROWS OUT [csv|ndjson] [SEED]
// About 188 bytes a row. A row depends only on the seed and the rows before it: 100k rows are a prefix of 1M and 5M.

import { closeSync, openSync, writeSync } from 'node:fs';
import { en } from '@faker-js/faker';
import { sfc32 } from './sfc32.mjs';

const [rowsText, out, format = 'csv', seed = '20240607'] = process.argv.slice(2);
const rows = Number(rowsText);

const bits = sfc32(Number(seed));
const below = (n) => bits() % n;
const fraction = () => bits() / 2 ** 32;
const oneOf = (list) => list[below(list.length)];
const digits = (n, size) => String(n).padStart(size, '0');

const firstNames = { F: en.person.first_name.female, M: en.person.first_name.male, X: en.person.first_name.male };
const accented = ['José', 'Zoë', 'Renée', 'Jürgen', 'Łukasz', 'Søren', 'Chloé', 'Andrés', '美咲', 'Дмитрий'];
const lastNames = en.person.last_name.generic;
const domains = (
  'gmail.com yahoo.com outlook.com example.org hotmail.com icloud.com proton.me mail.example.net corp.example.com ' +
  'university.example.edu'
).split(' ');
const cities = en.location.city_name.slice(0, 260);
const zip3sOfCity = cities.map(() => Array.from({ length: 1 + below(3) }, () => digits(below(900) + 10, 3)));
const cityOfDraw = zipfTable(cities.length, 8192);
const diagnoses = [...'ABCDEFGHIJKLMNR'].flatMap((letter) =>
  Array.from({ length: 60 }, (_, i) => `${letter}${digits(i, 2)}${i % 3 ? `.${i % 10}` : ''}`),
);
const words = (
  'patient reports mild pain after surgery follow up in two weeks stable condition prescribed ibuprofen blood pressure ' +
  'elevated no allergies known history of asthma referred to cardiology lab results pending advised rest hydration ' +
  'symptoms improving since last visit chronic fatigue discussed diet exercise plan family consulted discharged home'
).split(' ');

const write = format === 'csv' ? csvLine : ndjsonLine;
const file = openSync(out, 'w');
let text = format === 'csv' ? 'id,full_name,email,phone,ssn,birth_date,zip,city,sex,diagnosis,salary,note\n' : '';
for (let id = 1; id <= rows; id++) {
  text += write(person(id));
  if (text.length > 1 << 20) {
    writeSync(file, text);
    text = '';
  }
}
writeSync(file, text);
closeSync(file);

function person(id) {
  const sex = below(200) === 0 ? 'X' : below(2) ? 'F' : 'M';
  const first = below(40) === 0 ? oneOf(accented) : oneOf(firstNames[sex]);
  const last = oneOf(lastNames);
  const name = `${first} ${last}${below(60) === 0 ? ', Jr.' : ''}`;
  const mailbox = `${/^[A-Za-z]+$/.test(first) ? first.toLowerCase() : 'user'}.${last.toLowerCase().replace(/[^a-z]/g, '')}`;
  const email = `${mailbox}${below(10000)}@${oneOf(domains)}`;
  const phone = below(33) === 0 ? '' : `+1-${200 + below(800)}-${200 + below(800)}-${digits(below(10000), 4)}`;
  const ssn = `${digits(1 + below(899), 3)}-${digits(1 + below(99), 2)}-${digits(1 + below(9999), 4)}`;
  const year = 1935 + below(40) + below(45);
  const born = `${year}-${digits(1 + below(12), 2)}-${digits(1 + below(28), 2)}`;
  const city = cityOfDraw[bits() & 8191];
  const zip = oneOf(zip3sOfCity[city]) + digits(below(100), 2);
  const diagnosis = diagnoses[(fraction() * fraction() * diagnoses.length) | 0];
  const salary = (22000 + Math.exp(fraction() + fraction() + fraction()) * 9000).toFixed(2);
  return { id, name, email, phone, ssn, born, zip, city: cities[city], sex, diagnosis, salary, note: note() };
}

/** 5 to 13 words: some notes hold commas, line feeds or quotes, and some are empty. */
function note() {
  const size = 5 + below(9);
  let said = oneOf(words);
  const kind = below(100);
  for (let i = 1; i < size; i++) {
    if (kind < 14 && i === 3) said += ',';
    if (kind >= 14 && kind < 17 && i === 4) said += `\n${oneOf(words)}`;
    else if (kind >= 17 && kind < 20 && i === 3) said += ` "${oneOf(words)}"`;
    else said += ` ${oneOf(words)}`;
  }
  return kind >= 97 ? '' : said;
}

function csvLine(p) {
  return `${p.id},${quoted(p.name)},${p.email},${p.phone},${p.ssn},${p.born},${p.zip},${p.city},${p.sex},${p.diagnosis},${p.salary},${quoted(p.note)}\n`;
}

function quoted(value) {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

function ndjsonLine({ id, name, email, phone, ssn, born, zip, city, sex, diagnosis, salary, note }) {
  const record = { id, full_name: name, email, phone, ssn, birth_date: born, zip, city, sex, diagnosis };
  return `${JSON.stringify({ ...record, salary: Number(salary), note })}\n`;
}

/** Item i for a share of `size` draws in proportion to 1 / (i + 8). */
function zipfTable(items, size) {
  const sums = [];
  for (let i = 0; i < items; i++) sums.push((sums[i - 1] ?? 0) + 1 / (i + 8));
  const table = [];
  for (let i = 0, item = 0; i < size; i++) {
    while (sums[item] < ((i + 0.5) / size) * sums[items - 1]) item++;
    table.push(item);
  }
  return table;
}
