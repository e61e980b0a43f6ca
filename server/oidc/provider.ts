import { type Client, Provider } from 'oidc-provider'
import type { SigningKey } from '#server/store/signing-keys.ts'
import type { System } from '#server/system.ts'
import { secretFits, stringsIn } from './client-metadata.ts'
import {
  answerUnavailable,
  inMicrosoftsShape,
  tellToAskAgain,
  withClientInfo,
  withDeviceMessage,
  withPairwiseSubjects,
  withScopesAsSent,
} from './protocol-errors.ts'
import { answerNothingHere, type ProtocolPages, renderWith, requestIdOf } from './protocol-pages.ts'
import { configurationOf, paths } from './provider-configuration.ts'
import { settle } from './records-adapter.ts'
import { addressOf } from './request-state.ts'
import { endGrantsOf } from './sign-out.ts'
import { writeDownSilentSignIns } from './silent-sign-ins.ts'

/** What the providers of all tenants share. */
export interface SharedParts {
  publicUrl: string
  cookieKeys: readonly string[]
  pairwiseKey: Buffer
  pages: ProtocolPages
  failed(error: unknown, requestId: string): void
}

export interface ProviderParts extends SharedParts {
  tenantId: string
  keys: readonly SigningKey[]
  /** The tenant's parts of this moment; they are loaded anew every few seconds. */
  system(): System
}

/** One tenant's OpenID provider: its issuer, its keys, its people. The library does the protocol; what stands here is what we decided. */
export function makeProvider(parts: ProviderParts): Provider {
  const provider = new Provider(`${parts.publicUrl}/${parts.tenantId}/v2.0`, configurationOf(parts))
  const render = renderWith(parts.pages, parts.system)
  const url = new URL(parts.publicUrl)
  // Where a request seems to come to is the sender's word; ours is the configured address.
  Object.defineProperties(provider.request, {
    protocol: { get: () => url.protocol.slice(0, -1) },
    secure: { get: () => true },
    host: { get: () => url.host },
    origin: { get: () => url.origin },
    ip: { get: addressOfCaller },
  })
  provider.Client.prototype.compareClientSecret = function compareClientSecret(this: Client, secret: string) {
    return secretFits(stringsIn(this.sesam_secrets), secret)
  }
  // Every app has names of its own for people. Before the library gives those, it asks for a document that says which redirect addresses
  // belong together (OpenID Connect Core §8.1), and of an app on a device for keys, which none has; our names depend on neither.
  Object.defineProperty(provider.Client.prototype, 'subjectType', { get: () => 'pairwise', set() {} })
  // The library tells only apps that want to hear of sign-outs which session theirs is; Microsoft's libraries want to know it always.
  provider.Client.prototype.includeSid = () => true
  provider.use(async (context, next) => {
    try {
      await next()
      await endGrantsOf(context, parts.system())
      await settle(parts.system(), context)
    } catch (error) {
      parts.failed(error, requestIdOf(context))
      answerUnavailable(context)
    }
    answerNothingHere(context, parts.pages, parts.system())
    render.passOn(context)
    inMicrosoftsShape(context, parts.system().now())
    if (context.path === paths.token) withClientInfo(context, parts.tenantId)
    if (context.path === paths.discovery) withPairwiseSubjects(context)
    if (context.path === paths.device) withDeviceMessage(context, (...told) => render.deviceMessage(context, ...told))
  })
  writeDownSilentSignIns(provider)
  provider.on('grant.success', (context) => withScopesAsSent(context, parts.publicUrl))
  provider.on('grant.error', tellToAskAgain)
  provider.on('server_error', (context, error) => parts.failed(error, requestIdOf(context)))
  return provider
}

function addressOfCaller(this: { req: object }): string {
  return addressOf(this.req)
}
