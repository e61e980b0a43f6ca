import type { IncomingMessage, ServerResponse } from 'node:http'
import { errors } from 'oidc-provider'
import { acrOf } from '#server/domain/acr-values.ts'
import type { HeldProof, Interaction, LivingSession, Proof, SessionProof } from '#server/domain/interaction.ts'
import { amrOf, methodsOfSession, strengthOf } from '#server/domain/proof-strength.ts'
import { recordName } from '#server/domain/session.ts'
import type { Stores, System } from '#server/system.ts'
import { idle, strengthWanted, strongProofMaxAgeMs, tooWeak } from './prompts.ts'
import { anywhereParameter } from './provider-configuration.ts'
import type { Providers } from './providers.ts'
import { savingWith } from './records-adapter.ts'
import { sessionSeconds } from './session-life.ts'

type Found = Awaited<ReturnType<NonNullable<Awaited<ReturnType<Providers['of']>>>['provider']['interactionDetails']>>

const settledHere: ReadonlySet<string> = new Set(['prompt', 'request', 'request_uri', 'login_hint', anywhereParameter])

/** A person's way from an app's question to its answer, while they are on our pages. */
export class PendingInteraction {
  readonly view: Interaction
  /** What the session in this browser proves already, where only more is asked for. */
  readonly sessionProof: SessionProof | undefined
  readonly #found: Found

  constructor(found: Found, view: Interaction, sessionProof: SessionProof | undefined) {
    this.#found = found
    this.view = view
    this.sessionProof = sessionProof
  }

  /** Where the browser goes when all is done. */
  get returnTo(): string {
    return this.#found.returnTo
  }

  /** What the app asked, to ask it again of another organisation where the person is signed in by then. */
  get question(): URLSearchParams {
    const question = new URLSearchParams()
    for (const [name, value] of Object.entries(this.#found.params)) {
      if (typeof value === 'string' && !settledHere.has(name)) question.set(name, value)
    }
    return question
  }

  /** Says who signed in. What is written stands or falls with the caller's transaction. */
  async answer(stores: Stores, proof: Proof): Promise<void> {
    const { userId, provenAt, attemptId } = proof
    const amr = amrOf(proof.methods)
    this.#found.result = {
      ...this.#earlier,
      select_account: {},
      login: {
        accountId: userId,
        amr,
        acr: acrOf(amr),
        remember: false,
        ts: Math.floor(provenAt.getTime() / 1000),
        attemptId,
        // Between the proof and the session there may be a page to answer, and meanwhile all their sessions may be ended.
        epoch: (await stores.authority.findAccount(userId))?.epoch,
      },
    }
    // Somebody else's session in this browser stays theirs; this one begins beside it.
    if (this.isSomebodyElse(userId)) delete this.#found.session
    await this.#save(stores)
  }

  /**
   * Keeps a proof while something is left to do before the app may hear of it. It is no login: whoever goes back to the protocol now is asked
   * to sign in again, and has to prove everything anew.
   */
  async hold(stores: Stores, { userId, methods, provenAt, attemptId, enrolled = [] }: Proof): Promise<void> {
    const epoch = (await stores.authority.findAccount(userId))?.epoch
    this.#found.result = {
      held: { userId, methods: [...methods], provenAt: provenAt.getTime(), attemptId, epoch, enrolled: [...enrolled] },
    }
    await this.#save(stores)
  }

  /** Somebody who proved who they are and has something left to do. */
  get held(): HeldProof | undefined {
    return heldIn(this.#found.result)
  }

  /** The proof counts no more, and the sign-in begins anew. */
  async letGo(stores: Stores): Promise<void> {
    this.#found.result = undefined
    await this.#save(stores)
  }

  /** Whether another person than this one is signed in here already. */
  isSomebodyElse(userId: string): boolean {
    return this.view.userId !== undefined && this.view.userId !== userId
  }

  /** Whether the browser keeps the session when it is closed. */
  async keepSignedIn(stores: Stores): Promise<boolean> {
    const login = this.#found.result?.login
    if (!login) return false
    this.#found.result = { ...this.#found.result, login: { ...login, remember: true } }
    await this.#save(stores)
    return true
  }

  /** The person goes on as who they are already, or as `other`, whose session is in this browser too. */
  async choose(stores: Stores, other: LivingSession | undefined): Promise<void> {
    this.#found.result = { ...this.#earlier, select_account: {} }
    if (other) this.#found.session = { accountId: other.userId, uid: other.uid, cookie: other.id }
    await this.#save(stores)
  }

  /** The person goes back to the app without having signed in. */
  async giveUp(stores: Stores, error: 'access_denied' | 'unmet_authentication_requirements'): Promise<void> {
    this.#found.result = { error, error_description: 'the person did not sign in' }
    await this.#save(stores)
  }

  get isAnswered(): boolean {
    return this.#found.result?.login !== undefined
  }

  /** Who the app will hear signed in. */
  get answeredFor(): string | undefined {
    return this.#found.result?.login?.accountId
  }

  /** What was answered to the same app's question a moment ago. A proof that was held then is none now. */
  get #earlier() {
    const { held: _gone, ...earlier } = this.#found.lastSubmission ?? {}
    return earlier
  }

  /** Whether the app has its answer by now, or the way there is over. */
  async isSettled({ oidcRecords }: Pick<Stores, 'oidcRecords'>, now: Date): Promise<boolean> {
    const record = await oidcRecords.find('Interaction', this.#found.jti, now)
    const result = record?.payload['result'] as Found['result']
    return record === undefined || result?.login !== undefined
  }

  async #save(stores: Stores): Promise<void> {
    const secondsLeft = this.#found.exp - Math.floor(Date.now() / 1000)
    await savingWith(stores, () => this.#found.save(Math.max(1, secondsLeft)))
  }
}

