import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { noBranding } from '#server/domain/sign-in-settings.ts'
import type { Setting } from '#server/http/branded-page.ts'
import { sendPage } from '#server/http/page.ts'
import { chooseLocale, pageLocale } from '#server/http/page-locale.ts'
import type { Installation, System } from '#server/system.ts'
import { answerCallBack } from './answer-call-back.ts'
import { agreedView, callBackView, overView, refusedView } from './views/call-back-view.ts'

const address = '/c/:secret'
const secretForm = /^[\w-]{43}$/

interface Opened {
  /** Undefined where the link is nobody's. */
  system: System | undefined
  secret: string
  setting: Setting
}

/** Where somebody whose number is to change says yes or no, with nothing but the text they got. */
export function mountCallBacks(app: FastifyInstance, installation: Installation): void {
  app.get(address, async (request, reply) => sendPage(reply, await ask(await opened(installation, request, reply))))
  app.post(address, async (request, reply) => {
    const visit = await opened(installation, request, reply)
    const { system, secret, setting } = visit
    if (!system) return sendPage(reply, overView(setting))
    const { do: intent, digits } = fields(request.body)
    const typed = intent === 'refuse' ? undefined : (digits ?? '').replaceAll(/\D/g, '')
    // An empty field is a slip of the thumb, and costs nothing.
    if (typed === '') return sendPage(reply, await ask(visit, 'empty'))
    const outcome = await answerCallBack(system, secret, typed, { requestId: request.id, address: request.ip })
    if (outcome.kind === 'wrong') return sendPage(reply, await ask(visit, outcome.triesLeft))
    const views = { agreed: agreedView, refused: refusedView, over: overView }
    return sendPage(reply, views[outcome.kind](setting))
  })
}

/** Looking at it does nothing: some programs open every link in a text. */
async function ask({ system, secret, setting }: Opened, fault?: 'empty' | number) {
  const callBack = await system?.callBacks.findByLink(secret)
  const isGood = system && callBack?.state === 'waiting' && callBack.expiresAt > system.now()
  return isGood ? callBackView({ ...setting, address: `/c/${secret}`, question: callBack.question, fault }) : overView(setting)
}

/** Only texts count; a body of any other kind has none. */
function fields(body: unknown): Record<string, string | undefined> {
  const entries = typeof body === 'object' && body !== null ? Object.entries(body) : []
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
}

async function opened(installation: Installation, request: FastifyRequest, reply: FastifyReply): Promise<Opened> {
  // Fastify types these by route; here they are the named part of the path and what stands behind the question mark, as texts.
  const { secret = '' } = request.params as Record<string, string>
  const { ui_locales } = request.query as Record<string, unknown>
  const tenantId = secretForm.test(secret) ? await installation.findTenantOfCallBack(secret) : undefined
  const system = tenantId === undefined ? undefined : await installation.systemOf(tenantId)
  const setting = {
    locale: chooseLocale(reply, ui_locales) ?? pageLocale(request, undefined),
    organisationName: system?.organization.displayName ?? 'Sesam',
    brand: system?.branding ?? noBranding,
  }
  return { system, secret, setting }
}
