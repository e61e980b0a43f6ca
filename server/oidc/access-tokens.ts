import { hash } from 'node:crypto'
import { decodeJwt, errors, jwtVerify, SignJWT } from 'jose'
import { refuse } from '#server/domain/refusal.ts'
import { type SigningAlgorithm, tokenLifeMaxSeconds } from '#server/domain/signing-keys.ts'

const cachedMax = 10_000
/** The tokens of our own API are always this; a key made for another algorithm neither makes nor checks one. */
const algorithm = 'ES256'
const clockSkewSeconds = 60

/** The parts of a signing key a token is checked or made with. */
export interface TokenKey {
  id: string
  algorithm: SigningAlgorithm
  publicKey: CryptoKeyLike
  privateKey: CryptoKeyLike
}
type CryptoKeyLike = Parameters<SignJWT['sign']>[0]

export type TokenClaims = PersonClaims | AppClaims

interface PersonClaims {
  kind: 'person'
  tenantId: string
  userId: string
  scopes: ReadonlySet<string>
  epoch: number
  /** How this session was proven, and when. */
  methods: readonly string[]
  authenticatedAt: Date
  /** What the session and the app's grant in it are called; a token that a command made belongs to none. */
  sessionName: string | undefined
  grantName: string | undefined
  appId: string
  /** The thumbprint of the key whose holder alone may use it (RFC 9449). */
  boundTo: string | undefined
}

/** An app in its own name: no person, no session, no second factor. */
interface AppClaims {
  kind: 'app'
  tenantId: string
  servicePrincipalId: string
  roles: ReadonlySet<string>
  appId: string
  boundTo: string | undefined
}

export type TokenRequest = PersonTokenRequest | AppTokenRequest

interface AppTokenRequest {
  servicePrincipalId: string
  roles: readonly string[]
  appId: string
  lifeSeconds: number
}

interface PersonTokenRequest {
  userId: string
  scopes: readonly string[]
  epoch: number
  methods: readonly string[]
  appId: string
  lifeSeconds: number
}

interface Known {
  keyId: string
  claims: TokenClaims
  notBefore: number
  expires: number
}

/** Makes and reads the bearer tokens of one installation: RFC 9068, one issuer and one set of keys per tenant. */
export class AccessTokens {
  readonly #publicUrl: string
  /** Tokens whose signature has been checked, by their hash. Time, key, account and epoch are still asked on every call. */
  readonly #checked = new Map<string, Known>()

  constructor(publicUrl: string) {
    this.#publicUrl = publicUrl
  }

  issuerOf(tenantId: string): string {
    return `${this.#publicUrl}/${tenantId}/v2.0`
  }

