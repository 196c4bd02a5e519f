import { visible } from '../markdown.ts';

const source = Symbol('html');

/** Markup. No text from outside can pass for it: only this module makes it. */
export interface Html {
  readonly [source]: string;
}

export type Part = Html | string | number | readonly Part[];

/**
 * Markup from a template: strings and numbers are text, in which nothing can begin a tag, leave an attribute in double quotes, or
 * turn the reading direction.
 */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return markup(strings.map((string, i) => string + (i < parts.length ? written(parts[i]!) : '')).join(''));
}

/** Markup that was made elsewhere, from parts that were escaped there. */
export function markup(text: string): Html {
  return { [source]: text };
}

export function textOf(part: Html): string {
  return part[source];
}

/** A name from the data or the policy: its reading direction stays its own. */
export function nameOf(name: string): Html {
  return html`<bdi class="name">${name === '' ? '""' : name}</bdi>`;
}

function written(part: Part): string {
  if (typeof part === 'string') return visible(part).replace(/[&<>"']/g, (c) => entities[c]!);
  if (typeof part === 'number') return String(part);
  return isList(part) ? part.map(written).join('') : part[source];
}

function isList(part: Html | readonly Part[]): part is readonly Part[] {
  return Array.isArray(part);
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
