import { beforeAll, describe, expect, it } from 'vitest';
import { recognizers } from '../../src/detect/index.ts';

beforeAll(async () => {
  for (const recognizer of recognizers.all) await recognizer.load?.();
});

const found = (name: string, text: string): string[] =>
  recognizers
    .get(name)!
    .find(text, { countries: ['JP', 'KR', 'CN'] })
    .map(({ start, end }) => text.slice(start, end));

describe('personal data beside words that are written without spaces', () => {
  it.each([
    ['email', '連絡先はada@example.orgまたは03-3828-0360です', 'ada@example.org'],
    ['email', '邮箱ada.b@mail.example.cn，手机', 'ada.b@mail.example.cn'],
    ['email', '이메일ada@example.kr로 보내세요', 'ada@example.kr'],
    ['phone', '電話は03-3828-0360です', '03-3828-0360'],
    ['phone', '고객이 010-9123-4567에서 전화함', '010-9123-4567'],
    ['date', '患者は2024-02-29に入院', '2024-02-29'],
    ['date', '生年月日は1968年5月16日です', '1968年5月16日'],
    ['card', 'カード4111111111111111は停止', '4111111111111111'],
    ['ip', 'アクセス元192.0.2.1から', '192.0.2.1'],
    ['iban', '口座DE89370400440532013000へ', 'DE89370400440532013000'],
    ['national-id', '個人番号123456789018です', '123456789018'],
    ['national-id', '身份证11010519491231002X，', '11010519491231002X'],
  ])('%s in %s', (name, text, expected) => {
    expect(found(name, text)).toEqual([expected]);
  });

  it('letters of other scripts are still of the same word', () => {
    expect(found('card', 'é4111111111111111')).toEqual([]);
    expect(found('date', 'я2024-02-29')).toEqual([]);
    expect(found('phone', 'ع03-3828-0360')).toEqual([]);
  });

  it('a URL goes on to the next space: an address may have letters of any script', () => {
    expect(found('url', 'https://example.org/東京を参照 。')).toEqual(['https://example.org/東京を参照']);
  });
});
