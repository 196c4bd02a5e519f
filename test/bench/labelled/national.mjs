// Numbers by which states know a person, made from the public definitions and apart from the recognizers' own code.

import { birthOf, padded } from './random.mjs';

/** By country: a number in its usual writing. */
export const nationalIds = {
  DE(random) {
    const others = shuffled([...'0123456789'], random).slice(0, 9);
    const ten = shuffled([...others, random.oneOf(others)], random);
    if (ten[0] === '0') ten.push(ten.shift());
    if (ten[0] === '0') ten.push(ten.shift());
    let product = 10;
    for (const digit of ten) product = (2 * ((Number(digit) + product) % 10 || 10)) % 11;
    return `${ten.join('')}${(11 - product) % 10}`;
  },
  FR(random) {
    const { year, month } = birthOf(random);
    const body = `${random.between(1, 2)}${padded(year % 100, 2)}${padded(month, 2)}${padded(random.between(1, 95), 2)}${random.digits(6)}`;
    const key = padded(97 - Number(BigInt(body) % 97n), 2);
    return `${body} ${key}`.replace(/^(.)(..)(..)(..)(...)(...)/, '$1 $2 $3 $4 $5 $6');
  },
  ES(random) {
    const number = random.between(10_000_000, 79_999_999);
    return `${number}${'TRWAGMYFPDXBNJZSQVHLCKE'[number % 23]}`;
  },
  PL(random) {
    const { year, month, day } = birthOf(random);
    const body = `${padded(year % 100, 2)}${padded(month + (year >= 2000 ? 20 : 0), 2)}${padded(day, 2)}${random.digits(4)}`;
    return body + ((10 - (weighted(body, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10)) % 10);
  },
  // 番号法施行規則 (2014): weights 2 to 7 and 2 to 6 from the right.
  JP(random) {
    const body = random.digits(11);
    const rest = weighted(body, [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11;
    return `${body}${rest <= 1 ? 0 : 11 - rest}`.replace(/^(....)(....)/, '$1 $2 ');
  },
  TR(random) {
    const body = random.between(1, 9) + random.digits(8);
    const tenth = (weighted(body, [7, -1, 7, -1, 7, -1, 7, -1, 7]) + 100) % 10;
    return `${body}${tenth}${(weighted(body, Array(9).fill(1)) + tenth) % 10}`;
  },
  BR(random) {
    const body = random.digits(9);
    const first = ((11 - (weighted(body, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 11) % 10;
    const second = ((11 - (weighted(body + first, [11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 11) % 10;
    return `${body}-${first}${second}`.replace(/^(...)(...)/, '$1.$2.');
  },
  GB: (random) =>
    `${random.oneOf(['AB', 'CE', 'JG', 'PW', 'SR', 'TL'])} ${random.filled('## ## ##')} ${random.oneOf([...'ABCD'])}`,
  RU(random) {
    const body = padded(random.between(2_000_000, 199_999_999), 9);
    const check = (weighted(body, [9, 8, 7, 6, 5, 4, 3, 2, 1]) % 101) % 100;
    return `${body} ${padded(check, 2)}`.replace(/^(...)(...)/, '$1-$2-');
  },
  IT(random) {
    const { year, month, day } = birthOf(random);
    const name = random.filled('AAAAAA');
    const born = padded(year % 100, 2) + 'ABCDEHLMPRST'[month - 1] + padded(day + 40 * random.below(2), 2);
    const body = `${name}${born}${random.oneOf([...'ABCDFGHL'])}${padded(random.between(1, 950), 3)}`;
    const odd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
    const at = (c) => (/\d/.test(c) ? Number(c) : c.charCodeAt(0) - 65);
    const sum = [...body].reduce((total, c, i) => total + (i % 2 === 0 ? odd[at(c)] : at(c)), 0);
    return body + String.fromCharCode(65 + (sum % 26));
  },
  NL(random) {
    for (;;) {
      const body = random.between(1, 9) + random.digits(7);
      const check = weighted(body, [9, 8, 7, 6, 5, 4, 3, 2]) % 11;
      if (check < 10) return body + check;
    }
  },
  SE(random) {
    const { year, month, day } = birthOf(random);
    const body = `${padded(year % 100, 2)}${padded(month, 2)}${padded(day, 2)}${random.digits(3)}`;
    const id = body + luhnDigit(body);
    return `${year - (year % 100)}`.slice(0, 2) + id.replace(/^(.{6})/, '$1-');
  },
  CZ(random) {
    for (;;) {
      const { year, month, day } = birthOf(random);
      if (year < 1954) continue;
      const body = `${padded(year % 100, 2)}${padded(month + 50 * random.below(2), 2)}${padded(day, 2)}${random.digits(3)}`;
      const check = Number(body) % 11;
      if (check < 10) return `${body}${check}`.replace(/^(.{6})/, '$1/');
    }
  },
  KR(random) {
    const { year, month, day } = birthOf(random);
    const sex = (year < 2000 ? 1 : 3) + random.below(2);
    const body = `${padded(year % 100, 2)}${padded(month, 2)}${padded(day, 2)}${sex}${random.digits(5)}`;
    const check = (11 - (weighted(body, [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]) % 11)) % 10;
    return `${body}${check}`.replace(/^(.{6})/, '$1-');
  },
  CN(random) {
    const { year, month, day } = birthOf(random);
    const area = random.oneOf(['110105', '310101', '440106', '510104', '330106']);
    const body = `${area}${year}${padded(month, 2)}${padded(day, 2)}${random.digits(3)}`;
    const sum = weighted(body, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]);
    return body + '10X98765432'[sum % 11];
  },
  IN(random) {
    const body = random.between(2, 9) + random.digits(10);
    for (let check = 0; ; check++) {
      if (isVerhoeff(body + check)) return `${body}${check}`.replace(/^(....)(....)/, '$1 $2 ');
    }
  },
  EG(random) {
    const { year, month, day } = birthOf(random);
    const born = `${year < 2000 ? 2 : 3}${padded(year % 100, 2)}${padded(month, 2)}${padded(day, 2)}`;
    return `${born}${padded(random.between(1, 29), 2)}${random.digits(5)}`;
  },
  HU(random) {
    const body = random.digits(8);
    return `${body}${weighted(body, [3, 7, 3, 7, 3, 7, 3, 7]) % 10}`.replace(/^(...)(...)/, '$1 $2 ');
  },
};

/** ISO 13616: the check digits that make the number, turned, leave 1 modulo 97. */
export function ibanOf(country, bban) {
  const turned = `${bban}${country}00`.replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55));
  return `${country}${padded(98 - Number(BigInt(turned) % 97n), 2)}${bban}`;
}

export function cardOf(random) {
  const [prefix, size] = random.oneOf([
    ['4', 16],
    ['51', 16],
    ['5412', 16],
    ['34', 15],
    ['6011', 16],
    ['3528', 16],
  ]);
  const body = prefix + random.digits(size - 1 - prefix.length);
  return body + luhnDigit(body);
}

export function luhnDigit(body) {
  const sum = [...body].reverse().reduce((total, digit, i) => {
    const doubled = Number(digit) * (i % 2 === 0 ? 2 : 1);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return (10 - (sum % 10)) % 10;
}

function weighted(digits, weights) {
  return [...digits].reduce((sum, digit, i) => sum + Number(digit) * weights[i], 0);
}

/** By the tables of the dihedral group, as UIDAI publishes them. */
function isVerhoeff(number) {
  const rows =
    '0123456789 1234067895 2340178956 3401289567 4012395678 5987604321 6598710432 7659821043 8765932104 9876543210'.split(
      ' ',
    );
  const turns = '0123456789 1576283094 5803796142 8916043527 9453126870 4286573901 2793806415 7046913258'.split(' ');
  return [...number].reverse().reduce((check, digit, i) => Number(rows[check][turns[i % 8][digit]]), 0) === 0;
}

function shuffled(list, random) {
  const copy = [...list];
  for (let i = copy.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [copy[i], copy[j]] = [copy[j], copy[i]];
  }
  return copy;
}
