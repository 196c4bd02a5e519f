import { isKept, smallestClass } from '../lint/released.ts';
import { defineStandard, type Line, type StandardContext } from './definition.ts';
import { failOf, listed } from './hipaa-identifiers.ts';

const guidance = 'EMA Policy 0070, external guidance 3.1.1 and 5.4; Health Canada PRCI guidance, 6.2';
/** Largest probability of re-identification for a public release. */
const threshold = 0.09;
/** 1/11 is 0.0909…, above the threshold; it is often read as 0.09 all the same. */
const [strict, common] = [Math.ceil(1 / threshold), 11];

export const ema0070 = defineStandard({
  name: 'ema-0070',
  summary: 'EMA Policy 0070 and Health Canada PRCI: a risk of 0.09 at most, which is k of 12 (11 as it is often read).',
  source: guidance,
  lines: (context) => [risk(context), direct(context), quasi(context)],
});

function risk({ policy }: StandardContext): Line {
  const head = { id: '1', title: `risk of re-identification of ${threshold} at most`, source: guidance };
  const least = smallestClass(policy);
  if (least === 0)
    return {
      ...head,
      status: 'fail',
      why: 'no model gives classes a smallest size',
      path: policy.privacy === undefined ? [] : ['privacy', 'models'],
    };
  const figure = `classes of ${least} are a risk of ${(1 / least).toFixed(4)}`;
  const path = ['privacy', 'models'];
  if (least >= strict)
    return { ...head, status: 'pass', why: `${figure}, by the quasi-identifiers that the policy names`, path };
  const read = least === common ? `; it passes where ${threshold} is read as 1/${common}, as is common` : '';
  return { ...head, status: 'fail', why: `${figure}: k = ${strict} is needed${read}`, path };
}

function direct({ policy }: StandardContext): Line {
  const head = { id: '2', title: 'direct identifiers are removed or replaced', source: guidance };
  const shown = policy.fields.filter((rule) => rule.role === 'identifier' && isKept(rule));
  if (shown.length > 0) return failOf(head, shown, 'may be written as it is');
  const why = 'every field called an identifier is changed; whether others are identifiers, no policy shows';
  return { ...head, status: 'not-checkable', why };
}

function quasi({ policy }: StandardContext): Line {
  const head = { id: '3', title: 'all quasi-identifiers are taken into account', source: guidance };
  const named = policy.fields.filter(({ role }) => role === 'quasi-identifier');
  if (named.length === 0)
    return { ...head, status: 'fail', why: 'the policy names no quasi-identifier', path: ['fields'] };
  return {
    ...head,
    status: 'not-checkable',
    why: `the policy names ${listed(named)}; whether there are more, somebody has to judge`,
  };
}
