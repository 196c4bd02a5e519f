import { type Html, html, type Part, textOf } from './html.ts';
import { style } from './style.ts';

export interface Section {
  /** Unique on the page. */
  readonly id: string;
  readonly title: Part;
  readonly body: Part;
  readonly parts?: readonly Section[];
}

export interface Page {
  readonly title: string;
  /** Between the title and the sections. */
  readonly head: Part;
  readonly sections: readonly Section[];
  readonly foot: Part;
}

/**
 * A page that needs nothing but itself. It has no script, and its policy lets it load and send nothing (Content Security Policy Level 3,
 * §3.3); equal pages are equal text.
 */
export function writePage({ title, head, sections, foot }: Page): string {
  const page = html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<a class="skip" href="#content">To the content</a>
<header>
<h1>${title}</h1>
${head}
</header>
<nav aria-label="Sections"><ul>${sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>
<main id="content">
${sections.map((section) => sectionOf(section, 2))}</main>
<footer>${foot}</footer>
</body>
</html>
`;
  return textOf(page);
}

function sectionOf({ id, title, body, parts = [] }: Section, level: 2 | 3): Html {
  const heading = level === 2 ? html`<h2>${title}</h2>` : html`<h3>${title}</h3>`;
  return html`<section id="${id}">
${heading}
${body}
${parts.map((part) => sectionOf(part, 3))}</section>
`;
}

/** Figures that stand out. */
export function facts(items: readonly (readonly [name: Part, value: Part])[]): Html {
  return html`<dl class="facts">${items.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

/** Names and what they are, a line each. */
export function lines(items: readonly (readonly [name: Part, value: Part])[]): Html {
  return html`<dl class="lines">${items.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`;
}

export interface Column {
  readonly title: string;
  readonly number?: boolean;
}

/** A table; on a narrow screen each row is a block. The first column names the row; `''` is no value. */
export function table(caption: Part, columns: readonly Column[], rows: readonly (readonly Part[])[]): Html {
  const kind = ({ number }: Column) => (number ? html` class="number"` : '');
  const cell = (value: Part, c: number) => {
    const column = columns[c]!;
    if (c === 0) return html`<th scope="row">${value}</th>`;
    const classes = [...(column.number ? ['number'] : []), ...(value === '' ? ['none'] : [])].join(' ');
    return html`<td${classes === '' ? '' : html` class="${classes}"`} data-label="${column.title}">${value}</td>`;
  };
  return html`<div class="wide"><table class="stacked">
<caption>${caption}</caption>
<thead><tr>${columns.map((column) => html`<th scope="col"${kind(column)}>${column.title}</th>`)}</tr></thead>
<tbody>
${rows.map((row) => html`<tr>${row.map(cell)}</tr>\n`)}</tbody>
</table></div>`;
}
