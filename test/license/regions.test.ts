import { describe, expect, test } from 'vitest';
import { countries } from '../../src/base/countries.ts';
import { country, region, regionTitle, regionWithin } from '../../src/license/regions.ts';

const members = (group: string) => Object.keys(countries).filter((code) => regionWithin(code, [group]));

test('ISO 3166-1 has 249 countries, the EU 27 members and the EEA three more', () => {
  expect(Object.keys(countries)).toHaveLength(249);
  expect(members('EU')).toHaveLength(27);
  expect(members('EEA').filter((code) => !members('EU').includes(code))).toEqual(['IS', 'LI', 'NO']);
});

describe('regionWithin', () => {
  test.each([
    ['GB', ['GB'], true],
    ['DE', ['GB', 'EEA'], true],
    ['NO', ['EEA'], true],
    ['NO', ['EU'], false],
    ['GB', ['EEA'], false],
    ['CH', ['EEA'], false],
    // Part of the EU in law, but with a code of its own.
    ['RE', ['EU'], false],
    ['RE', ['EU', 'RE'], true],
    ['de', ['DE'], false],
    ['DE ', ['DE'], false],
    ['UK', ['UK'], false],
    ['EU', ['EU'], false],
    ['constructor', ['constructor'], false],
    ['DE', ['constructor'], false],
    ['DE', [], false],
  ])('%s in %j: %s', (code, regions, within) => {
    expect(regionWithin(code, regions)).toBe(within);
  });
});

describe('the schemas', () => {
  test('a license names countries and groups, a use one country', () => {
    expect(region.safeParse('EEA').success).toBe(true);
    expect(region.safeParse('DE').success).toBe(true);
    expect(country.safeParse('DE').success).toBe(true);
    expect(country.safeParse('EEA').success).toBe(false);
  });

  test.each([
    ['gb', 'GB'],
    ['UK', 'GB'],
    ['EL', 'GR'],
    ['germany', 'DE'],
  ])('%s: did you mean %s?', (input, meant) => {
    expect(region.safeParse(input).error?.issues[0]?.message).toContain(`did you mean \`${meant}\`?`);
  });

  test('another code is not guessed from two letters', () => {
    expect(region.safeParse('XQ').error?.issues[0]?.message).not.toContain('did you mean');
    expect(country.safeParse('EU').error?.issues[0]?.message).not.toContain('did you mean');
  });
});

test('titles', () => {
  expect(regionTitle('EEA')).toBe('EEA (European Economic Area)');
  expect(regionTitle('BO')).toBe('BO (Bolivia, Plurinational State of)');
});
