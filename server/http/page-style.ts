import { html } from './html.ts'

/** The colours of every page, in light and dark; the web apps wear them too. */
export const colours = html`
:root{--ground:#f6f1e9;--surface:#fffdfa;--line:#e2d9cb;--edge-soft:#857a6c;--text:#231e19;--soft:#635a4f;--accent:#9a4210;--on-accent:#fff;--ink:#8f3c0d;--edge:#9a4210;--glow:rgba(222,138,52,.2);--bad:#a8201a;--bad-ground:#fcecea;--focus:#1a56db}
@media (prefers-color-scheme:dark){:root{--ground:#151210;--surface:#1f1b18;--line:#3b342e;--edge-soft:#8f8477;--text:#f3ede5;--soft:#b8ad9f;--accent:#f2a65a;--on-accent:#211405;--ink:#f5b273;--edge:#f2a65a;--glow:rgba(242,166,90,.13);--bad:#ffb4aa;--bad-ground:#3c1d1a;--focus:#9bbcff}}
`

/**
 * The look of every page we make for people: warm paper, one accent, large type, and a doorway. It must draw on phones of many years
 * ago, so there is no nesting, no :has, no color-mix and no gap, and what reads from right to left needs no second stylesheet.
 */
export const pageStyle = html`
${colours}*{box-sizing:border-box}
html{color-scheme:light dark;-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{display:flex;flex-direction:column;align-items:center;min-height:100vh;min-height:100dvh;margin:0;background:var(--ground) radial-gradient(ellipse 60rem 26rem at 50% -4rem,var(--glow),transparent) no-repeat;color:var(--text);font:1.0625rem/1.5 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif;overflow-wrap:break-word}
.door{width:100%;max-width:28rem;padding:1.5rem 1.25rem}
.brand{display:flex;align-items:center;min-height:3rem;margin:0 0 1.75rem;font-weight:600;line-height:1.25}
.brand img{display:block;height:3rem;max-width:14rem;object-fit:contain}
.mark{flex:none;width:2.25rem;height:2.75rem;border:1px solid var(--edge);margin-right:.75rem;border-radius:1.2rem 1.2rem .3rem .3rem;background:var(--accent);color:var(--on-accent);text-align:center;font-size:1.2rem;font-weight:700;line-height:2.9rem}
[dir=rtl] .mark{margin:0 0 0 .75rem}
.brand bdi{min-width:0}
h1{margin:0 0 .5rem;font-size:1.875rem;font-weight:700;line-height:1.15;letter-spacing:-.022em}
h2{margin:1.75rem 0 .4rem;font-size:1.15rem}
p{margin:0 0 1rem}
.lead{margin-bottom:1.5rem;color:var(--soft);font-size:1.125rem}
.soft{color:var(--soft);font-size:.9375rem}
.apart{font-weight:600;color:var(--text)}
h1 .apart{font-weight:inherit}
button .apart{color:inherit}
.apart[dir=ltr]{display:inline-block;max-width:100%}
h1+form{margin-top:1.25rem}
label{display:block;margin:0 0 .4rem;font-weight:600}
input,select,textarea,pre{width:100%;min-height:3.5rem;margin:0;padding:.7rem .9rem;border:1px solid var(--edge-soft);border-radius:.75rem;background:var(--surface);color:var(--text);font:inherit;font-size:1.1875rem}
select{-webkit-appearance:none;appearance:none;padding-right:2.5rem;background:var(--surface) url("data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='12' height='8'%3E%3Cpath fill='none' stroke='%23918678' stroke-width='2' d='m1 1 5 5 5-5'/%3E%3C/svg%3E") no-repeat right 1rem center;text-overflow:ellipsis}
[dir=rtl] select{padding:.7rem .9rem .7rem 2.5rem;background-position:left 1rem center}
[aria-invalid]{border:2px solid var(--bad)}
.option{display:flex;align-items:center;min-height:2.75rem;margin:0}
.option input{-webkit-appearance:none;appearance:none;flex:none;width:2.75rem;min-height:2.75rem;margin:0 .2rem;padding:0;border:.65rem solid transparent;border-radius:50%;background:none;box-shadow:inset 0 0 0 2px var(--edge-soft)}
.option input:checked{background:radial-gradient(var(--accent) 45%,transparent 50%) padding-box;box-shadow:inset 0 0 0 2px var(--accent)}
.option label{margin:0;padding:.6rem 0;font-weight:400}
fieldset{margin:0 0 1.25rem;padding:0;border:0}
legend{margin:0 0 .4rem;padding:0;font-weight:600}
.code{min-height:4.25rem;padding:.5rem;text-align:center;text-indent:.3em;letter-spacing:.3em;font-size:2rem;font-weight:600;font-variant-numeric:tabular-nums}
.field{margin:0 0 1.25rem}
.hint{margin:.4rem 0 0;color:var(--soft);font-size:.9375rem}
.error,.notice{margin:0 0 .75rem;padding:.65rem .9rem;border-radius:.6rem;font-weight:600}
.error{background:var(--bad-ground);color:var(--bad)}
.notice{margin-bottom:1.25rem;background:var(--glow)}
.list{margin:0 0 1rem;padding:0 1.2rem}
.digit{margin:0 0 1.25rem;font-size:2.75rem;font-weight:700;line-height:1.2;text-align:center}
.letters{letter-spacing:.15em;text-indent:.15em;text-transform:uppercase}
code{font:600 .95em ui-monospace,'Cascadia Mono',Menlo,Consolas,monospace;overflow-wrap:anywhere}
.notice:empty{display:none}
button,.button{display:block;width:100%;min-height:3.5rem;margin:0 0 .75rem;padding:.75rem 1.25rem;border:1px solid var(--edge);border-radius:.75rem;background:var(--accent);color:var(--on-accent);font:inherit;font-size:1.125rem;font-weight:600;text-align:center;text-decoration:none;cursor:pointer}
button:hover,.button:hover{box-shadow:inset 0 0 0 99rem rgba(127,127,127,.14)}
.quiet{border-color:var(--edge-soft);background:transparent;color:var(--text)}
.plain{width:auto;max-width:100%;min-height:2.75rem;padding:.5rem 0;border:0;background:none;color:var(--ink);font-size:1rem;text-align:start;text-decoration:underline;text-underline-offset:.2em}
.plain:hover{box-shadow:none;text-decoration-thickness:2px}
button:disabled{color:var(--soft);text-decoration:none;cursor:default;font-variant-numeric:tabular-nums}
.choices{margin:0 0 1rem;padding:0;list-style:none}
.choice{margin:0 0 .6rem;border-color:var(--line);background:var(--surface);color:var(--text);text-align:start;line-height:1.3}
.choice:hover{border-color:var(--edge)}
.choice span{display:block;color:var(--soft);font-size:.9375rem;font-weight:400}
.more{margin:1.5rem 0 .75rem;border-top:1px solid var(--line)}
button[hidden]{display:none}
details{border-bottom:1px solid var(--line)}
summary{min-height:2.75rem;padding:.7rem 0;cursor:pointer;color:var(--ink);font-size:1rem;font-weight:600;line-height:1.35}
.claims{margin:0 0 1rem;font-size:.9375rem}
.claims dd{margin:0 0 .6rem;color:var(--soft);overflow-wrap:anywhere}
details ul{margin:0 0 1rem;padding:0 1.2rem;font-size:1rem}
li+li{margin-top:.4rem}
a{color:var(--ink);text-underline-offset:.2em}
:focus-visible{outline:3px solid var(--focus);outline-offset:2px}
input:focus-visible,select:focus-visible{outline-offset:-1px}
footer{margin-top:auto;padding:.25rem 1rem 1rem}
footer a,footer b{display:inline-block;min-width:2.75rem;padding:.7rem .6rem;color:var(--soft);font-size:.9375rem;line-height:1.4rem;text-align:center}
footer b{color:var(--text)}
@media (min-width:36rem) and (min-height:34rem){body{justify-content:center}.door{margin:2rem 0 .75rem;padding:2.5rem 2.5rem 1.75rem;border:1px solid var(--line);border-radius:1.5rem;background:var(--surface);box-shadow:0 1.5rem 4rem -2rem rgba(60,35,10,.35)}footer{margin:0;padding-bottom:2rem}}
@media (forced-colors:active){.option input{-webkit-appearance:auto;appearance:auto}.mark,.error,.notice{border:1px solid}button:disabled{color:GrayText}}
@media (prefers-reduced-motion:no-preference){button,.button{transition:box-shadow .15s}}
`
