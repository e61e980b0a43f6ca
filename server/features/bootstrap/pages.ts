import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Locale } from '#contract/locale.ts'
import { refuse } from '#server/domain/refusal.ts'
import { type Html, html } from '#server/http/html.ts'
import { sendPage } from '#server/http/page.ts'
import { message, preferredLocale } from '#server/locale.ts'
import type { Installation, System } from '#server/system.ts'
import { type NewAdministrator, useLink } from './use-link.ts'

const address = '/bootstrap/:link'
const linkForm = /^([0-9a-f-]{36})\.([\w-]{43})$/

/** Where the first administrator comes in. Looking at the page spends nothing, so that a preview or a scanner cannot. */
export function mountBootstrap(app: FastifyInstance, installation: Installation): void {
  app.get(address, async (request, reply) => {
    const { system } = await opened(installation, request)
    const locale = localeOf(request)
    return send(reply, locale, asking(locale, system))
  })
  app.post(address, async (request, reply) => {
    const { system, secret } = await opened(installation, request)
    const author = { author: { kind: 'server', name: 'bootstrap' }, requestId: request.id } as const
    const administrator = await useLink(system, secret, author)
    const locale = localeOf(request)
    return send(reply, locale, done(locale, system, administrator, installation.parts.publicUrl))
  })
}

async function opened(installation: Installation, request: FastifyRequest): Promise<{ system: System; secret: string }> {
  // Fastify types parameters by route; this one is the named part of the path, as text.
  const { link = '' } = request.params as Record<string, string>
  const [, tenantId = '', secret = ''] = linkForm.exec(link) ?? refuse('bootstrap_link_spent')
  const system = (await installation.systemOf(tenantId)) ?? refuse('bootstrap_link_spent')
  return { system, secret }
}

function asking(locale: Locale, { organization }: System): Html {
  return html`<h1>${message(locale, 'features.bootstrap.title')}</h1>
<p>${message(locale, 'features.bootstrap.ask', { organisation: organization.displayName })}</p>
<p class="soft">${message(locale, 'features.bootstrap.once')}</p>
<form method="post"><button>${message(locale, 'features.bootstrap.go')}</button></form>`
}

function done(locale: Locale, { organization }: System, { displayName, token }: NewAdministrator, publicUrl: string): Html {
  const example = `curl -H "Authorization: Bearer $TOKEN" ${publicUrl}/v1.0/me`
  return html`<h1>${message(locale, 'features.bootstrap.title')}</h1>
<p>${message(locale, 'features.bootstrap.done', { name: displayName, organisation: organization.displayName })}</p>
<label for="token">${message(locale, 'features.bootstrap.token')}</label>
<textarea id="token" readonly rows="6" spellcheck="false">${token}</textarea>
<p id="use">${message(locale, 'features.bootstrap.use')}</p>
<pre aria-labelledby="use"><code>${example}</code></pre>
<h2>${message(locale, 'features.bootstrap.next')}</h2>
<ol><li>${message(locale, 'features.bootstrap.first')}</li><li>${message(locale, 'features.bootstrap.second')}</li></ol>
<p><a href="/docs/api">${message(locale, 'features.bootstrap.reference')}</a></p>`
}

function send(reply: FastifyReply, locale: Locale, body: Html): FastifyReply {
  return sendPage(reply, {
    locale,
    title: `${message(locale, 'features.bootstrap.title')} · Sesam`,
    style: pageStyle,
    body: html`<main>${body}</main>`,
  })
}

function localeOf(request: FastifyRequest): Locale {
  return preferredLocale(request.headers['accept-language'])
}

const pageStyle = html`
:root { --ground: #fbfaf8; --surface: #ffffff; --line: #e3dfd8; --text: #1f1d1a; --soft: #625d55; --accent: #8a4b08; --on-accent: #ffffff; --focus: #1a56db }
@media (prefers-color-scheme: dark) {
  :root { --ground: #161513; --surface: #1f1d1b; --line: #3a3733; --text: #edeae5; --soft: #aba59b; --accent: #f0b26b; --on-accent: #201a12; --focus: #8fb4ff }
}
* { box-sizing: border-box }
html { color-scheme: light dark; -webkit-text-size-adjust: 100% }
body { margin: 0; min-height: 100vh; display: grid; grid-template-columns: minmax(0, 34rem); place-content: center; padding: 1rem; background: var(--ground); color: var(--text); font: 1rem/1.55 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif }
main { padding: clamp(1.2rem, 5vw, 2.2rem); background: var(--surface); border: 1px solid var(--line); border-radius: 12px }
h1 { font-size: 1.6rem; line-height: 1.2; letter-spacing: -.02em; margin: 0 0 1rem }
h2 { font-size: 1.1rem; margin: 1.6rem 0 .4rem }
p { margin: 0 0 .9rem }
.soft { color: var(--soft) }
label, #use { display: block; font-weight: 600; margin: 1.2rem 0 .4rem }
textarea, pre { width: 100%; margin: 0; padding: .7rem .8rem; color: inherit; background: var(--ground); border: 1px solid var(--line); border-radius: 8px; font: .85rem/1.5 ui-monospace, 'Cascadia Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace }
textarea { resize: vertical; word-break: break-all }
pre { white-space: pre-wrap; overflow-wrap: anywhere }
ol { margin: 0 0 1rem; padding-inline-start: 1.3rem }
a { color: var(--accent); text-underline-offset: .15em }
button { width: 100%; min-height: 3rem; padding: .7rem 1.2rem; border: 0; border-radius: 8px; font: inherit; font-weight: 600; color: var(--on-accent); background: var(--accent); cursor: pointer }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; border-radius: 4px }
`
