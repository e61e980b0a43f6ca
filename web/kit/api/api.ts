import { session } from '../session/session.ts'
import { setting } from '../setting.ts'
import { currentLocale } from '../words/locale.ts'
import { message } from '../words/message.ts'
import { ApiError, errorOf } from './api-error.ts'
import { stepUpIn } from './challenge.ts'
import { forgetResources } from './resources.ts'

/** A path of the API: under Graph's two versions, or our own. */
export type ApiPath = `/v1.0/${string}` | `/beta/${string}` | `/sesam/v1/${string}`

let lastId: string | undefined

/** Finds the newest answer in the server's log. */
export function lastSupportId(): string | undefined {
  return lastId
}

type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'

/** A revoked one too: who changes their own password stays signed in where they do it, by what the session has to come back with. */
const renewable: ReadonlySet<string> = new Set(['token_expired', 'token_revoked'])
/** What says that nobody is signed in any more, whatever the token says. */
const over: ReadonlySet<string> = new Set(['token_revoked', 'token_invalid', 'token_missing', 'account_disabled'])
const steppedUpKey = 'sesam.stepped-up'
/** Who has just proven themselves and is asked again would be asked for ever. */
const steppedUpMs = 15_000

/**
 * The management API, as the person who is signed in. What comes back is what the contract says of the path; a no is thrown as an `ApiError`.
 * Whatever changes something makes every `useResource` ask again.
 */
export const api = {
  get: <T>(path: ApiPath): Promise<T> => send<T>('GET', path),
  /** What is to be kept as a file. */
  file: async (path: ApiPath): Promise<Blob> => (await answerTo('GET', path)).blob(),
  /** A question whose answer is about what is sent, such as whether a password would do. It changes nothing. */
  ask: <T>(path: ApiPath, body: object, prefer?: string): Promise<T> => send<T>('POST', path, { body, prefer }),
  post: <T = void>(path: ApiPath, body?: object): Promise<T> => change<T>('POST', path, { body }),
  /** With the `@odata.etag` that the page was shown, nothing is overwritten that somebody changed since. */
  patch: <T = void>(path: ApiPath, body: object, ifMatch?: string): Promise<T> => change<T>('PATCH', path, { body, ifMatch }),
  put: <T = void>(path: ApiPath, body: object): Promise<T> => change<T>('PUT', path, { body }),
  /** With a preference that the contract names, such as `reassign-default`. */
  delete: (path: ApiPath, prefer?: string): Promise<void> => change<void>('DELETE', path, { prefer }),
}

async function change<T>(method: Method, path: ApiPath, sent: Sent): Promise<T> {
  const answer = await send<T>(method, path, sent)
  forgetResources()
  return answer
}

interface Sent {
  body?: object | undefined
  prefer?: string | undefined
  ifMatch?: string | undefined
}

async function send<T>(method: Method, path: ApiPath, sent: Sent = {}): Promise<T> {
  // An answer is what the contract says; checking it again here would cost every page the checker.
  return bodyOf(await answerTo(method, path, sent))
}

async function answerTo(method: Method, path: ApiPath, sent: Sent = {}, isSecondTry = false): Promise<Response> {
  const response = await request(method, path, sent)
  lastId = response.headers.get('request-id') ?? lastId
  if (response.ok) return response
  const stepUp = response.status === 401 ? stepUpIn(response.headers.get('www-authenticate')) : undefined
  const error = await errorOf(response, message('web.kit.api.failed'))
  if (stepUp && mayStepUp()) return session.signIn(stepUp)
  if (response.status === 401 && renewable.has(error.code) && !isSecondTry) {
    session.expire()
    return answerTo(method, path, sent, true)
  }
  if (response.status === 401 && over.has(error.code)) return session.signIn()
  throw error
}

/** An answer may come without a body, and then says nothing. */
async function bodyOf<T>(response: Response): Promise<T> {
  const text = await response.text()
  return JSON.parse(text || 'null') ?? undefined
}

async function request(method: Method, path: ApiPath, { body, prefer, ifMatch }: Sent): Promise<Response> {
  const url = setting().publicUrl + path
  try {
    return await fetch(url, {
      method,
      headers: {
        ...(await session.headersFor(method, url)),
        'accept-language': currentLocale(),
        // What Graph's harder questions ask for; the easy ones do not mind.
        ...(method === 'GET' && { consistencylevel: 'eventual' }),
        ...(body && { 'content-type': 'application/json' }),
        ...(prefer !== undefined && { prefer }),
        ...(ifMatch !== undefined && { 'if-match': ifMatch }),
      },
      ...(body && { body: JSON.stringify(body) }),
    })
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    throw new ApiError(message('web.kit.api.unreachable'), { code: 'unreachable', status: 0 })
  }
}

function mayStepUp(): boolean {
  const before = Number(sessionStorage.getItem(steppedUpKey) ?? 0)
  sessionStorage.setItem(steppedUpKey, String(Date.now()))
  return Date.now() - before > steppedUpMs
}
