import { brandedPage, type Setting } from '#server/http/branded-page.ts'
import { html } from '#server/http/html.ts'
import type { Page } from '#server/http/page.ts'
import { message } from '#server/locale.ts'
import type { NewAdministrator } from '../give-token.ts'

export interface TokenModel extends Setting, NewAdministrator {
  publicUrl: string
}

/** For whoever sets things up by scripts. */
export function tokenView(model: TokenModel): Page {
  const { locale, organisationName, displayName, token, publicUrl } = model
  const title = message(locale, 'features.bootstrap.title')
  const example = `curl -H "Authorization: Bearer $TOKEN" ${publicUrl}/v1.0/me`
  const main = html`<h1>${title}</h1>
<p>${message(locale, 'features.bootstrap.done', { name: displayName, organisation: organisationName })}</p>
<label for="token">${message(locale, 'features.bootstrap.token')}</label>
<textarea id="token" readonly rows="6" spellcheck="false">${token}</textarea>
<p id="use">${message(locale, 'features.bootstrap.use')}</p>
<pre aria-labelledby="use"><code>${example}</code></pre>
<h2>${message(locale, 'features.bootstrap.next')}</h2>
<ol><li>${message(locale, 'features.bootstrap.first')}</li><li>${message(locale, 'features.bootstrap.second')}</li></ol>
<p><a href="/docs/api">${message(locale, 'features.bootstrap.reference')}</a></p>`
  const page = brandedPage(model, { title, main })
  return { ...page, style: html`${page.style}${tokenStyle}` }
}

/** The link was used, is too old, or never was one: said the same way. */
export function spentView(setting: Setting): Page {
  const { locale } = setting
  const title = message(locale, 'features.bootstrap.spent.title')
  const main = html`<h1>${title}</h1>
<p class="lead">${message(locale, 'features.bootstrap.spent.text')}</p>`
  return brandedPage(setting, { title, main, status: 404 })
}

/** A token is long and read by machines. */
const tokenStyle = html`.door{max-width:38rem}
textarea,pre{font:.875rem/1.5 ui-monospace,'Cascadia Mono',Menlo,Consolas,monospace;white-space:pre-wrap;overflow-wrap:anywhere}
textarea{resize:vertical;word-break:break-all}
pre{margin:0 0 1rem}
ol{padding:0 1.3rem}
#use{margin:1.2rem 0 .4rem;font-weight:600}`
