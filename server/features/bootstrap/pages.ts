import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Locale } from '#contract/locale.ts'
import { refuse } from '#server/domain/refusal.ts'
import { brandedPage } from '#server/http/branded-page.ts'
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
    return send(reply, locale, system, asking(locale, system))
  })
  app.post(address, async (request, reply) => {
    const { system, secret } = await opened(installation, request)
    const author = { author: { kind: 'server', name: 'bootstrap' }, requestId: request.id } as const
    const administrator = await useLink(system, secret, author)
    const locale = localeOf(request)
    return send(reply, locale, system, done(locale, system, administrator, installation.parts.publicUrl))
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

function send(reply: FastifyReply, locale: Locale, { organization }: System, main: Html): FastifyReply {
  const title = message(locale, 'features.bootstrap.title')
  const brand = { colour: undefined, logo: undefined, note: undefined }
  const page = brandedPage({ locale, organisationName: organization.displayName, brand }, { title, main })
  return sendPage(reply, { ...page, style: html`${page.style}${tokenStyle}` })
}

function localeOf(request: FastifyRequest): Locale {
  return preferredLocale(request.headers['accept-language'])
}

/** A token is long and read by machines. */
const tokenStyle = html`.door{max-width:38rem}
textarea,pre{font:.875rem/1.5 ui-monospace,'Cascadia Mono',Menlo,Consolas,monospace;white-space:pre-wrap;overflow-wrap:anywhere}
textarea{resize:vertical;word-break:break-all}
pre{margin:0 0 1rem}
ol{padding:0 1.3rem}
#use{margin:1.2rem 0 .4rem;font-weight:600}`
