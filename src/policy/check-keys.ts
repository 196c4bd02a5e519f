import { didYouMean } from '../base/suggest.ts';
import type { Report } from './check-groups.ts';
import { hierarchiesOfModels } from './check-models.ts';
import { listed } from './issues.ts';
import { stepsOf } from './steps.ts';
import type { View } from './views.ts';

export const singular = { keys: 'key', domains: 'domain', hierarchies: 'hierarchy', fields: 'field' };

/** Keys that are named but not there. What stands in the place of a key's name is not repeated: it may be the key. */
export function checkKeys({ sections, entries, written }: View, error: Report): void {
  const { keys } = entries;
  const names = [...keys].filter(([, reference]) => Object.keys(reference).length > 0).map(([name]) => name);
  const known =
    names.length > 0
      ? `\`keys\` holds ${listed(names)}`
      : keys.size > 0
        ? 'correct `keys` first'
        : 'add `keys: { NAME: { file: PATH } }`';
  for (const [name, { key, scope }] of entries.domains) {
    if (key !== undefined && !keys.has(key)) {
      const message = `domain \`${name}\` names a key that is not under \`keys\``;
      error(['domains', name, 'key'], message, didYouMean(key, names) ?? known);
    }
    if (scope === 'licensee' && !written.includes('license')) {
      const hint = 'add `license` with `licensee: { id: …, name: … }`, or give the domain `scope: global`';
      error(['domains', name, 'scope'], `domain \`${name}\` is kept to the licensee, but none is named`, hint);
    }
  }
  const { reproducible = false } = sections;
  if (reproducible === true && keys.size !== 1) {
    const message = `\`reproducible: true\` takes the only key, but \`keys\` holds ${keys.size || 'none'}`;
    error(['reproducible'], message, 'write `reproducible: { key: NAME }` with a name under `keys`');
  } else if (typeof reproducible === 'object' && reproducible.key !== undefined && !keys.has(reproducible.key)) {
    const message = '`reproducible` names a key that is not under `keys`';
    error(['reproducible', 'key'], message, didYouMean(reproducible.key, names) ?? known);
  }
}

/** Keys, domains and hierarchies that no table uses. */
export function checkUse(views: readonly View[], warn: Report): void {
  const { sections, entries } = views[0]!;
  const used = { keys: new Set<string>(), domains: new Set<string>(), hierarchies: new Set<string>() };
  for (const { key } of entries.domains.values()) if (key !== undefined) used.keys.add(key);
  const { reproducible = false } = sections;
  if (reproducible === true) for (const key of entries.keys.keys()) used.keys.add(key);
  else if (reproducible && reproducible.key !== undefined) used.keys.add(reproducible.key);
  const fields = views.flatMap((view) => [...view.entries.fields]);
  for (const { step } of fields.flatMap((field) => stepsOf(...field))) {
    for (const { section, name } of step.definition.references?.(step.options) ?? []) {
      if (section !== 'fields') used[section].add(name);
    }
  }
  for (const { sections } of views) {
    for (const name of hierarchiesOfModels(sections.privacy?.models ?? [])) used.hierarchies.add(name);
  }
  for (const section of ['keys', 'domains', 'hierarchies'] as const) {
    for (const name of [...entries[section].keys()].filter((candidate) => !used[section].has(candidate))) {
      warn([section, name], `${singular[section]} \`${name}\` is never used`, 'leave it out', 'key');
    }
  }
}
