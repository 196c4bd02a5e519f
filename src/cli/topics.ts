import type { Topic, TopicKind, TopicOption } from '../app/explain/definition.ts';
import type { Explained, TopicGroup } from '../app/explain.ts';
import { asciiJson } from './json.ts';
import { wrap } from './wrap.ts';

/** What was asked for, for people, in lines of at most `width` characters where words allow it. */
export function renderExplained({ form, groups }: Explained, width: number): string {
  const lines =
    form === 'index'
      ? indexLines(groups, width)
      : form === 'group'
        ? groups.flatMap((group) => groupLines(group, width))
        : groups
            .flatMap(({ kind, topics }) => topics.map((topic) => topicLines(topic, kind, width)))
            .flatMap((topic, i) => (i === 0 ? topic : ['', ...topic]));
  return `${lines.join('\n')}\n`;
}

/** The same for programs: groups with names and summaries, or topics with all there is. */
export function explainedJson({ form, groups }: Explained): string {
  const content =
    form === 'topic'
      ? { topics: groups.flatMap(({ kind, topics }) => topics.map((topic) => topicJson(topic, kind))) }
      : {
          groups: groups.map(({ kind: { name, summary }, topics }) => ({
            name,
            summary,
            topics: topics.map((topic) => ({ name: topic.name, summary: topic.summary })),
          })),
        };
  return asciiJson(content);
}

function topicJson({ name, summary, options = [], examples = [], facts = [] }: Topic, kind: TopicKind): object {
  return {
    kind: kind.one,
    name,
    summary,
    options: options.map((option) => ({
      name: option.name,
      type: option.type,
      required: option.required,
      default: option.default ?? null,
      does: option.does,
      words: option.words ?? null,
    })),
    examples: examples.map(({ written, gives = null }) => ({ written, gives })),
    facts: Object.fromEntries(facts),
  };
}

function indexLines(groups: readonly TopicGroup[], width: number): string[] {
  return [
    ...groups.flatMap(({ kind, topics }) => [
      ...wrap(`${kind.name}: ${kind.summary}`, width),
      ...wrap(topics.map(({ name }) => name).join(', '), width, '  '),
      '',
    ]),
    ...wrap('`anon explain NAME` says more about each, `anon explain GROUP` a sentence about each of a group.', width),
  ];
}

function groupLines({ kind, topics }: TopicGroup, width: number): string[] {
  const names = Math.min(24, Math.max(...topics.map(({ name }) => name.length)) + 2);
  const indent = ' '.repeat(names + 2);
  return [
    ...wrap(`${kind.name}: ${kind.summary}`, width),
    ...topics.flatMap(({ name, summary }) =>
      name.length < names ? wrap(summary, width, indent, `  ${name}`) : [`  ${name}`, ...wrap(summary, width, indent)],
    ),
  ];
}

function topicLines({ name, summary, options = [], examples = [], facts = [] }: Topic, kind: TopicKind, width: number) {
  return [
    ...wrap(`${name} (${kind.one})`, width),
    ...wrap(summary, width, '  '),
    ...(options.length === 0 ? [] : ['', 'options']),
    ...options.flatMap((option) => optionLines(option, width)),
    ...(examples.length === 0 ? [] : ['', 'examples']),
    ...examples.flatMap(({ written, gives }) => [
      ...wrap(written, width, '      ', '  '.padEnd(2)).map((line, i) => (i === 0 ? `  ${line.trimStart()}` : line)),
      ...(gives === undefined ? [] : wrap(gives, width, '      ')),
    ]),
    ...(facts.length === 0 ? [] : ['']),
    ...facts.flatMap(([label, text]) =>
      wrap(`${label}: ${text}`, width, '  ').map((line, i) => (i === 0 ? line.slice(2) : line)),
    ),
  ];
}

function optionLines({ name, type, required, default: preset, does, words = [] }: TopicOption, width: number) {
  const rule = required ? ', required' : preset === undefined ? '' : `, default ${preset}`;
  return [
    ...wrap(`${name}: ${type}${rule}`, width, '  '),
    ...wrap(does, width, '      '),
    ...(words.length === 0 ? [] : wrap(`one of ${words.join(', ')}`, width, '      ')),
  ];
}
