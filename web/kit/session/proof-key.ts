import { serverNow } from './clock.ts'
import { base64url, base64urlOfJson, newSecret, sha256 } from './encoding.ts'

const algorithm = { name: 'ECDSA', namedCurve: 'P-256' } as const

/** The key this page's tokens are bound to (RFC 9449). Nobody can read it, not even the page, and it is gone with the page. */
export class ProofKey {
  readonly #keys: Promise<CryptoKeyPair>
  readonly #header: Promise<string>

  constructor() {
    this.#keys = crypto.subtle.generateKey(algorithm, false, ['sign'])
    this.#header = this.#keys.then(headerOf)
  }

  /** A signature for one request, to go along with it. */
  async proofFor(method: string, url: string, token?: string): Promise<string> {
    const claims = {
      htm: method,
      htu: url.split(/[?#]/, 1)[0],
      iat: Math.floor(serverNow() / 1000),
      jti: newSecret(),
      ...(token !== undefined && { ath: await sha256(token) }),
    }
    const signed = `${await this.#header}.${base64urlOfJson(claims)}`
    const { privateKey } = await this.#keys
    const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, privateKey, new TextEncoder().encode(signed))
    return `${signed}.${base64url(signature)}`
  }
}

async function headerOf({ publicKey }: CryptoKeyPair): Promise<string> {
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', publicKey)
  return base64urlOfJson({ alg: 'ES256', typ: 'dpop+jwt', jwk: { kty, crv, x, y } })
}
