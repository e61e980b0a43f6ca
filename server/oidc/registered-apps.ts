import { type Adapter, Provider } from 'oidc-provider'
import type { System } from '#server/system.ts'
import { metadataOf, type Presented } from './client-metadata.ts'

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** The library's way to the apps of a tenant. It finds them; administrators make and change them. */
export function registeredApps(system: () => System): Adapter {
  const unused = () => Promise.reject(new Error('apps are registered through Graph'))
  return {
    async find(appId: string) {
      // What is no id of ours need not be looked for; PostgreSQL would not even take every text.
      if (!guid.test(appId)) return undefined
      const { apps, now, signInSettings } = system()
      const client = await apps.findClient(appId)
      return client && metadataOf(client, presented(), { now: now(), allowsDeviceCodes: signInSettings.allowsDeviceCodes })
    },
    upsert: unused,
    findByUid: unused,
    findByUserCode: unused,
    destroy: unused,
    revokeByGrantId: unused,
    consume: unused,
  }
}

/** What stands in the request that is being served now. */
function presented(): Presented {
  const context = Provider.ctx
  const params = context?.oidc.params
  return {
    grantType: typeof params?.grant_type === 'string' ? params.grant_type : undefined,
    redirectUri: typeof params?.redirect_uri === 'string' ? params.redirect_uri : undefined,
    hasAssertion: params?.client_assertion !== undefined,
    hasSecret: params?.client_secret !== undefined || context?.headers.authorization?.toLowerCase().startsWith('basic ') === true,
  }
}
