import { random } from '../harness.ts';

const first = [
  'Ada',
  'Grace',
  'Zoë',
  'Łukasz',
  'Bernadette',
  'Christopher',
  'José',
  'Maximilian',
  'Ruth',
  '美咲',
  'Dmitri',
];
const last = ['Quimby', 'Okonkwo-Bright', 'Müller', 'van der Velde', "O'Shaughnessy", 'Sandoval', 'Ng', 'Thistlewood'];
const city = ['Battle Creek', 'Springfield', 'São Paulo', 'Saint Paul', 'Reading', 'Normal'];
const words =
  'patient reports mild pain after surgery follow up in two weeks stable "condition" since 2019, code 4711'.split(' ');

/** A table of people that do not exist, with its head. The same for the same seed. */
export function people(count: number, seed: number): string[][] {
  const next = random(seed);
  const below = (n: number) => Math.floor(next() * n);
  const one = <T>(list: readonly T[]) => list[below(list.length)]!;
  const digits = (n: number) => String(below(10 ** n)).padStart(n, '0');
  const rows = Array.from({ length: count }, (_, i) => {
    const name = `${one(first)} ${one(last)}${below(60) === 0 ? ', Jr.' : ''}`;
    return [
      String(i + 1),
      name,
      `${name.toLowerCase().replace(/[^a-z]/g, '') || 'user'}${below(10_000)}@${one(['mail.example', 'corp.example'])}`,
      below(33) === 0 ? '' : `+1-${200 + below(800)}-${200 + below(800)}-${digits(4)}`,
      `${digits(3)}-${digits(2)}-${digits(4)}`,
      `${1935 + below(84)}-0${1 + below(9)}-${10 + below(18)}`,
      digits(5),
      one(city),
      one(['M', 'F', 'X']),
      `${22_000 + below(60_000)}.${digits(2)}`,
      Array.from({ length: below(12) }, () => one(words)).join(below(9) === 0 ? '\n' : ' '),
    ];
  });
  return [['id', 'full_name', 'email', 'phone', 'ssn', 'birth_date', 'zip', 'city', 'sex', 'salary', 'note'], ...rows];
}

export function peoplePolicy(selector: (column: string) => string = (column) => column): string {
  const rule = (column: string, role: string, transform: string) =>
    `  ${selector(column)}: { role: ${role}, transform: ${transform} }\n`;
  return `fields:\n${[
    rule('id', 'identifier', 'drop'),
    rule('full_name', 'identifier', '{ tokenize: { domain: d } }'),
    rule('email', 'identifier', '{ tokenize: { domain: d, alphabet: hex, length: 64 } }'),
    rule('phone', 'identifier', '{ mask: { keep-last: 4, skip: punctuation } }'),
    rule('ssn', 'identifier', '{ mask: { keep-last: 4, skip: punctuation } }'),
    rule('birth_date', 'quasi-identifier', '{ generalize: { date: year } }'),
    rule('zip', 'quasi-identifier', '{ generalize: { prefix: 3 } }'),
    rule('city', 'quasi-identifier', 'keep'),
    rule('sex', 'quasi-identifier', 'keep'),
    rule('salary', 'sensitive', 'keep'),
    rule('note', 'insensitive', 'keep'),
  ].join('')}`;
}
