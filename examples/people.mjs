import { family, given, handles, mailHosts, otherScripts } from './words.mjs';

export function nameOf(draw, sex) {
  if (draw.chance(0.02)) {
    const script = draw.one(otherScripts);
    return `${draw.one(script[sex])} ${draw.one(script.family)}`;
  }
  const initial = draw.chance(0.15) ? ` ${draw.one([...'ABCDEGHJKLMPRSTVW'])}.` : '';
  const double = draw.chance(0.05) ? `-${draw.one(family)}` : '';
  const suffix = sex === 'M' && draw.chance(0.015) ? ', Jr.' : '';
  return `${draw.one(given[sex])}${initial} ${draw.one(family)}${double}${suffix}`;
}

export function emailOf(draw, name) {
  const plain = name.normalize('NFD').toLowerCase().replaceAll('ø', 'o').replaceAll('ł', 'l');
  const words = plain.replace(/\p{M}|, jr\.$/gu, '').match(/[a-z]{2,}/g);
  const [first, last] = words === null ? [draw.one(handles), draw.one(handles)] : [words[0], words.at(-1)];
  const number = draw.chance(0.6) ? draw.integer(1, 99) : '';
  return `${draw.one([`${first}.${last}`, `${first[0]}${last}`, `${last}_${first}`])}${number}@${draw.one(mailHosts)}`;
}

export function phoneOf(draw, area) {
  const line = `01${String(draw.integer(0, 99)).padStart(2, '0')}`;
  return draw.one([`(${area}) 555-${line}`, `${area}-555-${line}`, `+1 ${area} 555 ${line}`]);
}

export function ssnOf(draw) {
  const serial = draw.integer(0, 9) * 1000 + draw.integer(1, 999);
  return `${draw.integer(900, 999)}-${draw.integer(10, 49)}-${String(serial).padStart(4, '0')}`;
}

/** Somebody who on `day` is as old as patients of a hospital are. */
export function birthDateOf(draw, day) {
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

export function yearsBetween(from, to) {
  return Number(to.slice(0, 4)) - Number(from.slice(0, 4)) - (to.slice(5) < from.slice(5) ? 1 : 0);
}

/** `n` days into 2025. */
export function dayOfYear(n) {
  return new Date(Date.UTC(2025, 0, 1 + n)).toISOString().slice(0, 10);
}
