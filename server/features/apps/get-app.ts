import type { App } from '#server/domain/app.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { Stores } from '#server/system.ts'

/** By object id, or by client id, which many scripts have at hand. */
export async function getApp({ apps }: Pick<Stores, 'apps'>, id: string): Promise<App> {
  return (await apps.find(id)) ?? (await apps.findByAppId(id)) ?? refuse('object_not_found', { id })
}
