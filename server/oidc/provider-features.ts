import { type Configuration, errors } from 'oidc-provider'
import { consentedTo, resourceOf } from './api-scopes.ts'
import { renderWith } from './protocol-pages.ts'
import type { ProviderParts } from './provider.ts'
import { accessTokenSeconds } from './token-life.ts'

/** The standards beside OpenID Connect itself that a provider speaks. */
export function featuresOf(parts: ProviderParts): NonNullable<Configuration['features']> {
  const { publicUrl, pages } = parts
  const render = renderWith(pages, parts.system)
  return {
    backchannelLogout: { enabled: true },
    claimsParameter: { enabled: true },
    clientCredentials: { enabled: true },
    deviceFlow: {
      enabled: parts.system().signInSettings.allowsDeviceCodes,
      charset: 'base-20',
      mask: '****-****',
      userCodeInputSource: render.deviceCode,
      userCodeConfirmSource: render.deviceConfirm,
      successSource: render.deviceDone,
    },
    devInteractions: { enabled: false },
    dPoP: { enabled: true },
    // RSA signatures are made in another thread; see signer.ts.
    externalSigningSupport: { enabled: true, ack: 'experimental-01' },
    introspection: {
      enabled: true,
      allowedPolicy: async (_context, client, token) => client.clientAuthMethod !== 'none' && token.clientId === client.clientId,
    },
    pushedAuthorizationRequests: { enabled: true },
    requestObjects: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: (context, client, oneOf) => resourceOf(context, client, oneOf, publicUrl),
      getResourceServerInfo: (context, resource, client) => {
        if (resource !== publicUrl) throw new errors.InvalidTarget()
        return {
          scope: consentedTo(context, client).join(' '),
          audience: publicUrl,
          accessTokenFormat: 'jwt',
          accessTokenTTL: accessTokenSeconds,
          jwt: { sign: { alg: 'ES256' } },
        }
      },
      useGrantedResource: () => true,
    },
    revocation: { enabled: true },
    rpInitiatedLogout: { enabled: true, logoutSource: render.signOut, postLogoutSuccessSource: render.signedOut },
    userinfo: { enabled: true },
  }
}
