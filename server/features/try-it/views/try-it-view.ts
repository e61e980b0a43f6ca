import { brandedPage, type Setting } from '#server/http/branded-page.ts'
import { type Html, html } from '#server/http/html.ts'
import type { Page } from '#server/http/page.ts'
import { apart, sentence } from '#server/http/sentence.ts'
import { message } from '#server/locale.ts'

export interface SignedIn {
  name: string
  methods: readonly string[]
  signedInAt: Date
  claims: Readonly<Record<string, unknown>>
}

export interface TryItModel extends Setting {
  action: string
  signedIn: SignedIn | undefined
  signOutAt: string | undefined
  failed: boolean
}

export function tryItView(model: TryItModel): Page {
  const { locale, action, signedIn, signOutAt, failed } = model
  const main = signedIn
    ? html`${who(model, signedIn)}
${start(model, 'features.try-it.again', 'select_account')}
${signOutAt !== undefined && html`<p><a href="${signOutAt}">${message(locale, 'features.try-it.sign-out')}</a></p>`}
${told(model, signedIn)}`
    : html`<h1>${message(locale, 'features.try-it.heading')}</h1>
<p class="lead">${message(locale, 'features.try-it.lead')}</p>
${failed && html`<p class="error" role="alert">${message(locale, 'features.try-it.failed')}</p>`}
${start(model, 'features.try-it.start')}
<p class="soft">${message(locale, 'features.try-it.inbox')} <a href="/inbox" target="_blank" rel="noopener">/inbox</a></p>`
  return brandedPage(model, { title: message(locale, 'features.try-it.title'), main, languagesAt: action })
}

function start({ locale, action }: TryItModel, label: 'features.try-it.start' | 'features.try-it.again', prompt = ''): Html {
  return html`<form method="post" action="${action}"><input type="hidden" name="prompt" value="${prompt}"><button>${message(locale, label)}</button></form>`
}

function who({ locale }: TryItModel, { name, methods, signedInAt }: SignedIn): Html {
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short' }).format(signedInAt)
  const how = methods.includes('mfa') ? 'features.try-it.two-factors' : 'features.try-it.one-factor'
  return html`<h1>${sentence(locale, 'features.try-it.hello', { name: apart(name) })}</h1>
<p class="lead">${message(locale, how, { time, methods: methods.join(', ') })}</p>`
}

function told({ locale }: TryItModel, { claims }: SignedIn): Html {
  const rows = Object.entries(claims).map(
    ([name, value]) => html`<dt><code>${name}</code></dt><dd dir="ltr">${typeof value === 'string' ? value : JSON.stringify(value)}</dd>`,
  )
  return html`<div class="more"><details><summary>${message(locale, 'features.try-it.claims')}</summary><dl class="claims">${rows}</dl></details></div>`
}
