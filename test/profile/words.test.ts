import { beforeAll, describe, expect, it } from 'vitest';
import { type Dictionary, loadDictionary } from '../../src/profile/dictionary.ts';
import { foldedNames, foldedWords, nameShare } from '../../src/profile/field-name.ts';
import { fieldKinds } from '../../src/profile/kinds/index.ts';
import { loadRecognition, recognize } from '../../src/profile/recognize.ts';
import { namesIn } from '../../src/profile/words/index.ts';
import { column } from './fields.ts';

let dictionary: Dictionary;
beforeAll(async () => {
  dictionary = await loadDictionary(true);
  await loadRecognition();
});

const kindOf = (name: string, values: readonly string[]) => recognize(column(name, values), dictionary)?.kind.name;
const days = ['1990-03-12', '1985-11-30', '2001-01-02'];
const emails = ['ada@example.org', 'bob@example.com'];

describe('names of fields in further languages', () => {
  it('are folded as names of data are', () => {
    expect(foldedNames('Téléphone|numer konta|płeć|電話番号')).toEqual([
      'telephone',
      'numer konta',
      'plec',
      '電話番号',
    ]);
    expect(foldedWords('IP地址')).toBe('ip 地址');
    expect(foldedWords('メールaddress2の')).toBe('メール address2 の');
    for (const name of ['患者ID', 'Płeć', 'Fødselsdato', 'doğum tarihi', 'e-posta', 'メールアドレス', '휴대폰번호']) {
      expect(foldedNames(name)).toEqual([foldedWords(name)]);
    }
    for (const kind of fieldKinds) {
      for (const name of kind.names) expect(foldedWords(name), `${kind.name}: ${name}`).toBe(name);
    }
    expect(namesIn('birth date')).toContain('dogum tarihi');
  });

  it.each([
    ['Data de nascimento', days, 'birth date'],
    ['Data di nascita', days, 'birth date'],
    ['Geboortedatum', days, 'birth date'],
    ['Data urodzenia', days, 'birth date'],
    ['Födelsedatum', days, 'birth date'],
    ['Fødselsdato', days, 'birth date'],
    ['Datum narození', days, 'birth date'],
    ['doğum_tarihi', days, 'birth date'],
    ['Дата рождения', days, 'birth date'],
    ['生年月日', days, 'birth date'],
    ['생년월일', days, 'birth date'],
    ['出生日期', days, 'birth date'],
    ['تاريخ الميلاد', days, 'birth date'],
    ['患者氏名', ['佐藤翔太', '田中美咲'], 'full name'],
    ['Имя', ['Zyx', 'Qwe'], 'first name'],
    ['Cognome', ['Xyzzy', 'Plugh'], 'last name'],
    ['Rechnungsadresse', ['Hauptweg 3', 'Nebenweg 4'], 'street'],
    ['Postnummer', ['123 45', '543 21'], 'postal code'],
    ['Kraj', ['Polska', 'Niemcy', 'Francja', 'Włochy', 'Czechy'], 'country'],
  ])('%s', (name, values, kind) => {
    expect(kindOf(name, values)).toBe(kind);
  });
});

describe('what values say themselves', () => {
  it('outweighs a longer word beside it', () => {
    expect(kindOf('MAC-Adresse', ['00:1b:44:11:3a:b7', '00:1b:44:11:3a:b8'])).toBe('mac');
    expect(kindOf('IP地址', ['192.0.2.1', '192.0.2.7'])).toBe('ip');
    expect(kindOf('Contact address', emails)).toBe('email');
    expect(kindOf('born_on', days)).toBe('birth date');
    expect(kindOf('pan', ['4111 1111 1111 1111', '5555-5555-5555-4444'])).toBe('card');
    expect(kindOf('pan', ['ABCPD1234E', 'ACUPA7085R'])).toBe('national id');
  });

  it('leaves names of things alone', () => {
    expect(kindOf('company_name', ['Smith and Sons', 'Miller Group'])).toBeUndefined();
    expect(kindOf('product name', ['Anna', 'Peter', 'Rose'])).toBeUndefined();
    expect(kindOf('c', ['978-3-16-148410-0', '978-0-306-40615-7'])).toBeUndefined();
    expect(kindOf('c', ['88639-487', '12345-678'])).toBeUndefined();
  });
});

it('words of one sign are not looked for within others, longer ones are', () => {
  expect(nameShare('患者氏名', ['氏名'])).toBe(0.5);
  expect(nameShare('国籍', ['国'])).toBe(0);
  expect(nameShare('rechnungsadresse', ['adresse'])).toBeCloseTo(7 / 16);
  expect(nameShare('adressen', ['adresse'])).toBe(0);
  expect(nameShare('produktname', ['name'])).toBe(0);
});
