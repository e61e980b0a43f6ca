import { html } from './html.ts'

/** Light and dark by the reader's own choice; one column on a phone, contents beside it where there is room. */
export const apiReferenceStyle = html`
:root {
  --ground: #fbfaf8; --surface: #ffffff; --line: #e3dfd8; --text: #1f1d1a; --soft: #625d55; --accent: #8a4b08; --focus: #1a56db;
  --get: #175cab; --post: #1b6b3a; --change: #8a5300; --remove: #b3261e; --tint: 10%;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #161513; --surface: #1f1d1b; --line: #3a3733; --text: #edeae5; --soft: #aba59b; --accent: #f0b26b; --focus: #8fb4ff;
    --get: #8fbcf5; --post: #83d19f; --change: #eeb765; --remove: #ff9d94; --tint: 16%;
  }
}
* { box-sizing: border-box }
html { color-scheme: light dark; scroll-padding-top: 1rem; -webkit-text-size-adjust: 100% }
body { margin: 0; background: var(--ground); color: var(--text); font: 1rem/1.55 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif }
a { color: var(--accent); text-underline-offset: .15em }
code { font: .9em/1.4 ui-monospace, 'Cascadia Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace; overflow-wrap: anywhere }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; border-radius: 4px }
.skip { position: absolute; left: -99rem; padding: .6rem 1rem; background: var(--surface); z-index: 1 }
.skip:focus { left: 1rem; top: 1rem }
.page { max-width: 76rem; margin: 0 auto; padding: 1.5rem 1rem 4rem }
h1 { font-size: clamp(1.7rem, 1.3rem + 2vw, 2.4rem); line-height: 1.15; letter-spacing: -.02em; margin: 0 0 .6rem }
h2 { font-size: 1.25rem; line-height: 1.3; margin: 0 0 .7rem; overflow-wrap: anywhere }
h3 { font-size: 1rem; font-weight: 600; margin: 0; display: flex; gap: .35rem .7rem; align-items: baseline; flex-wrap: wrap }
.lead { max-width: 44rem; color: var(--soft); margin: 0 0 1.2rem }
.facts { display: grid; gap: .9rem; margin: 0 0 2rem; padding: 1rem 1.1rem; background: var(--surface); border: 1px solid var(--line); border-radius: 10px }
.facts dt { font-weight: 600 }
.facts dd { margin: 0; color: var(--soft) }
.facts code, .facts a { color: var(--text) }
.contents ul { list-style: none; margin: .4rem 0 2rem; padding: 0; display: flex; flex-wrap: wrap; gap: .45rem }
.contents p { margin: 0; font-weight: 600 }
.contents a { display: block; padding: .45rem .7rem; color: var(--text); text-decoration: none; background: var(--surface); border: 1px solid var(--line); border-radius: 8px; overflow-wrap: anywhere }
.contents a:hover { border-color: var(--accent) }
section { margin: 0 0 2.2rem }
.operations { background: var(--surface); border: 1px solid var(--line); border-radius: 10px }
details > summary { list-style: none; cursor: pointer }
details > summary::-webkit-details-marker { display: none }
.operation + .operation { border-top: 1px solid var(--line) }
.operation > summary { display: grid; grid-template-columns: 1fr auto; gap: .2rem .8rem; padding: .8rem 1rem; align-items: baseline }
.operation > summary:hover h3 code { text-decoration: underline; text-underline-offset: .2em }
.operation > summary::after { content: '+'; color: var(--soft); font: 1.2rem/1 ui-monospace, monospace; grid-row: 1; grid-column: 2 }
.operation[open] > summary::after { content: '\u2212' }
.operation > summary:focus-visible { outline-offset: -3px; border-radius: 10px }
.told { grid-column: 1; color: var(--soft) }
.more p { margin: .5rem 0 0; color: var(--soft); font-size: .9rem }
.method { flex: none; min-width: 4.3rem; padding: .1rem .4rem; border-radius: 6px; text-align: center; font: 700 .75rem/1.5 ui-monospace, 'Cascadia Mono', Menlo, Consolas, monospace; letter-spacing: .03em; color: var(--hue); background: color-mix(in srgb, var(--hue) var(--tint), transparent) }
.get { --hue: var(--get) } .post { --hue: var(--post) } .put, .patch { --hue: var(--change) } .delete { --hue: var(--remove) }
.more { display: grid; gap: 1rem; padding: .2rem 1rem 1.1rem; margin: 0 }
.more > div { min-width: 0 }
.more dt, .more dt code { font-weight: 600 }
.more dt { font-size: .9rem; margin: 0 0 .3rem }
.more dd { margin: 0 }
.more ul { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: .35rem }
.more li { padding: .1rem .5rem; border: 1px solid var(--line); border-radius: 6px; font-size: .9rem; background: var(--ground); max-width: 100%; overflow-wrap: anywhere }
.wide { overflow-x: auto }
table { border-collapse: collapse; width: 100%; font-size: .9rem }
th, td { text-align: left; vertical-align: top; padding: .4rem .9rem .4rem 0; border-bottom: 1px solid var(--line) }
tr:last-child > * { border-bottom: 0 }
thead th { font-weight: 600; color: var(--soft) }
tbody th { font-weight: 400 }
tbody th code { overflow-wrap: normal }
td { overflow-wrap: anywhere }
.required { color: var(--remove); font-size: .85em; white-space: nowrap }
@media (min-width: 46rem) {
  .facts { grid-template-columns: 1fr 1fr; gap: 1rem 2rem }
  .page { padding: 2.5rem 2rem 5rem }
  .operation h3 { flex-wrap: nowrap }
  .told, .more { margin-left: 5rem }
  .more { padding-left: 1rem }
}
@media (min-width: 64rem) {
  .columns { display: grid; grid-template-columns: 14rem minmax(0, 1fr); gap: 2.5rem }
  .contents { position: sticky; top: 0; align-self: start; max-height: 100vh; overflow-y: auto; padding: 1rem .3rem }
  .contents ul { flex-direction: column; gap: 0; margin: .4rem 0 0 }
  .contents a { background: none; border: 0; padding: .3rem .5rem }
  .contents a:hover { background: var(--surface) }
  main { padding-top: 1rem }
}
@media (forced-colors: active) { .method { border: 1px solid } }
@media print { .contents, .skip { display: none } .operation > summary::after { content: '' } }
`
