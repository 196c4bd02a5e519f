import { derivedSteps, isGone, smallestClass, transformPath, writtenFields } from '../lint/released.ts';
import { defineStandard, type Line, type StandardContext } from './definition.ts';
import { failOf, listed } from './hipaa-identifiers.ts';

const opinion = 'Article 29 Working Party, Opinion 05/2014 (WP216)';

export const gdprWp216 = defineStandard({
  name: 'gdpr-wp216',
  summary: 'The three criteria of anonymization: singling out, linkability, inference.',
  source: opinion,
  lines: (context) => [singlingOut(context), linkability(context), inference(context)],
});

function singlingOut({ policy }: StandardContext): Line {
  const head = { id: '1', title: 'singling out', source: `${opinion}, 2.2.2 and 3.2.1` };
  const derived = policy.fields.filter((rule) => derivedSteps(rule).length > 0);
  if (derived.length > 0) return failOf(head, derived, 'has pseudonyms: a person is singled out by them (4)');
  const least = smallestClass(policy);
  if (least === 0)
    return {
      ...head,
      status: 'fail',
      why: 'no model asks that somebody shares a class with others',
      path: ['privacy'],
    };
  const others = writtenFields(policy).filter(({ role }) => role !== 'quasi-identifier');
  if (others.length === 0 && policy.unlisted !== 'keep') {
    return { ...head, status: 'pass', why: `whatever is written is shared by ${least} individuals at least` };
  }
  const why = `classes have ${least} individuals at least by the quasi-identifiers; ${listed(others)} may single somebody out within one`;
  return { ...head, status: 'not-checkable', why, ...(others.length === 0 ? {} : { path: transformPath(others[0]!) }) };
}

function linkability({ policy }: StandardContext): Line {
  const head = { id: '2', title: 'linkability', source: `${opinion}, 2.2.2 and 3.2.1` };
  const derived = policy.fields.filter((rule) => derivedSteps(rule).length > 0);
  if (derived.length > 0) return failOf(head, derived, 'has pseudonyms: records of one person are linked by them');
  const why =
    'no field has a pseudonym; k-anonymity leaves linking by what else is written (3.2.1), which depends on other data';
  return { ...head, status: 'not-checkable', why };
}

function inference({ policy }: StandardContext): Line {
  const head = { id: '3', title: 'inference', source: `${opinion}, 2.2.2 and 3.2.2` };
  const sensitive = policy.fields.filter((rule) => rule.role === 'sensitive' && !isGone(rule));
  const looked = new Set(
    (policy.privacy?.models ?? []).flatMap(({ definition, options }) =>
      (definition.sensitive?.(options) ?? []).map(({ field }) => field),
    ),
  );
  const open = sensitive.filter(({ selector }) => !looked.has(selector));
  if (open.length > 0)
    return failOf(head, open, 'is sensitive, and no model keeps its values from being inferred in a class');
  const why =
    sensitive.length === 0
      ? 'no field that is written is called sensitive; what may be inferred from the others, no policy shows'
      : `a model looks at ${listed(sensitive)}; l-diversity and t-closeness lessen inference, and do not rule it out (3.2.2)`;
  return { ...head, status: 'not-checkable', why };
}
