import { derivedSteps, isKept } from '../lint/released.ts';
import { defineStandard, type Line, type StandardContext } from './definition.ts';
import { failOf } from './hipaa-identifiers.ts';

const section = 'Cal. Civ. Code 1798.140(m)';

export const ccpaDeidentified = defineStandard({
  name: 'ccpa-deidentified',
  summary: 'Deidentified information under the California Consumer Privacy Act.',
  source: section,
  lines: (context) => [
    linked(context),
    {
      id: '(1)',
      title: 'reasonable measures against association with a consumer',
      status: 'not-checkable',
      why: 'what the business does with the data is not in the policy',
      source: `${section}(1)`,
    },
    {
      id: '(2)',
      title: 'a public commitment not to reidentify',
      status: 'not-checkable',
      why: 'what the business has said in public is not in the policy',
      source: `${section}(2)`,
    },
    obligation(context),
  ],
});

function linked({ policy }: StandardContext): Line {
  const head = { id: '(m)', title: 'not reasonably linked to a consumer', source: section };
  const shown = policy.fields.filter(
    (rule) => rule.role === 'identifier' && (isKept(rule) || derivedSteps(rule).length > 0),
  );
  if (shown.length > 0) return failOf(head, shown, 'identifies a consumer to whoever has the value or the key');
  if (policy.unlisted === 'keep') {
    return {
      ...head,
      status: 'fail',
      why: 'fields that the policy does not name are written',
      path: ['defaults', 'unlisted'],
    };
  }
  return {
    ...head,
    status: 'not-checkable',
    why: 'no field called an identifier is left or has a pseudonym; what is reasonable, no policy shows',
  };
}

function obligation({ policy }: StandardContext): Line {
  const head = { id: '(3)', title: 'recipients are bound by contract', source: `${section}(3)` };
  const forbids = (policy.license?.prohibitions as readonly unknown[] | undefined)?.includes('reidentify') ?? false;
  if (!forbids)
    return {
      ...head,
      status: 'fail',
      why: 'no license of the policy forbids re-identification',
      path: policy.license === undefined ? [] : ['license'],
    };
  return {
    ...head,
    status: 'not-checkable',
    why: 'the license forbids re-identification; whether it binds the recipient by contract, no policy shows',
    path: ['license', 'prohibitions'],
  };
}
