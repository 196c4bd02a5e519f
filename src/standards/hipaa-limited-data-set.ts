import { isGone, opennessOf } from '../lint/released.ts';
import { defineStandard, type Line, type StandardContext } from './definition.ts';
import { failOf, type Head, identifierLine, identifiers, restOf } from './hipaa-identifiers.ts';
import { isStreet } from './hipaa-places.ts';

const section = '45 CFR 164.514(e)(2)';
/** The direct identifiers of (e)(2) but the postal address, in its order: dates, towns, ZIP codes and other codes may stay. */
const direct = ['A', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M', 'N', 'O', 'P', 'Q'] as const;
const roman = 'i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi'.split(' ');

export const hipaaLimitedDataSet = defineStandard({
  name: 'hipaa-limited-data-set',
  summary: 'HIPAA limited data set: the 16 direct identifiers, and the data use agreement.',
  source: '45 CFR 164.514(e)',
  lines(context) {
    const of = (i: number, title: string): Head => ({ id: `(${roman[i]})`, title, source: `${section}(${roman[i]})` });
    const lines = direct.map((letter, i) => {
      const identifier = identifiers[letter];
      return identifierLine(of(i === 0 ? 0 : i + 1, identifier.title), identifier, context);
    });
    const [names, ...others] = lines;
    return [
      names!,
      addressLine(of(1, 'postal addresses but town, state and ZIP code'), context),
      ...others,
      agreement(context),
    ];
  },
});

function addressLine(head: Head, context: StandardContext): Line {
  const shown = context.policy.fields.filter(
    (rule) => !isGone(rule) && isStreet(rule) && opennessOf(rule) !== 'closed',
  );
  if (shown.length > 0) return failOf(head, shown, 'may show an address');
  return restOf(head, context, false, 'no field that is written is named as an address');
}

/** 164.514(e)(4)(ii)(C)(5): the recipient must not identify the information or contact the individuals. */
function agreement({ policy }: StandardContext): Line {
  const head: Head = { id: '(4)', title: 'a data use agreement', source: '45 CFR 164.514(e)(4)' };
  const forbids = (policy.license?.prohibitions as readonly unknown[] | undefined)?.includes('reidentify') ?? false;
  if (!forbids) {
    const why = 'no license of the policy forbids re-identification, as the agreement has to';
    return { ...head, status: 'fail', why, path: policy.license === undefined ? [] : ['license'] };
  }
  return {
    ...head,
    status: 'not-checkable',
    why: 'the license forbids re-identification; whether the recipient has agreed, no policy shows',
    path: ['license', 'prohibitions'],
  };
}
