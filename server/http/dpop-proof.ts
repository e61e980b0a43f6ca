import { createHash } from 'node:crypto'
import { calculateJwkThumbprint, EmbeddedJWK, errors, jwtVerify } from 'jose'
import { refuse } from '#server/domain/refusal.ts'
import type { System } from '#server/system.ts'

/** One request as a proof must name it: a proof for another method, address or token is none. */
export interface Proven {
  method: string
  /** Scheme, host and path as we are configured; query and fragment are left out (RFC 9449 §4.3). */
  url: string
  token: string
  proof: string | undefined
}

const proofLengthMax = 4_096
const freshSeconds = 60
/** Kept longer than any proof of the same instant could be fresh. */
const rememberedMs = 3 * freshSeconds * 1000

/** A token that is bound to a key is worth nothing without a new signature by that key: whoever only read the token cannot use it. */
export async function checkProof(system: Pick<System, 'inTransaction' | 'now'>, boundTo: string, { method, url, token, proof }: Proven) {
  const now = system.now()
  const claims = await verified(proof, boundTo, now)
  const isForThis = claims.htm === method && claims.htu === url && claims.ath === createHash('sha256').update(token).digest('base64url')
  if (!isForThis || claims.jti === undefined) return refuse('proof_invalid')
  const id = `${boundTo} ${claims.jti}`
  const until = new Date(now.getTime() + rememberedMs)
  const isFirst = await system.inTransaction(({ oidcRecords }) => oidcRecords.addOnce('ApiProof', id, until, now))
  if (!isFirst) refuse('proof_invalid')
}

async function verified(proof: string | undefined, boundTo: string, now: Date) {
  if (!proof || proof.length > proofLengthMax) return refuse('proof_invalid')
  try {
    const { payload, protectedHeader } = await jwtVerify<{ htm?: unknown; htu?: unknown; ath?: unknown }>(proof, EmbeddedJWK, {
      typ: 'dpop+jwt',
      algorithms: ['ES256', 'EdDSA', 'Ed25519'],
      requiredClaims: ['iat', 'jti'],
      maxTokenAge: freshSeconds,
      clockTolerance: freshSeconds,
      currentDate: now,
    })
    const isOwner = protectedHeader.jwk !== undefined && (await calculateJwkThumbprint(protectedHeader.jwk)) === boundTo
    return isOwner ? payload : refuse('proof_invalid')
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof TypeError) return refuse('proof_invalid')
    throw error
  }
}
