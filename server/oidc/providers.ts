import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import type Provider from 'oidc-provider'
import type { SigningKey } from '#server/store/signing-keys.ts'
import type { Installation, System } from '#server/system.ts'
import type { ProtocolPages } from './protocol-pages.ts'
import { makeProvider, type SharedParts } from './provider.ts'
import { cameFrom } from './request-state.ts'
import { signingOrderOf } from './signer.ts'

interface Made {
  provider: Provider
  serve: (request: IncomingMessage, response: ServerResponse) => Promise<void>
  /** What it was made of; when that changes, it is made anew. */
  madeOf: string
  system: System
}

/** A request, and where it came from: proxies of ours stand between the two. */
interface Asking {
  raw: IncomingMessage
  ip: string
}

/** What a tenant's provider is made of, besides what all share. */
export interface ProviderTenant {
  system: System
  keys: readonly SigningKey[]
}

/** The providers of an installation. */
export function providersOf(installation: Installation, pages: ProtocolPages, failed: SharedParts['failed']): Providers {
  const { masterKey, publicUrl } = installation.parts
  const cookieKeys = [masterKey.derive('protocol cookies').toString('base64url')]
  const shared = { publicUrl, cookieKeys, pairwiseKey: masterKey.derive('pairwise subjects'), pages, failed }
  return new Providers(shared, async (tenantId) => {
    const [system, keys] = await Promise.all([installation.systemOf(tenantId), installation.keysOf(tenantId)])
    return system && keys && { system, keys }
  })
}

/** A provider costs about 200 KB once it has served somebody. */
const providersMax = 500

/** The OpenID providers of all tenants, made when first asked for. */
export class Providers {
  readonly #shared: SharedParts
  readonly #tenant: (tenantId: string) => Promise<ProviderTenant | undefined>
  readonly #made = new Map<string, Made>()

  constructor(shared: SharedParts, tenant: (tenantId: string) => Promise<ProviderTenant | undefined>) {
    this.#shared = shared
    this.#tenant = tenant
  }

  async of(tenantId: string): Promise<Made | undefined> {
    const tenant = await this.#tenant(tenantId)
    if (!tenant) return undefined
    const madeOf = JSON.stringify([signingOrderOf(tenant.keys, tenant.system.now()), tenant.system.signInSettings.allowsDeviceCodes])
    const known = this.#made.get(tenantId)
    if (known?.madeOf === madeOf) {
      known.system = tenant.system
      // The one used longest ago goes first.
      this.#made.delete(tenantId)
      this.#made.set(tenantId, known)
      return known
    }
    return this.#make(tenantId, tenant, madeOf)
  }

  /**
   * Hands a request to the tenant's provider, which thinks it stands at the root: `rest` is the address without the tenant. The body has
   * been read already and is given as it is to be understood.
   */
  async serve(tenantId: string, rest: string, request: Asking, body: Buffer | undefined, response: ServerResponse): Promise<boolean> {
    const made = await this.of(tenantId)
    if (!made) return false
    await made.serve(asProviderSees(request, `/${tenantId}`, rest, body), response)
    return true
  }

  #make(tenantId: string, tenant: ProviderTenant, madeOf: string): Made {
    const cell: { system: System } = { system: tenant.system }
    const provider = makeProvider({ ...this.#shared, tenantId, keys: tenant.keys, system: () => cell.system })
    const made: Made = Object.assign(cell, { provider, serve: provider.callback(), madeOf })
    const [oldest] = this.#made.keys()
    if (oldest !== undefined && this.#made.size >= providersMax) this.#made.delete(oldest)
    this.#made.set(tenantId, made)
    return made
  }
}

/** The same request with another address and a body that can be read once more. */
function asProviderSees({ raw, ip }: Asking, mountPath: string, rest: string, body: Buffer | undefined): IncomingMessage {
  const { method, socket, httpVersion, httpVersionMajor, httpVersionMinor, rawHeaders } = raw
  const headers = { ...raw.headers, ...(body && { 'content-length': String(body.length) }) }
  const seen = {
    method,
    socket,
    httpVersion,
    httpVersionMajor,
    httpVersionMinor,
    rawHeaders,
    headers,
    url: rest,
    originalUrl: mountPath + rest,
  }
  // The library reads a request as a stream with these properties; there is no other way to give it one that was read before.
  const asked = Object.assign(Readable.from(body ? [body] : []), seen) as unknown as IncomingMessage
  cameFrom(asked, ip)
  return asked
}
