import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { noBranding } from '#server/domain/sign-in-settings.ts'
import type { Setting } from '#server/http/branded-page.ts'
import { sendPage } from '#server/http/page.ts'
import { chooseLocale, pageLocale } from '#server/http/page-locale.ts'
import type { Installation, System } from '#server/system.ts'
import { reportChange } from './report-change.ts'
import { linkOverView, noticeView, reportedView } from './views/notice-view.ts'

const address = '/n/:secret'
const secretForm = /^[\w-]{43}$/

interface Opened {
  /** Undefined where the link is nobody's. */
  system: System | undefined
  secret: string
  setting: Setting
}

/** "This was not me", for whoever was told of a change and may not be able to sign in. */
export function mountNotices(app: FastifyInstance, installation: Installation): void {
  app.get(address, async (request, reply) => {
    const { system, secret, setting } = await opened(installation, request, reply)
    const notice = await system?.notices.findByLink(secret)
    const isGood = notice !== undefined && notice.reportedAt === undefined && notice.expiresAt > installation.parts.now()
    return sendPage(reply, isGood ? noticeView({ ...setting, address: `/n/${secret}`, notice }) : linkOverView(setting))
  })
  app.post(address, async (request, reply) => {
    const { system, secret, setting } = await opened(installation, request, reply)
    const isDone = system !== undefined && (await reportChange(system, secret, { id: request.id, address: request.ip }))
    return sendPage(reply, isDone ? reportedView(setting) : linkOverView(setting))
  })
}

async function opened(installation: Installation, request: FastifyRequest, reply: FastifyReply): Promise<Opened> {
  // Fastify types these by route; here they are the named part of the path and what stands behind the question mark, as texts.
  const { secret = '' } = request.params as Record<string, string>
  const { ui_locales } = request.query as Record<string, unknown>
  const tenantId = secretForm.test(secret) ? await installation.findTenantOfNotice(secret) : undefined
  const system = tenantId === undefined ? undefined : await installation.systemOf(tenantId)
  const setting = {
    locale: chooseLocale(reply, ui_locales) ?? pageLocale(request, undefined),
    organisationName: system?.organization.displayName ?? 'Sesam',
    brand: system?.branding ?? noBranding,
  }
  return { system, secret, setting }
}
