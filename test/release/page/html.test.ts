import fc from 'fast-check';
import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { html, nameOf, textOf } from '../../../src/release/page/html.ts';

describe('a template', () => {
  it('takes strings as text, markup as markup, and lists one after the other', () => {
    const items = ['a', 'b'].map((item) => html`<li>${item}</li>`);
    expect(textOf(html`<ul>${items}</ul>${3}`)).toBe('<ul><li>a</li><li>b</li></ul>3');
    expect(textOf(html`<p>${'<b> & "x" \'y\''}</p>`)).toBe('<p>&lt;b&gt; &amp; &quot;x&quot; &#39;y&#39;</p>');
  });

  it('shows what has no shape, and leaves names their direction', () => {
    expect(textOf(nameOf('a\u202eb\u001b[31m'))).toBe('<bdi class="name">a&lt;U+202E&gt;b&lt;U+001B&gt;[31m</bdi>');
    expect(textOf(nameOf(''))).toBe('<bdi class="name">&quot;&quot;</bdi>');
  });

  it('takes no value for markup because of its form', () => {
    const forged = JSON.parse('{"html":"<b>","source":"<b>"}');
    expect(textOf(html`<p>${forged}</p>`)).not.toContain('<b>');
  });

  it('keeps any text within its element and its attribute', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'<>&"\'/=!-a \n`'.split('')) }), (text) => {
        const { document } = parseHTML(`<html><body>${textOf(html`<p title="${text}">${text}</p>`)}</body></html>`);
        const [p, ...others] = [...document.body.children];
        expect(others).toEqual([]);
        expect(p!.children).toHaveLength(0);
        expect(p!.attributes).toHaveLength(1);
        expect(p!.textContent).toBe(text.replaceAll('\n', '<U+000A>'));
        expect(p!.getAttribute('title')).toBe(text.replaceAll('\n', '<U+000A>'));
      }),
    );
  });
});
