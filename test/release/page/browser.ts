import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/snap/bin/chromium'];

/** Chromium where there is one: `CHROMIUM`, or a usual place. */
export const chromium = [process.env.CHROMIUM, ...places].find((path) => path !== undefined && existsSync(path));

export interface Rendered {
  /** Of the page in CSS pixels; its window has `width`. */
  readonly scrollWidth: number;
  /** Elements that reach beyond the window, and are in nothing that scrolls; texts of charts that are cut off. */
  readonly beyond: readonly string[];
  readonly cut: readonly string[];
  readonly smallestText: number;
  /** What the browser had to say of the pages, such as that they may not load what they ask for. */
  readonly console: readonly string[];
}

/** Show pages in windows of a width. A page is measured from outside, in a frame, as it allows no script. */
export function rendered(pages: readonly string[], width: number): Rendered[] {
  const folder = mkdtempSync(join(tmpdir(), 'anon-browser-'));
  try {
    const file = join(folder, 'frames.html');
    writeFileSync(file, `<body>${pages.map((page) => frame(page, width)).join('')}<script>${measuring}</script>`);
    const { stdout, stderr, status } = spawnSync(
      chromium!,
      [
        ...[
          '--headless',
          '--no-sandbox',
          '--disable-gpu',
          '--hide-scrollbars',
          '--disable-quic',
          '--no-first-run',
          '--disable-sync',
        ],
        ...['--disable-background-networking', '--disable-component-update', '--enable-logging=stderr'],
        ...[`--user-data-dir=${join(folder, 'profile')}`, '--virtual-time-budget=5000', '--dump-dom'],
        pathToFileURL(file).href,
      ],
      { encoding: 'utf8', timeout: 50_000 },
    );
    const [, answer] = stdout.match(/<pre id="answer">(.*?)<\/pre>/s) ?? [];
    if (answer === undefined)
      throw new Error(`the browser measured nothing (status ${status}): ${stderr.slice(-2000)}`);
    const said = stderr.split('\n').filter((line) => line.includes('CONSOLE'));
    const measured: Omit<Rendered, 'console'>[] = JSON.parse(decodeURIComponent(answer));
    return measured.map((page) => ({ ...page, console: said }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function frame(page: string, width: number): string {
  const source = page.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  return `<iframe srcdoc="${source}" style="border:0;width:${width}px;height:3000px"></iframe>`;
}

const measuring = `
addEventListener('load', () => {
  const answers = [...document.querySelectorAll('iframe')].map((frame) => {
    const page = frame.contentDocument;
    const width = frame.clientWidth;
    const shown = (e) => e.tagName + ' ' + e.textContent.slice(0, 40);
    const scrolls = (e) => e.closest('.wide, pre') !== null;
    const off = (e) => getComputedStyle(e).position === 'absolute' || e.closest('thead, .skip') !== null;
    const boxes = [...page.body.querySelectorAll('*')].filter((e) => !scrolls(e) && !off(e) && !e.closest('svg'));
    const cut = [...page.querySelectorAll('svg text')].filter((text) => {
      const inner = text.getBoundingClientRect();
      const outer = text.closest('svg').getBoundingClientRect();
      return inner.left < outer.left - 1 || inner.right > outer.right + 1;
    });
    const texts = [...page.querySelectorAll('body p, td, th, dd, dt, li, small, svg text')];
    return {
      scrollWidth: page.documentElement.scrollWidth,
      beyond: boxes.filter((e) => e.getBoundingClientRect().right > width + 1).map(shown),
      cut: cut.map(shown),
      smallestText: Math.min(...texts.map((e) => parseFloat(getComputedStyle(e).fontSize) * (e.closest('svg') ? e.closest('svg').getBoundingClientRect().width / e.closest('svg').viewBox.baseVal.width : 1))),
    };
  });
  document.body.innerHTML = '<pre id="answer"></pre>';
  document.getElementById('answer').textContent = encodeURIComponent(JSON.stringify(answers));
});`;