  async mint(tenantId: string, key: TokenKey, request: TokenRequest, now: Date): Promise<string> {
    if (key.algorithm !== algorithm) throw new Error(`our own tokens are not signed with ${key.algorithm}`)
    if (request.lifeSeconds > tokenLifeMaxSeconds) throw new Error('a token must not outlive the key that proves it')
    const issuedAt = Math.floor(now.getTime() / 1000)
    return new SignJWT({ tid: tenantId, client_id: request.appId, ...ownClaims(request, issuedAt) })
      .setProtectedHeader({ alg: algorithm, typ: 'at+jwt', kid: key.id })
      .setIssuer(this.issuerOf(tenantId))
      .setSubject('userId' in request ? request.userId : request.servicePrincipalId)
      .setAudience(this.#publicUrl)
      .setIssuedAt(issuedAt)
      .setNotBefore(issuedAt)
      .setExpirationTime(issuedAt + request.lifeSeconds)
      .setJti(crypto.randomUUID())
      .sign(key.privateKey)
  }

  /** `keysOf` answers a tenant's living keys, or nothing when there is no such tenant. */
  async verify(token: string, keysOf: (tenantId: string) => Promise<readonly TokenKey[] | undefined>, now: Date): Promise<TokenClaims> {
    const digest = hash('sha256', token, 'base64url')
    const known = this.#checked.get(digest) ?? (await this.#check(token, keysOf))
    const keys = await keysOf(known.claims.tenantId)
    if (!keys?.some((key) => key.id === known.keyId)) refuse('token_invalid')
    const seconds = now.getTime() / 1000
    if (seconds >= known.expires + clockSkewSeconds) refuse('token_expired')
    if (seconds < known.notBefore - clockSkewSeconds) refuse('token_invalid')
    this.#remember(digest, known)
    return known.claims
  }

  async #check(token: string, keysOf: (tenantId: string) => Promise<readonly TokenKey[] | undefined>): Promise<Known> {
    try {
      const { tid } = decodeJwt(token)
      const tenantId = typeof tid === 'string' ? tid : ''
      const keys = await keysOf(tenantId)
      if (!keys) return refuse('token_invalid')
      const { payload, protectedHeader } = await jwtVerify(
        token,
        ({ kid }) => keys.find((key) => key.algorithm === algorithm && key.id === kid)?.publicKey ?? refuse('token_invalid'),
        {
          algorithms: [algorithm],
          typ: 'at+jwt',
          issuer: this.issuerOf(tenantId),
          audience: this.#publicUrl,
          requiredClaims: ['exp', 'nbf', 'iat', 'oid', 'client_id'],
          // Signature and contents are settled here once; the clock is asked on every call.
          currentDate: new Date((decodeJwt(token).nbf ?? 0) * 1000),
        },
      )
      return {
        keyId: protectedHeader.kid ?? '',
        claims: toClaims(tenantId, payload),
        notBefore: payload.nbf ?? 0,
        expires: payload.exp ?? 0,
      }
    } catch (error) {
      if (error instanceof errors.JOSEError || error instanceof TypeError) refuse('token_invalid')
      throw error
    }
  }

  #remember(digest: string, known: Known): void {
    if (this.#checked.has(digest)) return
    if (this.#checked.size >= cachedMax) this.#checked.clear()
    this.#checked.set(digest, known)
  }
}

function ownClaims(request: TokenRequest, issuedAt: number) {
  if ('servicePrincipalId' in request) return { oid: request.servicePrincipalId, idtyp: 'app', roles: [...request.roles] }
  const { userId, scopes, methods, epoch } = request
  return { oid: userId, scp: scopes.join(' '), amr: [...methods], auth_time: issuedAt, epoch }
}

/** What is half a person's token and half an app's is neither. */
function toClaims(tenantId: string, payload: Readonly<Record<string, unknown>>): TokenClaims {
  const { oid, idtyp, roles, scp, epoch, amr, auth_time: authTime, client_id: appId, sid, grant_id: grant } = payload
  const boundTo = keyOf(payload.cnf)
  if (typeof oid !== 'string' || typeof appId !== 'string') refuse('token_invalid')
  if (idtyp === 'app') {
    if (!Array.isArray(roles) || scp !== undefined || epoch !== undefined) refuse('token_invalid')
    return { kind: 'app', tenantId, servicePrincipalId: oid, roles: new Set(roles.map(String)), appId, boundTo }
  }
  if (typeof scp !== 'string' || typeof epoch !== 'number' || typeof authTime !== 'number' || !Array.isArray(amr)) refuse('token_invalid')
  return {
    kind: 'person',
    tenantId,
    userId: oid,
    scopes: new Set(scp.split(' ').filter(Boolean)),
    epoch,
    methods: amr.map(String),
    authenticatedAt: new Date(authTime * 1000),
    sessionName: typeof sid === 'string' ? sid : undefined,
    grantName: typeof grant === 'string' ? grant : undefined,
    appId,
    boundTo,
  }
}

/** A token bound in a way we do not know how to check is not one for us. */
function keyOf(confirmation: unknown): string | undefined {
  if (confirmation === undefined) return undefined
  const isKnown = typeof confirmation === 'object' && confirmation !== null && 'jkt' in confirmation && typeof confirmation.jkt === 'string'
  return isKnown ? String(confirmation.jkt) : refuse('token_invalid')
}
