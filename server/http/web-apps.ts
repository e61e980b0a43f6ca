import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { locales } from '#contract/locale.ts'
import { signedInPath, signedOutPath, type WebApp, type WebAppName, type WebSetting, webApps } from '#contract/web-apps.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { WebFile, WebFiles } from '#server/gateways/web-files.ts'
import { message } from '#server/locale.ts'
import type { Installation, System } from '#server/system.ts'
import { brandedPage } from './branded-page.ts'
import { readCookie, setCookie } from './cookies.ts'
import { html } from './html.ts'
import { findTenantByName } from './openid.ts'
import { sendPage } from './page.ts'
import { chooseLocale, pageLocale } from './page-locale.ts'
import { filesPath, webPage } from './web-page.ts'

/** Which organisation this browser last came for, where the installation has several. */
const cookie = 'org'
const cookieSeconds = 365 * 86_400
const assetCache = 'public, max-age=31536000, immutable'

const nobodysBrand = { colour: undefined, logo: undefined, note: undefined }

/** The doors of the web apps: a page for each, at its address and every one below, and the files that the build made. */
export function mountWebApps(app: FastifyInstance, installation: Installation, files: WebFiles | undefined): void {
  for (const [name, { path }] of Object.entries<WebApp>(webApps)) {
    // The keys of a constant; TypeScript takes them for any text.
    const answer = (request: FastifyRequest, reply: FastifyReply) =>
      showApp({ installation, files, name: name as WebAppName }, request, reply)
    for (const url of [path, `${path}/*`]) app.get(url, { exposeHeadRoute: true }, answer)
  }
  app.get(`${filesPath}:name`, { exposeHeadRoute: true }, async (request, reply) => {
    // Fastify types parameters by route; this one is the last part of the path, as text.
    const { name = '' } = request.params as Record<string, string>
    return sendFile(files?.file(name) ?? refuse('path_unknown'), request, reply)
  })
}

interface Shown {
  installation: Installation
  files: WebFiles | undefined
  name: WebAppName
}

async function showApp({ installation, files, name }: Shown, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { publicUrl, now } = installation.parts
  // Codes come back to the configured address, and only its pages can read what they kept before they asked.
  if (request.headers.host?.toLowerCase() !== new URL(publicUrl).host) return reply.redirect(publicUrl + request.url, 302)
  // Fastify types the query by route; only these two are looked for in it.
  const { tenant: wanted, ui_locales: uiLocales } = request.query as { tenant?: unknown; ui_locales?: unknown }
  const locale = chooseLocale(reply, uiLocales) ?? pageLocale(request, undefined)
  const system = await findOrganisation(installation, request, wanted)
  if (system && typeof wanted === 'string') setCookie(reply, cookie, system.organization.id, { maxAgeSeconds: cookieSeconds })
  const organisationName = system?.organization.displayName ?? 'Sesam'
  const brand = system?.branding ?? nobodysBrand
  const built = files?.app(name)
  if (!built) {
    const title = message(locale, 'http.web-page.not-built')
    const main = html`<h1>${title}</h1><p>${message(locale, 'http.web-page.not-built-told')}</p>`
    return sendPage(reply, brandedPage({ locale, organisationName, brand }, { title, main, status: 503 }))
  }
  const setting: WebSetting = {
    app: name,
    tenant: system?.organization.id ?? null,
    organisation: organisationName,
    locale,
    languages: system?.organization.languages ?? locales,
    publicUrl,
    now: now().getTime(),
  }
  const path = request.url.split('?', 1)[0] ?? ''
  const isArriving = [signedInPath, signedOutPath].some((end) => path.endsWith(end))
  const { status, headers, html: text } = webPage({ locale, organisationName, brand, setting, built, isArriving })
  return reply.status(status).headers(headers).type('text/html; charset=utf-8').send(text)
}

/** The one that is asked for, else the one this browser came for before, else the only one. */
async function findOrganisation(installation: Installation, request: FastifyRequest, wanted: unknown): Promise<System | undefined> {
  const named = typeof wanted === 'string' ? await findTenantByName(installation, wanted.toLowerCase()) : undefined
  const remembered = named ?? readCookie(request, cookie)
  const known = remembered === undefined ? undefined : await installation.systemOf(remembered)
  if (known) return known
  const [only, ...others] = await installation.tenants.ids()
  return only !== undefined && others.length === 0 ? installation.systemOf(only) : undefined
}

/** Their names change with what is in them, so nobody has to ask for one twice. */
function sendFile({ type, plain, br, gzip }: WebFile, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const takes = accepted(request.headers['accept-encoding'])
  const [encoding, body] = br && takes.has('br') ? ['br', br] : gzip && takes.has('gzip') ? ['gzip', gzip] : [undefined, plain]
  if (encoding) reply.header('content-encoding', encoding)
  return reply.headers({ 'cache-control': assetCache, vary: 'accept-encoding' }).type(type).send(body)
}

function accepted(header: string | string[] | undefined): ReadonlySet<string> {
  const offers = String(header ?? '')
    .toLowerCase()
    .split(',')
  return new Set(offers.filter((offer) => !/;\s*q=0(?:\.0*)?\s*$/.test(offer)).map((offer) => offer.split(';')[0]?.trim() ?? ''))
}
