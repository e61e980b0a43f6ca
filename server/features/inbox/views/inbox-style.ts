import { html } from '#server/http/html.ts'

export const inboxStyle = html`
:root{--ground:#f6f1e9;--glass:#fffdfa;--line:#e2d9cb;--text:#231e19;--soft:#635a4f;--bubble:#efe7db;--accent:#9a4210;--on-accent:#fff;--frame:#2b2622;--focus:#1a56db}
@media (prefers-color-scheme:dark){:root{--ground:#151210;--glass:#1f1b18;--line:#3b342e;--text:#f3ede5;--soft:#b8ad9f;--bubble:#2f2823;--accent:#f2a65a;--on-accent:#211405;--frame:#4a423b;--focus:#9bbcff}}
*{box-sizing:border-box}
html{color-scheme:light dark;-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;min-height:100vh;background:var(--ground);color:var(--text);font:1.0625rem/1.45 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif;overflow-wrap:break-word}
.phone{max-width:26rem;min-height:100vh;margin:0 auto;padding:1.25rem 1rem 2rem;background:var(--glass)}
@media (min-width:30rem){.phone{min-height:46rem;margin:2rem auto;padding:1.75rem 1.25rem 2rem;border:.7rem solid var(--frame);border-radius:2.6rem}}
header{margin:0 0 1.25rem;padding:0 0 1rem;border-bottom:1px solid var(--line)}
h1{margin:0 0 .25rem;font-size:1.5rem;line-height:1.2;letter-spacing:-.02em}
p{margin:0}
header p,#empty,time{color:var(--soft);font-size:.9375rem}
#empty{padding:3rem 1rem;text-align:center}
ol{margin:0;padding:0;list-style:none}
#arrived>li{margin:0 0 1.25rem}
.head{display:flex;justify-content:space-between;align-items:baseline;margin:0 .35rem .3rem}
.head b{font-weight:600;font-size:.9375rem}
.text{max-width:22rem;padding:.75rem 1rem;border-radius:1.2rem 1.2rem 1.2rem .3rem;background:var(--bubble);white-space:pre-line}
.subject{margin:0 .35rem .3rem;font-size:1.0625rem;line-height:1.3}
.mail .text{max-width:none;border:1px solid var(--line);border-radius:.75rem;background:transparent}
.text a{color:var(--accent)}
[dir=rtl] .text{border-radius:1.2rem 1.2rem .3rem 1.2rem}
button{min-height:2.75rem;margin:0;padding:.4rem 1.1rem;border:1px solid var(--line);border-radius:1.4rem;background:transparent;color:inherit;font:inherit;font-size:1rem;font-weight:600;cursor:pointer}
.text+button{margin-top:.5rem}
.main,#arrived>li:first-child>.main{border-color:transparent;background:var(--accent);color:var(--on-accent)}
#arrived>li+li>.main{border-color:var(--line);background:transparent;color:inherit}
.card{padding:1rem;border:1px solid var(--line);border-radius:1.2rem;background:var(--bubble)}
[data-state=ringing] .card{border-color:var(--accent)}
.state{font-weight:600}
.card button{border-color:var(--soft)}
.card .main{border-color:transparent}
.words{margin:.75rem 0 0}
.words:empty{margin:0}
.words li{margin:.35rem 0 0}
.words .mine{color:var(--soft);text-align:end;font-variant-numeric:tabular-nums}
.listen{margin:.75rem 0 0}
.acts{display:flex;flex-wrap:wrap;gap:.5rem;margin:1rem 0 0}
.acts[hidden]{display:none}
.keypad{display:grid;grid-template-columns:repeat(3,1fr);gap:.5rem;max-width:16rem;margin:.5rem auto 0;direction:ltr}
.keypad button{min-height:3.25rem;padding:0;border-radius:1.6rem;background:var(--glass);font-size:1.375rem;font-variant-numeric:tabular-nums}
.pressed{display:block;min-height:1.75rem;margin:1rem 0 0;text-align:center;font-size:1.25rem;letter-spacing:.15em;font-variant-numeric:tabular-nums}
.end{margin-inline-start:auto}
.aside{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
button b{font-variant-numeric:tabular-nums;letter-spacing:.05em}
:focus-visible{outline:3px solid var(--focus);outline-offset:2px}
[hidden]{display:none}
@media (prefers-reduced-motion:no-preference){.new .text,.new .card{animation:arrive .25s ease-out}@keyframes arrive{from{opacity:0;transform:translateY(-.5rem)}}}
`
