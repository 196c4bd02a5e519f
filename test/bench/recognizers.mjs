// Measures what `anon init` takes fields for, and what `redact-text` finds, on labelled data. Run it on a built tree:
//
//   node test/bench/recognizers.mjs [--misses] [--held-out]
//
// Half of the locales are held out: their misses and false alarms are shown by --held-out only. Each figure is a share in per cent: of the
// columns that hold such data those that are recognized, and behind the stroke of those recognized so those that hold it.

import { parseArgs } from 'node:util';
import { recognizers } from '../../dist/detect/index.js';
import { loadDictionary } from '../../dist/profile/dictionary.js';
import { draftPolicy, standards } from '../../dist/profile/draft/index.js';
import { FieldCollector } from '../../dist/profile/field.js';
import { fieldNameOf } from '../../dist/profile/field-name.js';
import { loadRecognition } from '../../dist/profile/recognize.js';
import { labelledColumns, sorts } from './labelled/columns.mjs';
import { labelledTexts } from './labelled/texts.mjs';
import { printTable } from './table.mjs';

const { values: options } = parseArgs({
  options: { misses: { type: 'boolean', default: false }, 'held-out': { type: 'boolean', default: false } },
});

/** Transforms that leave a value as it is, or near to it. */
const shows = /^keep|^\{ (?:noise|round|top-bottom-code)/;

const variants = ['English', 'own', 'neutral'];
const sides = ['tuned', 'held out'];
const dictionary = await loadDictionary(true);
await loadRecognition();
for (const recognizer of recognizers.all) await recognizer.load?.();

const began = performance.now();
const judged = judge(labelledColumns());
printColumns(judged);
printTexts();
console.log(`${judged.length} columns in ${((performance.now() - began) / 1000).toFixed(1)} s`);
if (judged.some(({ isKept }) => isKept)) process.exitCode = 1;

/** What drafts of every standard make of each column. */
function judge(columns) {
  const fields = columns.map(({ header, values }, i) => {
    const collector = new FieldCollector();
    for (const value of values) collector.add(value);
    const name = fieldNameOf(header, false, 'data');
    return collector.profile({ selector: `${i}`, name, repeated: false, dataKeys: 0, mixed: false });
  });
  const table = {
    name: 'data',
    format: 'csv',
    form: [],
    paths: false,
    records: columns[0].values.length,
    whole: true,
    fields,
  };
  const drafts = standards.all.map((standard) => {
    const request = { tables: [table], standard, dictionary, name: 'bench', year: 2026, keyCommand: '' };
    return draftPolicy(request).tables[0].fields;
  });
  return columns.map((column, i) => {
    const { kind } = drafts[0][i];
    const keeps = standards.all.filter((_, s) => shows.test(drafts[s][i].proposal.transform)).map(({ name }) => name);
    return { ...column, kind, keeps, isRight: column.right.includes(kind), isKept: column.secret && keeps.length > 0 };
  });
}

function printColumns(all) {
  const groups = variants.flatMap((variant) => sides.map((side) => ({ variant, side })));
  const of = ({ variant, side }) => all.filter((c) => c.variant === variant && c.side === side);
  const cell = (sort, group) => {
    const here = of(group);
    const own = here.filter((c) => c.sort === sort);
    const right = new Set(own.flatMap((c) => c.right));
    const said = here.filter((c) => right.has(c.kind));
    return `${share(own, (c) => c.isRight)} / ${share(said, (c) => c.right.includes(c.kind))}`;
  };
  const kept = (sort) => String(all.filter((c) => c.sort === sort && c.isKept).length);
  const personal = (c) => c.sort !== undefined;
  const nothing = (group) => of(group).filter((c) => !personal(c));
  printTable(
    ['recall / precision in %', ...groups.map(({ variant, side }) => `${variant}, ${side}`), 'kept'],
    [
      ...sorts.map((sort) => [sort, ...groups.map((group) => cell(sort, group)), kept(sort)]),
      [
        'all personal data',
        ...groups.map((group) => share(of(group).filter(personal), (c) => c.isRight)),
        String(all.filter((c) => c.isKept).length),
      ],
      ['nothing personal: false alarms', ...groups.map((group) => share(nothing(group), isFalseAlarm)), ''],
    ],
  );
  if (!options.misses) return;
  const shown = all.filter(({ side }) => (side === 'held out') === options['held-out']);
  for (const { variant, sort, locale, header, kind, isRight, keeps, isKept, values } of shown) {
    const alarm = sort === undefined && kind !== undefined && !isRight;
    if (!alarm && (sort === undefined || isRight) && !isKept) continue;
    console.log(
      [variant, sort ?? '-', locale ?? '', header, kind ?? '?', isKept ? `KEPT ${keeps}` : '', values[0]].join(' | '),
    );
  }
}

function isFalseAlarm({ kind, isRight }) {
  return kind !== undefined && !isRight;
}

/** A span is found when all of it is covered; a match is right when it touches one. */
function printTexts() {
  const counts = new Map();
  for (const { side, country, text, spans } of labelledTexts()) {
    for (const [mode, countries] of [
      ['as it is', undefined],
      ['with `countries`', [country]],
    ]) {
      const found = recognizers.all.flatMap((recognizer) => recognizer.find(text, { countries }));
      const at = (key) => counts.get(key) ?? counts.set(key, { spans: 0, found: 0, matches: 0, right: 0 }).get(key);
      for (const { sort, start, end } of spans) {
        const covered = isCovered(start, end, found);
        if (!covered && options.misses && (side === 'held out') === options['held-out']) {
          console.log(['text', mode, sort, text.slice(start, end)].join(' | '));
        }
        for (const key of [`${sort} ${mode} ${side}`, `all ${mode} ${side}`]) {
          at(key).spans++;
          if (covered) at(key).found++;
        }
      }
      for (const match of found) {
        const all = at(`all ${mode} ${side}`);
        all.matches++;
        if (spans.some(({ start, end }) => match.start < end && match.end > start)) all.right++;
        else if (options.misses && (side === 'held out') === options['held-out']) {
          console.log(['text', mode, 'FALSE', text.slice(match.start, match.end), text].join(' | '));
        }
      }
    }
  }
  const groups = ['as it is', 'with `countries`'].flatMap((mode) => sides.map((side) => `${mode} ${side}`));
  const rows = [...new Set([...counts.keys()].map((key) => key.replace(/ (?:as it is|with `countries`) .*$/, '')))];
  const percent = (part, whole) => (whole === 0 ? '-' : String(Math.floor((100 * part) / whole)));
  printTable(
    ['spans in texts, recall in %', ...groups],
    [
      ...rows.sort().map((row) => [
        row,
        ...groups.map((group) => {
          const { found = 0, spans = 0 } = counts.get(`${row} ${group}`) ?? {};
          return percent(found, spans);
        }),
      ]),
      [
        'precision',
        ...groups.map((group) => percent(counts.get(`all ${group}`).right, counts.get(`all ${group}`).matches)),
      ],
    ],
  );
}

function isCovered(start, end, found) {
  for (let at = start; at < end; at++) if (!found.some((match) => match.start <= at && at < match.end)) return false;
  return true;
}

/** In whole per cent, rounded down: 100 is all. */
function share(list, is) {
  return list.length === 0 ? '-' : String(Math.floor((100 * list.filter(is).length) / list.length));
}
