import { randomBytes } from 'node:crypto'
import type { WebSetting } from '#contract/web-apps.ts'
import type { Branding } from '#server/domain/sign-in-settings.ts'
import type { BuiltApp } from '#server/gateways/web-files.ts'
import { message } from '#server/locale.ts'
import { brandStyle } from './brand-colours.ts'
import { emblem, type Setting } from './branded-page.ts'
import { webAppPolicy } from './headers.ts'
import { Html, html } from './html.ts'
import { type DrawnPage, directionOf, icon } from './page.ts'
import { colours } from './page-style.ts'

export const filesPath = '/web/'

/** What stands in the page until the app draws, and the colours that the app's own stylesheets use. */
const firstStyle = html`
html{color-scheme:light dark;background:var(--ground);color:var(--text);font:1.0625rem/1.5 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif}
body{margin:0;min-height:100vh;min-height:100dvh;background:var(--ground) radial-gradient(ellipse 60rem 26rem at 50% -4rem,var(--glow),transparent) no-repeat}
.first{max-width:70rem;margin:0 auto;padding:1rem 1.25rem}
.first .brand{display:flex;align-items:center;min-height:3rem;margin:0;font-weight:600;line-height:1.25}
.first .brand img{display:block;height:2.5rem;max-width:14rem;object-fit:contain}
.mark{flex:none;box-sizing:border-box;width:2rem;height:2.45rem;border:1px solid var(--edge);margin-inline-end:.7rem;border-radius:1.1rem 1.1rem .3rem .3rem;background:var(--accent);color:var(--on-accent);text-align:center;font-size:1.05rem;font-weight:700;line-height:2.6rem}
.first .wait{margin:3rem auto 0;max-width:44rem}
.first .wait i{display:block;height:1.1rem;margin:0 0 1rem;border-radius:.5rem;background:var(--line)}
.first .wait i:first-child{width:55%;height:2.1rem;margin-bottom:1.75rem}
.first .wait i:nth-child(3){width:80%}
.first noscript p{max-width:44rem;margin:2rem auto;font-size:1.125rem}
@media (prefers-reduced-motion:no-preference){.first .wait{animation:breathe 1.6s ease-in-out .5s infinite alternate}@keyframes breathe{to{opacity:.45}}}
`

interface WebPage extends Setting {
  setting: WebSetting
  built: BuiltApp
  /** The browser comes back from the sign-in pages, so the app itself is about to be drawn. */
  isArriving: boolean
  brand: Branding
}

/** The page that carries a web app. It shows whose it is at once, and says so where no scripts run. */
export function webPage(page: WebPage): DrawnPage {
  const nonce = randomBytes(16).toString('base64')
  return {
    status: 200,
    headers: {
      'content-security-policy': webAppPolicy(nonce, { framesOwnDrafts: page.setting.app === 'admin' }),
      'content-language': page.locale,
      vary: 'accept-language, cookie',
    },
    html: String(pageText(page, nonce)),
  }
}

function pageText(page: WebPage, nonce: string): Html {
  const { locale, organisationName, brand, setting, built, isArriving } = page
  const scripts = isArriving ? [...built.preloads, ...built.app.scripts, built.words[locale] ?? ''] : built.preloads
  const styles = isArriving ? built.app.styles : []
  return html`<!doctype html>
<html lang="${locale}" dir="${directionOf(locale)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta property="csp-nonce" nonce="${nonce}">
<title>${organisationName}</title>
<link rel="icon" href="${icon}">
<style nonce="${nonce}">${colours}${brandStyle(brand.colour)}${firstStyle}</style>
${styles.map((name) => html`<link rel="stylesheet" href="${filesPath}${name}">\n`)}${scripts.map(
  (name) => html`<link rel="modulepreload" href="${filesPath}${name}">\n`,
)}<script type="module" src="${filesPath}${built.script}"></script>
</head>
<body>
<div id="app"><div class="first">
<div class="brand">${emblem(page)}</div>
<div class="wait" aria-hidden="true"><i></i><i></i><i></i></div>
<noscript><p>${message(locale, 'http.web-page.needs-scripts')}</p></noscript>
</div></div>
<script type="application/json" id="setting">${json(setting)}</script>
</body>
</html>
`
}

/** Inside a script element nothing is an entity; what could end it is written as an escape of JSON. */
function json(value: object): Html {
  return new Html(
    JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`),
  )
}
