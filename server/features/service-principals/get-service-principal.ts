import type { ServicePrincipal } from '#server/domain/app.ts'
import { sesamApi } from '#server/domain/app-permissions.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { Stores } from '#server/system.ts'

/** One that can be changed, so not our own API. */
export async function getServicePrincipal({ servicePrincipals }: Pick<Stores, 'servicePrincipals'>, id: string): Promise<ServicePrincipal> {
  if (id === sesamApi.id || id === sesamApi.appId) refuse('built_in_app')
  return (await servicePrincipals.find(id)) ?? refuse('object_not_found', { id })
}