/** The interactions of every tenant. The library's signed cookie says which one is this browser's. */
export class Interactions {
  readonly #providers: Providers

  constructor(providers: Providers) {
    this.#providers = providers
  }

  async find(tenantId: string, id: string, request: IncomingMessage, response: ServerResponse): Promise<PendingInteraction | undefined> {
    const made = await this.#providers.of(tenantId)
    if (!made) return undefined
    try {
      const found = await made.provider.interactionDetails(request, response)
      if (found.uid !== id) return undefined
      const appName = await made.system.apps.findName(String(found.params.client_id))
      if (appName === undefined) return undefined
      return new PendingInteraction(found, viewOf(found, appName), await sessionProofOf(found, made.system))
    } catch (error) {
      if (error instanceof errors.SessionNotFound) return undefined
      throw error
    }
  }

  /** A session for somebody who has proven who they are on the way to another organisation. Answers its id, which is the browser's to keep. */
  async begin(tenantId: string, stores: Stores, { userId, methods, provenAt, attemptId }: Proof): Promise<string> {
    const made = await this.#providers.of(tenantId)
    if (!made) throw new Error('no such organisation')
    const session = new made.provider.Session()
    const loginTs = Math.floor(provenAt.getTime() / 1000)
    session.loginAccount({ accountId: userId, amr: amrOf(methods), acr: acrOf(amrOf(methods)), loginTs, transient: true })
    await savingWith(stores, () => session.save(sessionSeconds(session, made.system.now())))
    await stores.signIns.keepSession(attemptId, recordName(session.uid))
    return session.jti
  }

  /** Whose session this is, for a form that carries its secret. */
  async ownerOf(tenantId: string, sessionId: string, secret: string): Promise<string | undefined> {
    const made = await this.#providers.of(tenantId)
    const session = await made?.provider.Session.find(sessionId)
    return session?.state?.secret === secret ? session.accountId : undefined
  }

  /** The sessions behind these ids that are still alive. */
  async sessions(tenantId: string, ids: readonly string[]): Promise<LivingSession[]> {
    const made = await this.#providers.of(tenantId)
    if (!made) return []
    const found = await Promise.all(ids.map((id) => made.provider.Session.find(id)))
    return found.flatMap((session) => (session?.accountId ? [{ id: session.jti, uid: session.uid, userId: session.accountId }] : []))
  }
}

function viewOf(found: Found, appName: string): Interaction {
  const { params, prompt, session } = found
  const wanted = strengthWanted(String(params.client_id), params)
  const redirectUri = textIn(params.redirect_uri)
  return {
    id: found.uid,
    appId: String(params.client_id),
    appName,
    appOrigin: redirectUri && originOf(redirectUri),
    wants: prompt.name === 'select_account' ? 'choose_account' : 'sign_in',
    needsTwoFactors: wanted === 'two factors',
    isUnobtainable: wanted === 'unobtainable',
    loginHint: textIn(params.login_hint),
    uiLocales: textIn(params.ui_locales),
    userId: session?.accountId,
    isDeviceCode: found.deviceCode !== undefined,
    isAnywhere: params[anywhereParameter] !== undefined,
  }
}

/**
 * Of somebody who is signed in and is asked for nothing but more of it. Where an app wants a new sign-in, or the session is too old to be half of
 * a strong one, all has to be proven again.
 */
async function sessionProofOf({ prompt, session }: Found, system: System): Promise<SessionProof | undefined> {
  const isOnlyMore = prompt.name === 'login' && prompt.reasons.every((reason) => reason === tooWeak || reason === idle)
  if (!isOnlyMore || !session?.accountId) return undefined
  const now = system.now()
  const record = await system.oidcRecords.findByUid('Session', session.uid, now)
  if (!record || record.userId !== session.accountId || (await system.sessions.hasEnded(session.uid, now))) return undefined
  const { amr, loginTs } = record.payload
  const provenAt = new Date(Number(loginTs ?? 0) * 1000)
  if (!Array.isArray(amr) || now.getTime() - provenAt.getTime() > strongProofMaxAgeMs) return undefined
  const proven = methodsOfSession(amr.map(String))
  // Whoever finds the screen open may have found the phone beside it: what is in somebody's head is asked again.
  const methods = prompt.reasons.includes(idle) ? proven.filter((method) => method !== 'pwd') : proven
  return strengthOf(methods) === 'one factor' ? { userId: session.accountId, methods, provenAt, epoch: record.epoch } : undefined
}

/** As it was written by `hold`; the library keeps a result without looking at what is in it. */
function heldIn(result: Found['result']): HeldProof | undefined {
  const held = result?.['held'] as
    | { userId: string; methods: string[]; provenAt: number; attemptId: string; epoch: number | undefined; enrolled: string[] }
    | undefined
  return held && { ...held, provenAt: new Date(held.provenAt) }
}

/** What a page's policy can name: an origin, or the scheme of an app on a phone. */
function originOf(address: string): string | undefined {
  const url = URL.parse(address)
  if (!url) return undefined
  return url.origin === 'null' ? url.protocol : url.origin
}

function textIn(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
