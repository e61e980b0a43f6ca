import type { FastifyInstance } from 'fastify'
import { Refusal } from '#server/domain/refusal.ts'
import { noBranding } from '#server/domain/sign-in-settings.ts'
import { sendPage } from '#server/http/page.ts'
import { pageLocale } from '#server/http/page-locale.ts'
import type { Interactions } from '#server/oidc/interactions.ts'
import type { Installation } from '#server/system.ts'
import { BootstrapDoors } from './pages/opening.ts'
import { spentView } from './views/token-view.ts'

const address = '/bootstrap/:link'

/** Where the first administrator comes in. Looking at the page spends nothing, so that a preview or a scanner cannot. */
export function mountBootstrap(app: FastifyInstance, installation: Installation, interactions: Interactions): void {
  const doors = new BootstrapDoors(installation, interactions)
  app.setErrorHandler(async (error, request, reply) => {
    if (!(error instanceof Refusal) || error.code !== 'bootstrap_link_spent') throw error
    return sendPage(reply, spentView({ locale: pageLocale(request, undefined), organisationName: 'Sesam', brand: noBranding }))
  })
  app.get(address, async (request, reply) => (await doors.open(request, reply)).show())
  app.post(address, async (request, reply) => (await doors.open(request, reply)).take())
}
