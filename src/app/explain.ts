import { fail } from '../base/diagnostic.ts';
import { didYouMean } from '../base/suggest.ts';
import type { Topic, TopicKind } from './explain/definition.ts';
import { topicKinds } from './explain/index.ts';

export interface TopicGroup {
  readonly kind: TopicKind;
  readonly topics: readonly Topic[];
}

/** What is explained: the index of all groups, one group, or the topics of one name, each in its group. */
export interface Explained {
  readonly form: 'index' | 'group' | 'topic';
  readonly groups: readonly TopicGroup[];
}

/**
 * What is known about a name, exact or in other case; without one, everything by its name. One name may be several topics (`date` is a
 * hierarchy, and personal data). Throws USAGE where nothing has that name.
 */
export async function explain(name: string | undefined): Promise<Explained> {
  const all = await Promise.all(topicKinds.all.map(async (kind) => ({ kind, topics: await kind.topics() })));
  if (name === undefined) return { form: 'index', groups: all };
  for (const same of [(other: string) => other === name, (other: string) => fold(other) === fold(name)]) {
    const groups = all.flatMap(({ kind, topics }) => {
      const found = topics.filter((topic) => same(topic.name));
      return found.length > 0 ? [{ kind, topics: found }] : [];
    });
    if (groups.length > 0) return { form: 'topic', groups };
    // Groups come second: `regions` and `measures` are better explained than listed.
    const group = all.filter(({ kind }) => same(kind.name));
    if (group.length > 0) return { form: 'group', groups: group };
  }
  throw fail('USAGE', `nothing is called \`${name}\``, {
    hint: didYouMean(name, namesOf(all)) ?? '`anon explain` lists all names',
  });
}

/** All names that are explained. */
export async function explainable(): Promise<string[]> {
  return [...new Set(namesOf((await explain(undefined)).groups))];
}

function namesOf(groups: readonly TopicGroup[]): string[] {
  return groups.flatMap(({ kind, topics }) => [...topics.map((topic) => topic.name), kind.name]);
}

/** `l(diagnosis)` is asked for as well as `l(FIELD)`, and `risk.above(0.2)` as `risk.above(THRESHOLD)`. */
function fold(name: string): string {
  return name
    .toLowerCase()
    .replace(/\([0-9.]+\)$/, '(threshold)')
    .replace(/\((?!threshold\)).*\)$/, '(field)');
}
