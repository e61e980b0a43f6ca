import type { FastifyRequest } from 'fastify'
import { type RefusalCode, refusals } from '#contract/refusals.ts'
import { noBranding } from '#server/domain/sign-in-settings.ts'
import type { Setting } from '#server/http/branded-page.ts'
import { type DrawRefusal, oauthErrorFor } from '#server/http/openid-refusals.ts'
import { pageLocale } from '#server/http/page-locale.ts'
import type { Installation } from '#server/system.ts'
import { type Ending, messageView } from '../views/message-view.ts'

const endings: Partial<Record<RefusalCode, Ending>> = {
  path_unknown: 'organisation-unknown',
  app_not_anywhere: 'app-unknown',
  unavailable: 'away',
  internal_error: 'broken',
}

/** For whoever is refused before a page of theirs could be found. */
export function drawingRefusals(installation: Installation): DrawRefusal {
  return async (refusal, request) => {
    const { error, description } = oauthErrorFor(refusal)
    return messageView({
      ...(await settingFor(installation, request)),
      ending: endings[refusal.code] ?? 'request-wrong',
      status: refusals[refusal.code].status,
      correlationId: request.id,
      detail: `${error}: ${description}`,
      onward: undefined,
    })
  }
}

/** The organisation the address names, as far as it can be known now; the store may be what has failed. */
export async function settingFor(installation: Pick<Installation, 'systemOf'>, request: FastifyRequest): Promise<Setting> {
  // Fastify types parameters by route, and the query by it too; these are the named part of the path and a language, if they are there.
  const { tenant = '' } = request.params as Record<string, string>
  const { ui_locales: wanted } = request.query as { ui_locales?: unknown }
  const system = await installation.systemOf(tenant.toLowerCase()).catch(() => undefined)
  return {
    locale: pageLocale(request, typeof wanted === 'string' ? wanted : undefined),
    organisationName: system?.organization.displayName ?? 'Sesam',
    brand: system?.branding ?? noBranding,
  }
}
