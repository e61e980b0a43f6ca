import { type KeyObject, sign } from 'node:crypto'
import { promisify } from 'node:util'
import { ExternalSigningKey } from 'oidc-provider'
import { keyState, type SigningAlgorithm } from '#server/domain/signing-keys.ts'
import type { SigningKey } from '#server/store/signing-keys.ts'

const signElsewhere = promisify(sign)

/** A key that the provider may have sign, but whose secret it never sees. */
export class Signer extends ExternalSigningKey {
  readonly #id: string
  readonly #algorithm: SigningAlgorithm
  readonly #publicKey: KeyObject
  readonly #privateKey: KeyObject

  constructor({ id, algorithm, publicKey, privateKey }: Pick<SigningKey, 'id' | 'algorithm' | 'publicKey' | 'privateKey'>) {
    super()
    this.#id = id
    this.#algorithm = algorithm
    this.#publicKey = publicKey
    this.#privateKey = privateKey
  }

  override get kid(): string {
    return this.#id
  }

  override get alg(): SigningAlgorithm {
    return this.#algorithm
  }

  override keyObject(): KeyObject {
    return this.#publicKey
  }

  /** An RSA signature takes longer than all else a request does, so another thread makes it. One of ES256 takes less than the way there. */
  override sign(data: Uint8Array): Uint8Array | Promise<Uint8Array> {
    return this.#algorithm === 'RS256'
      ? signElsewhere('sha256', data, this.#privateKey)
      : sign('sha256', data, { key: this.#privateKey, dsaEncoding: 'ieee-p1363' })
  }
}

/** A provider signs with the first key of an algorithm and publishes them all. */
export function signingKeysFor(keys: readonly SigningKey[], now: Date): Signer[] {
  return inSigningOrder(keys, now).map((key) => new Signer(key))
}

/** Changes when a provider made before must not be used any more: a key came, went or began to sign. */
export function signingOrderOf(keys: readonly SigningKey[], now: Date): string {
  return inSigningOrder(keys, now)
    .map(({ id }) => id)
    .join(' ')
}

function inSigningOrder(keys: readonly SigningKey[], now: Date): SigningKey[] {
  const isCurrent = (key: SigningKey) => keyState(keys, key, now) === 'current'
  return [...keys.filter(isCurrent), ...keys.filter((key) => !isCurrent(key))]
}
