import type { TableForm } from '../app/table-form.ts';
import { type Invocation, type OptionDefinition, optionText } from './definition.ts';

/** What a command asks about how data is written: `prefix` tells it from other files of the command, such as `data-`. */
export function formOptions(prefix: '' | 'data-'): readonly OptionDefinition[] {
  const of = prefix === '' ? '' : ' of the data';
  return [
    { flags: '--format <name>', summary: 'format of the data, when its name does not tell' },
    { flags: `--${prefix}delimiter <character>`, summary: `what stands between the columns${of}` },
    { flags: `--${prefix}encoding <name>`, summary: `encoding${of}: utf-8, utf-16, latin1, …` },
    {
      flags: `--${prefix}header <columns>`,
      summary: `names of the columns${of}, with commas, where no line of it has them`,
    },
    { flags: `--${prefix}decimal <character>`, summary: `decimal separator of numbers${of}: . or ,` },
    { flags: `--${prefix}thousands <character>`, summary: `what may stand between thousands${of}: . , ' or a space` },
    { flags: `--${prefix}date-format <format>`, summary: `how dates${of} are written: DD.MM.YYYY, MM/DD/YYYY, …` },
  ];
}

/** What was said. `\\t` is a tab. */
export function formOf(invocation: Invocation, prefix: '' | 'data-'): TableForm {
  const text = (name: string) =>
    optionText(invocation, prefix === '' ? name : `data${name[0]!.toUpperCase()}${name.slice(1)}`);
  return {
    format: optionText(invocation, 'format'),
    delimiter: text('delimiter')?.replace(/^\\t$/, '\t'),
    encoding: text('encoding'),
    header: text('header'),
    decimal: text('decimal'),
    thousands: text('thousands'),
    dateFormat: text('dateFormat'),
  };
}
