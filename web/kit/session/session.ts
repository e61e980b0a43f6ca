import { signedInPath, signedOutPath } from '#contract/web-apps.ts'
import { forgetDrafts } from '../draft-store.ts'
import { setting } from '../setting.ts'
import { forgetWays, keepAsked, mayGoAgain, takeAsked } from './asked.ts'
import { claimsIn, newSecret, sha256 } from './encoding.ts'
import { ProofKey } from './proof-key.ts'
import { askForTokens, requireOurs, TokenRefused, type Tokens, thisApp } from './tokens.ts'

/** Who is signed in, as the ID token says. */
export interface Person {
  id: string
  tenant: string
  name: string
  /** What friends say; the whole name where only that is known. */
  givenName: string
  username: string
}

export interface SignInWishes {
  /** How long ago the person may have proven who they are. */
  maxAgeSeconds?: number | undefined
  acrValues?: string | undefined
  /** Ask who it is, even where somebody is signed in. */
  selectAccount?: boolean
  /** Whoever it is may belong to another organisation than the one this page wears. */
  anyOrganisation?: boolean
  /** Where to come back to; here, when nothing is said. */
  returnTo?: string | undefined
}

/** Why nobody is signed in: what the sign-in pages answered, or `circle` when they have been asked too often. */
export interface Failure {
  error: string
  description: string | undefined
  returnTo: string
}

export type Arrival = { kind: 'signed-in' } | { kind: 'signed-out' } | { kind: 'leaving' } | { kind: 'failed'; failure: Failure }

/** A token that ends sooner than this is renewed before it is used. */
const renewedBeforeMs = 60_000
const anyOrganisation = 'organizations'
const never = new Promise<never>(() => {})

/** This page's sign-in. Tokens live in its memory and nowhere else, so every tab has its own and a closed one leaves nothing. */
class Session {
  readonly #key = new ProofKey()
  #tokens: Tokens | undefined
  #renewing: Promise<Tokens> | undefined
  #arriving: Promise<Arrival> | undefined
  #isSigningOut = false

  /** What to do about the address the page was opened at: take the code it carries, or go and get one. Once, whoever asks. */
  arrive(): Promise<Arrival> {
    this.#arriving ??= this.#arrive()
    return this.#arriving
  }

