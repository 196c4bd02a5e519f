import { derivedSteps } from '../lint/released.ts';
import { defineStandard, type Line, type StandardContext } from './definition.ts';
import { dateLine } from './hipaa-dates.ts';
import { failOf, type Head, identifierLine, identifiers } from './hipaa-identifiers.ts';
import { placeLine } from './hipaa-places.ts';

const section = '45 CFR 164.514(b)(2)';

export const hipaaSafeHarbor = defineStandard({
  name: 'hipaa-safe-harbor',
  summary: 'HIPAA Safe Harbor: the 18 identifiers, derived codes, and actual knowledge.',
  source: `${section} and (c)`,
  lines(context) {
    const of = (letter: string, title: string): Head => ({
      id: `(${letter})`,
      title,
      source: `${section}(i)(${letter})`,
    });
    const listedLines = Object.entries(identifiers).map(([letter, identifier]) =>
      identifierLine(of(letter, identifier.title), identifier, context),
    );
    const [names, ...others] = listedLines;
    return [
      names!,
      placeLine(of('B', 'places smaller than a state'), context),
      dateLine(of('C', 'dates but the year, and ages over 89'), context),
      ...others,
      uniqueLine(of('R', 'any other unique number, characteristic or code'), context),
      codeLine(context),
      {
        id: '(ii)',
        title: 'no actual knowledge that somebody could be identified',
        status: 'not-checkable',
        why: 'it is about what you know, and no policy shows that: look at the rare values',
        source: `${section}(ii)`,
      },
    ];
  },
});

/** Fewer values may differ by chance. */
const fewest = 20;

function uniqueLine(head: Head, { policy, data }: StandardContext): Line {
  if (policy.unlisted === 'keep') {
    return {
      ...head,
      status: 'fail',
      why: 'fields that the policy does not name are written',
      path: ['defaults', 'unlisted'],
    };
  }
  const unique = (data?.fields ?? []).filter(
    ({ searched, values, distinct }) => searched > 0 && values >= fewest && distinct === values,
  );
  if (unique.length > 0) {
    const rules = unique.map(({ rule }) => rule);
    return failOf(head, rules, 'is released as it is, and has another value in every record');
  }
  const why = 'whether a value is one person’s alone is not a matter of the policy';
  return { ...head, status: 'not-checkable', why };
}

/** 164.514(c)(1): a code must not be derived from information about the individual. */
function codeLine({ policy }: StandardContext): Line {
  const head: Head = {
    id: '(c)',
    title: 'codes that are not derived from the individual',
    source: '45 CFR 164.514(c)(1)',
  };
  const derived = policy.fields.filter((rule) => derivedSteps(rule).length > 0);
  if (derived.length === 0) return { ...head, status: 'pass', why: 'no field is given a code by a key' };
  const hint = 'made from a value by a key: `tokenize: { random: true }` makes codes that are not';
  return failOf(head, derived, `${derived.length === 1 ? 'is' : 'are'} ${hint}`);
}
