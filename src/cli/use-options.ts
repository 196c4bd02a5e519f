import { type Invocation, type OptionDefinition, optionList, optionText } from './definition.ts';

/** What may be stated of a use. */
export const statedUse: readonly OptionDefinition[] = [
  { flags: '--organization <id>', summary: 'who uses the data' },
  { flags: '--user <id>', summary: 'the person who uses it' },
  { flags: '--purpose <name>', summary: 'for what, a purpose of the W3C Data Privacy Vocabulary' },
  { flags: '--region <code>', summary: 'where, an ISO 3166-1 alpha-2 country code' },
  { flags: '--project <id>', summary: 'in which project' },
  { flags: '--action <name>', summary: 'what is done with it; default: use' },
  {
    flags: '--safeguard <name>',
    summary: 'a safeguard that is in place; may be given several times',
    repeatable: true,
  },
];

/** The same for all commands that ask a license. */
export const useOptions: readonly OptionDefinition[] = [
  ...statedUse,
  { flags: '--context <file>', summary: 'the stated use as a JSON file, in place of these flags' },
];

/** What these options say; undefined members were not said. */
export function readUse(invocation: Invocation): {
  readonly context: string | undefined;
  readonly use: Readonly<Record<string, unknown>>;
} {
  const safeguards = optionList(invocation, 'safeguard');
  return {
    context: optionText(invocation, 'context'),
    use: {
      organization: optionText(invocation, 'organization'),
      user: optionText(invocation, 'user'),
      purpose: optionText(invocation, 'purpose'),
      region: optionText(invocation, 'region'),
      project: optionText(invocation, 'project'),
      action: optionText(invocation, 'action'),
      safeguards: safeguards.length > 0 ? safeguards : undefined,
    },
  };
}
