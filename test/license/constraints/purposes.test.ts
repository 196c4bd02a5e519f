import { expect, test } from 'vitest';
import { refusals } from '../fixtures.ts';

test.each([
  [['AcademicResearch'], 'AcademicResearch', []],
  [['ResearchAndDevelopment'], 'AcademicResearch', []],
  [['Marketing', 'ResearchAndDevelopment'], 'AcademicResearch', []],
  [['AcademicResearch'], 'ResearchAndDevelopment', ['purposes TERMS']],
  [['AcademicResearch'], 'CommercialResearch', ['purposes TERMS']],
  [['AcademicResearch'], undefined, ['purposes TERMS']],
] as const)('licensed for %j, used for %s: %j', (purposes, purpose, expected) => {
  expect(refusals({ purposes: [...purposes] }, { purpose })).toEqual(expected);
});

test('a license without purposes asks for none', () => {
  expect(refusals({}, {})).toEqual([]);
  expect(refusals({}, { purpose: 'Marketing' })).toEqual([]);
});