  async #arrive(): Promise<Arrival> {
    const { pathname, searchParams, hash } = new URL(location.href)
    const { path } = thisApp()
    if (pathname === path + signedOutPath) return { kind: 'signed-out' }
    if (pathname === path + signedInPath) return this.#takeAnswer(searchParams)
    searchParams.delete('tenant')
    return this.#leave({ returnTo: `${pathname}${withMark(searchParams)}${hash}` })
  }

  get person(): Person {
    const { oid, tid, name: whole, given_name: given, preferred_username: username } = claimsIn(this.#tokens?.id ?? '')
    const name = String(whole ?? username ?? '')
    return { id: String(oid), tenant: String(tid), name, givenName: String(given ?? name), username: String(username ?? '') }
  }

  /** A token for one request and the proof that goes with it. */
  async headersFor(method: string, url: string): Promise<Record<string, string>> {
    const { access } = await this.#livingTokens()
    return { authorization: `DPoP ${access}`, dpop: await this.#key.proofFor(method, url, access) }
  }

  /** After the server said that a token is over, however long it should have lived. Many at once renew once. */
  expire(): void {
    if (this.#tokens && !this.#renewing) this.#tokens = { ...this.#tokens, expiresAt: 0 }
  }

  /** Leaves for the sign-in pages and never comes back: the page that returns is a new one, at the same address. */
  async signIn(wishes: SignInWishes = {}): Promise<never> {
    // What hears meanwhile that nobody is signed in any more must not get in the way of the way out.
    if (this.#isSigningOut) return never
    const hint = this.#tokens && !wishes.selectAccount ? this.person.username : undefined
    const arrival = await this.#leave({ ...wishes, returnTo: wishes.returnTo ?? location.pathname + location.search + location.hash }, hint)
    if (arrival.kind !== 'leaving') throw new Error('signing in leads back here again and again')
    return never
  }

  signOut(): void {
    this.#isSigningOut = true
    const { publicUrl } = setting()
    const { path, appId } = thisApp()
    forgetDrafts()
    const query = new URLSearchParams({
      client_id: appId,
      id_token_hint: this.#tokens?.id ?? '',
      post_logout_redirect_uri: publicUrl + path + signedOutPath,
    })
    location.assign(`${publicUrl}/${this.person.tenant}/oauth2/v2.0/logout?${query}`)
  }

  /** Somebody signed out in another tab: nothing of theirs stays here either. */
  signedOutElsewhere(): void {
    forgetDrafts()
    location.reload()
  }

  async #livingTokens(): Promise<Tokens> {
    const tokens = this.#tokens
    if (tokens && tokens.expiresAt - Date.now() > renewedBeforeMs) return tokens
    this.#renewing ??= this.#renew(tokens).finally(() => {
      this.#renewing = undefined
    })
    return this.#renewing
  }

  async #renew(tokens: Tokens | undefined): Promise<Tokens> {
    if (!tokens?.refresh) return this.signIn()
    try {
      const { tenant } = this.person
      const fields = { grant_type: 'refresh_token', refresh_token: tokens.refresh }
      this.#tokens = await askForTokens(tenant, this.#key, fields, tokens.id)
      return this.#tokens
    } catch (error) {
      // The session is over, here or everywhere. Whoever is in the middle of something comes back to it.
      if (error instanceof TokenRefused) return this.signIn()
      throw error
    }
  }

  async #leave(wishes: SignInWishes & { returnTo: string }, loginHint?: string): Promise<Arrival> {
    const { returnTo, maxAgeSeconds, acrValues, selectAccount, anyOrganisation: isAnywhere } = wishes
    if (!mayGoAgain()) {
      forgetWays()
      return { kind: 'failed', failure: { error: 'circle', description: undefined, returnTo } }
    }
    const { publicUrl, locale, tenant: known } = setting()
    const { appId, path, scopes } = thisApp()
    const tenant = isAnywhere ? anyOrganisation : this.#tokens ? this.person.tenant : (known ?? anyOrganisation)
    const asked = { verifier: newSecret(), nonce: newSecret(), returnTo, tenant }
    const state = newSecret()
    keepAsked(state, asked)
    const query = new URLSearchParams({
      client_id: appId,
      response_type: 'code',
      redirect_uri: publicUrl + path + signedInPath,
      scope: ['openid', 'profile', 'offline_access', ...scopes].join(' '),
      code_challenge: await sha256(asked.verifier),
      code_challenge_method: 'S256',
      state,
      nonce: asked.nonce,
      ui_locales: locale,
      ...(maxAgeSeconds !== undefined && { max_age: String(maxAgeSeconds) }),
      ...(acrValues !== undefined && { acr_values: acrValues }),
      ...(loginHint !== undefined && { login_hint: loginHint }),
      ...(selectAccount && { prompt: 'select_account' }),
    })
    // In the place of this page: the way back leads to where the person was, not into the machinery.
    location.replace(`${publicUrl}/${tenant}/oauth2/v2.0/authorize?${query}`)
    return { kind: 'leaving' }
  }

  async #takeAnswer(answer: URLSearchParams): Promise<Arrival> {
    const { publicUrl, tenant: known } = setting()
    const { path } = thisApp()
    const asked = takeAsked(answer.get('state') ?? '')
    const code = answer.get('code')
    // Opened again, or by a link from somebody else: whatever it carries is not for this page.
    if (!asked) return this.#leave({ returnTo: path })
    history.replaceState(null, '', asked.returnTo)
    const failed = (error: string, description?: string): Arrival => {
      return { kind: 'failed', failure: { error, description, returnTo: asked.returnTo } }
    }
    if (code === null) return failed(answer.get('error') ?? 'server_error', answer.get('error_description') ?? undefined)
    try {
      const fields = {
        grant_type: 'authorization_code',
        code,
        redirect_uri: publicUrl + path + signedInPath,
        code_verifier: asked.verifier,
      }
      const issuer = answer.get('iss')
      const tokens = await askForTokens(tenantOf(issuer) ?? asked.tenant, this.#key, fields)
      requireOurs(tokens.id, asked.nonce, issuer)
      this.#tokens = tokens
    } catch (error) {
      return failed(error instanceof TokenRefused ? error.code : 'unreachable')
    }
    if (this.person.tenant !== known) return this.#changeOrganisation(asked.returnTo)
    forgetWays()
    return { kind: 'signed-in' }
  }

  /** The page wears another organisation's name, or none. The server remembers which, and the living session comes straight back. */
  #changeOrganisation(returnTo: string): Arrival {
    const next = new URL(returnTo, setting().publicUrl)
    next.searchParams.set('tenant', this.person.tenant)
    location.replace(next)
    return { kind: 'leaving' }
  }
}

/** The answer says whose code it is (RFC 9207), also where the question named no organisation. */
function tenantOf(issuer: string | null): string | undefined {
  const { publicUrl } = setting()
  if (!issuer?.startsWith(`${publicUrl}/`)) return undefined
  return /^[0-9a-f-]{36}(?=\/v2\.0$)/.exec(issuer.slice(publicUrl.length + 1))?.[0]
}

function withMark(query: URLSearchParams): string {
  const text = query.toString()
  return text && `?${text}`
}

export const session = new Session()
