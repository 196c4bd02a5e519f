import { describe, expect, it } from 'vitest';
import { Failure } from '../../src/base/diagnostic.ts';
import { parsePolicy } from '../../src/policy/parse.ts';
import type { Policy } from '../../src/policy/policy.ts';

function parsed(sections: string): Policy {
  const text = `policy: anon/v1\nname: t\nversion: "1"\n${sections}\n`;
  return parsePolicy(Buffer.from(text), { file: 'policy.yaml', directory: '.' });
}

/** What is said of a policy: `line: message`. */
function problems(sections: string): readonly string[] {
  try {
    parsed(sections);
    return [];
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return error.diagnostics.map(({ message, place }) => `${place?.line}: ${message}`);
  }
}

const field = (rule: string) => `fields:\n  a: { role: sensitive, ${rule} }\n  b: { role: sensitive, transform: keep }`;
const keep = field('type: number, transform: keep');

describe('how numbers and dates are written', () => {
  it('is as the engine has them, unless the policy says otherwise', () => {
    expect(parsed(keep).input.notations).toEqual({ number: undefined, date: undefined });
    expect(parsed(`input: { decimal: "." }\n${keep}`).fields[0]!.notation).toBeUndefined();
    const { fields } = parsed(`input: { decimal: ",", thousands: ".", date-format: DD.MM.YYYY }\n${keep}`);
    expect(fields.map(({ notation }) => notation?.words)).toEqual([expect.stringContaining('1.234,5'), undefined]);
  });

  it('names two separators', () => {
    const twice = (mark: string) => `\`${mark}\` separates thousands, and decimals too`;
    expect(problems(`input: { thousands: "." }\n${keep}`)).toEqual([`4: ${twice('.')}`]);
    expect(problems(`input: { decimal: ",", thousands: "," }\n${keep}`)).toEqual([`4: ${twice(',')}`]);
    expect(problems(`input: { thousands: "," }\n${keep}`)).toEqual([]);
    // The delimiter is in quotes, then.
    expect(problems(`input: { delimiter: ",", decimal: "," }\n${keep}`)).toEqual([]);
    expect(problems(`input: { decimal: ";" }\n${keep}`)).toHaveLength(1);
    expect(problems(`input: { date-format: dd.mm.yy }\n${keep}`)).toHaveLength(1);
  });
});

describe('a field that is read as a number', () => {
  const message = (line: number, name = 'a') =>
    `${line}: \`${name}\` is read as a number, and \`input\` says how fields of type number are written`;
  const german = 'input: { decimal: "," }\n';

  it.each([
    'transform: { round: { to: 1 } }',
    'transform: { noise: { distribution: normal, scale: 1 } }',
    'transform: { microaggregate: { k: 3 } }',
    'type: string, transform: { top-bottom-code: { top: 5 } }',
    'transform: { generalize: { intervals: [0, 5] } }',
    'transform: { generalize: { hierarchy: h, level: 1 } }',
    'transform: keep, when: { field: a, less: 5 }, else: redact',
    'transform: keep, when: { any: [ { field: a, in: [x, 5] } ] }, else: { round: { to: 1 } }',
  ])('needs a type: %s', (rule) => {
    const more = '\nhierarchies: { h: { intervals: [0, 5] } }';
    expect(problems(german + field(rule) + more)).toEqual([message(6)]);
    expect(problems(field(rule) + more)).toEqual([]);
    const typed = rule.replace('type: string, ', '');
    expect(problems(german + field(`type: number, ${typed}`) + more)).toEqual([]);
  });

  it('in a condition of another one, too', () => {
    const rule = 'transform: keep, when: { field: b, greater: 5 }, else: redact';
    expect(problems(german + field(rule))).toEqual([message(6, 'b')]);
  });

  it.each([
    'transform: { generalize: { prefix: 2 } }',
    'transform: { generalize: { date: year } }',
    'transform: redact',
    'transform: keep, when: { field: a, equals: x }, else: redact',
    'type: date, transform: { top-bottom-code: { top: 2020-01-01 } }',
  ])('is none here: %s', (rule) => {
    expect(problems(german + field(rule))).toEqual([]);
  });
});
