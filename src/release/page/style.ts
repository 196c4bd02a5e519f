import { markup } from './html.ts';

/** Contrast of text is at least 7:1 in both schemes, of links 6:1, of bars 3:1 (WCAG 2.2, 1.4.6, 1.4.3 and 1.4.11). */
export const style = markup(`
:root { color-scheme: light dark; --ground: #fff; --ink: #1b1f24; --soft: #4a525c; --line: #d3d8de; --shade: #f4f6f8;
  --after: #2464a8; --before: #8a8f98; --good: #14622f; --bad: #a01515 }
@media (prefers-color-scheme: dark) {
  :root { --ground: #14171b; --ink: #e9ecef; --soft: #b6bec8; --line: #3a4149; --shade: #1d2126;
    --after: #6aa9ee; --before: #7d8590; --good: #7fd99a; --bad: #ff9d96 }
}
* { box-sizing: border-box }
body { margin: 0 auto; max-width: 62rem; padding: 1rem; background: var(--ground); color: var(--ink);
  font: 16px/1.5 system-ui, sans-serif; overflow-wrap: anywhere }
h1 { font-size: 1.7rem; line-height: 1.2; margin: .5rem 0 }
h2 { font-size: 1.3rem; margin: 2.2rem 0 .6rem; padding-top: .6rem; border-top: 1px solid var(--line) }
h3 { font-size: 1.08rem; margin: 1.6rem 0 .4rem }
p { margin: .4rem 0 .8rem; max-width: 46rem }
a { color: var(--after) }
:focus-visible { outline: 3px solid var(--after); outline-offset: 2px }
.skip { position: absolute; left: -99rem }
.skip:focus { position: static }
.notice { border-left: 4px solid var(--bad); padding: .4rem .8rem; background: var(--shade) }
nav ul { list-style: none; padding: 0; margin: .8rem 0; display: flex; flex-wrap: wrap; gap: .3rem 1.1rem }
dl.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(10rem, 1fr)); gap: .6rem; margin: .8rem 0 }
dl.facts > div { background: var(--shade); padding: .5rem .8rem; border-radius: 4px }
dl.facts dt { font-size: .875rem; color: var(--soft) }
dl.facts dd { margin: 0; font-size: 1.15rem; font-variant-numeric: tabular-nums }
dl.lines { display: grid; grid-template-columns: minmax(6rem, 11rem) minmax(0, 1fr); gap: .25rem 1rem; margin: .8rem 0 }
dl.lines dt { color: var(--soft) }
dl.lines dd { margin: 0 }
.wide { overflow-x: auto }
.wide + .wide { margin-top: 1.4rem }
table { border-collapse: collapse; width: 100%; font-size: .9375rem }
caption { text-align: left; color: var(--soft); padding-bottom: .3rem }
th, td { text-align: left; vertical-align: top; padding: .35rem .7rem .35rem 0; border-bottom: 1px solid var(--line) }
th { font-weight: 600 }
th[scope=row] { min-width: 9.5rem }
td { min-width: 6.5rem }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; overflow-wrap: normal }
code, .name { font-family: ui-monospace, monospace; font-size: .92em }
pre { background: var(--shade); padding: .6rem .8rem; overflow-x: auto; white-space: pre-wrap }
small { font-size: .8125rem; color: var(--soft) }
.good { color: var(--good); font-weight: 600 }
.bad { color: var(--bad); font-weight: 600 }
.charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(22.25rem, 100%), 1fr)); gap: .4rem 2rem }
.pair { grid-column: 1 / -1 }
figure { margin: .6rem 0; min-width: 0 }
figcaption { font-weight: 600; font-size: .9375rem }
.legend { font-weight: 400; color: var(--soft); white-space: nowrap }
.legend i { display: inline-block; width: .7em; height: .7em; margin: 0 .3em 0 .6em }
i.before { background: var(--before) }
i.after { background: var(--after) }
svg.chart { display: block; max-width: 100%; height: auto; font-family: system-ui, sans-serif; font-variant-numeric: tabular-nums }
svg.chart text { white-space: pre }
.axis { font-size: .8125rem; color: var(--soft); margin: 0 }
footer { margin-top: 2.5rem; border-top: 1px solid var(--line); color: var(--soft); font-size: .875rem }
@media (max-width: 40rem) {
  table.stacked thead { position: absolute; left: -99rem }
  table.stacked tr { display: block; padding: .5rem 0; border-bottom: 1px solid var(--line) }
  table.stacked th, table.stacked td { display: block; border: 0; padding: .05rem 0; text-align: left; min-width: 0 }
  table.stacked td[data-label]::before { content: attr(data-label) ": "; color: var(--soft) }
  table.stacked td.none { display: none }
  dl.lines { grid-template-columns: 1fr; gap: 0 }
  dl.lines dd { margin-bottom: .5rem }
}
@media print {
  :root { color-scheme: light; font-size: 10pt; --ground: #fff; --ink: #000; --soft: #333; --line: #999; --shade: #fff; --after: #2464a8;
    --before: #8a8f98; --good: #000; --bad: #000 }
  body { max-width: none; padding: 0; font-size: 1rem }
  nav, .skip { display: none }
  svg.chart, .legend i { print-color-adjust: exact; -webkit-print-color-adjust: exact }
  figure, tr, dl.facts > div { break-inside: avoid }
  h2, h3, caption { break-after: avoid }
  .wide { overflow: visible }
}
`);
