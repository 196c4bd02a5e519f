import { measures } from '../search/measures/index.ts';
import type { Report } from './check-groups.ts';
import { listed } from './issues.ts';
import type { FieldOptions } from './schema.ts';
import type { Parts } from './sections.ts';
import { stepsOf } from './steps.ts';

/** A level that is left open needs something to choose it by. */
export function checkSearch(
  { privacy }: Parts['sections'],
  fields: ReadonlyMap<string, Partial<FieldOptions>>,
  error: Report,
): void {
  let searched = 0;
  for (const [selector, field] of fields) {
    const steps = stepsOf(selector, field);
    steps.forEach(({ step, options }, i) => {
      if (step.definition.searches?.(step.options) !== true) return;
      searched++;
      const stop = (message: string, hint = 'name the level: `level: 1`') => error(options, message, hint);
      if (field.role !== 'quasi-identifier') stop('a level is chosen for quasi-identifiers only');
      else if (privacy === undefined)
        stop('no privacy model says which level is high enough', 'add `privacy`, or name the level');
      else if (field.when !== undefined) stop('no level is chosen where a condition parts the values');
      else if (field.references !== undefined) stop('no level is chosen for values that must stand in another table');
      else if (i < steps.length - 1)
        stop('no level is chosen where another transform follows', 'put it last, or name the level');
    });
  }
  if (privacy === undefined) return;
  if (searched > 0) checkMeasure(privacy, error);
  else if (privacy.search?.recoding === 'local') {
    const hint = 'leave `level` out of `generalize: { hierarchy: NAME }`';
    error(['privacy', 'search', 'recoding'], 'no level is left open, so there is nothing to recode', hint);
  }
}

/** What cannot be chosen by a measure, or not for individuals of several records. */
function checkMeasure({ unit, search }: NonNullable<Parts['sections']['privacy']>, error: Report): void {
  const measure = measures.get(search?.measure ?? '');
  if (search === undefined || measure === undefined) return;
  const place = ['privacy', 'search', 'measure'];
  if (search.recoding === 'local') {
    if (measure.bindLocal === undefined) {
      const local = measures.all.filter(({ bindLocal }) => bindLocal !== undefined).map(({ name }) => name);
      error(
        place,
        `\`${measure.name}\` does not measure single records`,
        `for \`recoding: local\` take ${listed(local)}`,
      );
    }
  } else if (unit !== undefined && measure.ofClasses === true) {
    const others = measures.all.filter(({ ofClasses }) => ofClasses !== true).map(({ name }) => name);
    error(
      place,
      `\`${measure.name}\` counts classes of records, and an individual may have several`,
      `take ${listed(others)}`,
    );
  }
}
