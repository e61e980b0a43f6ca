import type { Server as PlainServer } from 'node:http'
import { Server, type ServerOptions } from 'node:https'
import { createSecureContext, type SecureContext } from 'node:tls'

/** In PEM. */
export interface Proof {
  cert: string
  key: string
}

const minVersion = 'TLSv1.2'
const handshakeTimeout = 10_000

/** What a server proves its name with. It can be renewed while the server answers; who is connected already stays so. */
export class Certificate {
  #proof: Proof
  #context: SecureContext

  constructor(proof: Proof) {
    this.#proof = proof
    this.#context = contextOf(proof)
  }

  get options(): ServerOptions {
    // Asked at each connection that names a host. On `localhost` Fastify opens a second server, one for each version of the address, which
    // nobody could hand a new certificate.
    return { ...this.#proof, minVersion, handshakeTimeout, SNICallback: (_name, answer) => answer(null, this.#context) }
  }

  /** Whatever cannot be served is thrown before anything changes. */
  renew(proof: Proof, server: PlainServer): void {
    this.#context = contextOf(proof)
    this.#proof = proof
    // For those who name no host, since they know us by an address.
    if (server instanceof Server) server.setSecureContext({ ...proof, minVersion })
  }
}

function contextOf(proof: Proof): SecureContext {
  return createSecureContext({ ...proof, minVersion })
}
