import { formatInstant, parseDay } from '../base/time.ts';
import { constraints } from './constraints/index.ts';
import type { Validity } from './definition.ts';
import { narrowTerms, type SomeTerms, type TermPath, widening } from './narrow.ts';
import { dayAfter, type LicenseOptions } from './options.ts';
import { laxerRelease, narrowRelease, type ReleaseTerms } from './release-options.ts';
import type { Template } from './templates.ts';
import { type Terms, termsSchema } from './terms.ts';

/** What the policy's `license` section says, in the words of the license statement. */
export interface LicenseTerms extends ReleaseTerms, Validity {
  readonly title?: string;
  readonly licensor: LicenseOptions['licensor'];
  readonly terms: Terms;
}

/** Something wrong with a license section, at a path within it. */
export interface TermsProblem {
  readonly path: TermPath;
  readonly message: string;
  readonly hint: string;
}

/**
 * The terms of a license section and the templates that it uses, which only ever narrow each other. Throws an Error when
 * `templateProblems` finds something wrong with them.
 */
export function termsFrom(options: LicenseOptions, templates: readonly Template[] = []): LicenseTerms {
  const { title, licensor, use = [] } = options;
  if (use.length !== templates.length) throw new Error('the templates of the license were not read');
  const validity = validityOf(options);
  const own = memberTerms(options, validity);
  const { terms, conflicts } =
    templates.length === 0 ? { terms: own, conflicts: [] } : narrowTerms(composed(templates, validity).terms, own);
  if (conflicts.length > 0) throw new Error('the templates of the license exclude each other');
  return {
    ...(title === undefined ? {} : { title }),
    licensor,
    terms: termsSchema.parse({ ...terms, permissions: terms.permissions ?? ['use'] }),
    ...validity,
    ...narrowRelease([...templates.map((template) => template.options), options]),
  };
}

/** Templates that exclude each other, and words of the section that would allow more than its templates. */
export function templateProblems(options: LicenseOptions, templates: readonly Template[]): TermsProblem[] {
  if (templates.length === 0) return [];
  const validity = validityOf(options);
  const { terms, problems } = composed(templates, validity);
  if (problems.length > 0) return problems;
  const own = memberTerms(options, validity);
  const release = narrowRelease(templates.map((template) => template.options));
  const told = [
    ...widening(own, terms),
    ...laxerRelease({ ...release, ...narrowRelease([options]) }, release)
      .filter((path) => options[path.split('.')[0] as 'approvals' | 'status'] !== undefined)
      .map((path) => [path.split('.')[0]!]),
  ];
  const found = told.map((path): TermsProblem => {
    const by = templates.filter((template) =>
      widening(own, memberTerms(template.options, validity)).some((other) => other.join() === path.join()),
    );
    const names = (by.length > 0 ? by : templates).map(({ name }) => `\`${name}\``).join(' and ');
    return {
      path,
      message: `this allows what ${names} ${by.length === 1 ? 'does' : 'do'} not`,
      hint: 'beside templates a license only narrows: say less, or use another template',
    };
  });
  if (found.length > 0) return found;
  return narrowTerms(terms, own).conflicts.map(({ conflict, detail }) => ({
    path: conflict.split('.').slice(0, 1),
    message: `this and the templates leave nothing: ${detail}`,
    hint: 'use another template, or leave the term out',
  }));
}

/** What all templates say together, each problem at the template that does not go with those before it. */
function composed(
  templates: readonly Template[],
  validity: Validity,
): { readonly terms: SomeTerms; readonly problems: TermsProblem[] } {
  const problems: TermsProblem[] = [];
  let terms: SomeTerms = {};
  templates.forEach(({ name, options }, i) => {
    const narrowed = narrowTerms(terms, memberTerms(options, validity));
    terms = narrowed.terms;
    for (const { conflict, detail } of narrowed.conflicts) {
      problems.push({
        path: ['use', i],
        message: `\`${name}\` and what stands before it exclude each other: ${conflict}: ${detail}`,
        hint: 'leave one of them out',
      });
    }
  });
  return { terms, problems };
}

function memberTerms(options: Partial<LicenseOptions> | Template['options'], validity: Validity): SomeTerms {
  return Object.assign({}, ...constraints.all.map((constraint) => constraint.fromOptions(options, validity)));
}

function validityOf({ valid }: LicenseOptions): Validity {
  // `until` includes its day.
  return { notBefore: formatInstant(parseDay(valid.from)!), notAfter: formatInstant(dayAfter(valid.until)!) };
}
