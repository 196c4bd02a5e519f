import { z } from 'zod';
import { transforms } from '../transforms/index.ts';
import { conditionWords } from './condition-words.ts';
import { listed, plain } from './value-words.ts';

/** What a statement says of a field. Its parameters may come from anywhere: what is not of the form that is written here is told as it is. */
interface Stated {
  readonly technique: readonly string[];
  readonly parameters: Readonly<Record<string, unknown>>;
}

export interface StepWords {
  readonly name: string;
  /** `domain patient, prefix p_`; '' where there is nothing to say. */
  readonly options: string;
}

/** The steps of a field: all of them, or those of values for which `when` is true, and of the others. */
export interface TechniqueParts {
  readonly steps: readonly StepWords[];
  readonly when: string | undefined;
  readonly otherwise: readonly StepWords[];
}

/**
 * What is done to a field in words: `tokenize (domain patient, prefix p_), then round (to 10)`, or `mask (keep-last 2) where country is US
 * or CA, else redact`. Options that say nothing are left out.
 */
export function techniqueWords(stated: Stated): string {
  const { steps, when, otherwise } = techniqueParts(stated);
  const said = (part: readonly StepWords[]) =>
    part.map(({ name, options }) => (options === '' ? name : `${name} (${options})`)).join(', then ');
  return when === undefined ? said(steps) : `${said(steps)} where ${when}, else ${said(otherwise)}`;
}

export function techniqueParts({ technique, parameters }: Stated): TechniqueParts {
  const others = z.array(z.record(z.string(), z.unknown())).safeParse(parameters.else);
  const otherwise = (others.success ? others.data : []).flatMap((step) =>
    Object.entries(step).map(([name, options]) => ({ name, options: optionWords(name, options) })),
  );
  const seen = new Map<string, number>();
  const steps = technique.slice(0, technique.length - otherwise.length).map((name) => {
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return { name, options: optionWords(name, parameters[times === 1 ? name : `${name} (again)`]) };
  });
  return { steps, when: parameters.when === undefined ? undefined : conditionWords(parameters.when), otherwise };
}

function optionWords(technique: string, options: unknown): string {
  if (!isRecord(options)) return '';
  const definition = transforms.get(technique);
  const silent = quiet.some((value) => Object.values(options).includes(value)) ? silentDefaults(definition) : undefined;
  const told = Object.entries(options).filter(([name, value]) => silent?.get(name) !== value);
  return memberWords(definition?.said?.(Object.fromEntries(told)) ?? Object.fromEntries(told));
}

/** What says nothing where it is the default: no characters kept, nothing skipped. */
const quiet: readonly unknown[] = [0, 'none'];

/** The options of a technique that say nothing by their default. */
function silentDefaults(definition: (typeof transforms.all)[number] | undefined): ReadonlyMap<string, unknown> {
  if (definition === undefined) return new Map();
  const { properties = {} } = z.toJSONSchema(definition.options, { io: 'input', unrepresentable: 'any' });
  return new Map(
    Object.entries(properties).flatMap(([name, option]) =>
      typeof option === 'object' && quiet.includes(option.default) ? [[name, option.default]] : [],
    ),
  );
}

function memberWords(members: Readonly<Record<string, unknown>>): string {
  return Object.entries(members)
    .flatMap(([key, value]) => {
      const name = key.replace(/[a-z][A-Z]/g, ([a, b]) => `${a} ${b!.toLowerCase()}`);
      if (value === null || value === undefined || value === false) return [];
      return [value === true ? name : `${name} ${valueWords(value)}`];
    })
    .join(', ');
}

function valueWords(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'none' : listed(value.map(valueWords), 'and');
  return isRecord(value) ? `(${memberWords(value)})` : plain(value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
