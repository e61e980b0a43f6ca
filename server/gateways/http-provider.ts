import type { GatewayOptions } from '#server/domain/gateway-options.ts'
import { signingHeaders } from '#server/domain/signed-report.ts'
import type { SendResult } from './send-result.ts'

const patienceMs = 5_000
const answerMaxBytes = 64 * 1024
const retryAfterMaxMs = 60_000

/** What stands in for the names in braces. */
export type Values = Readonly<Record<string, string>>

/** A way out: the usual one, or one that is careful where it leads. */
export type Fetch = (address: string, options: RequestInit) => Promise<Response>

/** Any provider that takes what we want of it by HTTP. Redirects are not followed: they would carry it to whom nobody named. */
export class HttpProvider {
  readonly #options: GatewayOptions
  readonly #now: () => Date
  readonly #fetch: Fetch

  constructor(options: GatewayOptions, now: () => Date, out: Fetch = fetch) {
    this.#options = options
    this.#now = now
    this.#fetch = out
  }

  /** Whoever asks twice with one key means the same. */
  async ask(key: string, given: Values): Promise<SendResult> {
    const { url, method, contentType, headers, body: template, from, secret, values: more } = this.#options
    const values = { ...more, ...given, key, from }
    const body = method === 'GET' ? undefined : filled(template, values, contentType === 'json' ? inJson : encodeURIComponent)
    try {
      const answer = await this.#fetch(filled(url, values, encodeURIComponent), {
        method,
        headers: {
          'content-type': contentType === 'json' ? 'application/json' : 'application/x-www-form-urlencoded',
          ...headers,
          'idempotency-key': key,
          ...(secret !== undefined && signingHeaders(secret, key, body ?? '', this.#now())),
        },
        ...(body !== undefined && { body }),
        redirect: 'error',
        signal: AbortSignal.timeout(patienceMs),
      })
      // It has answered; how the rest arrives changes nothing, and asking again would only ask twice.
      await readAtMost(answer).catch(() => {})
      return resultOf(answer)
    } catch (error) {
      // What a provider or Node says may quote the request, and with it the number and the code: only the kind is told.
      return { kind: 'failed', reason: reasonIn(error) }
    }
  }
}

function reasonIn(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}

/** Too many requests, and all that is the provider's own trouble, may be over in a moment; any other no stays one. */
function resultOf({ ok, status, headers }: Response): SendResult {
  if (ok) return { kind: 'sent' }
  if (status !== 408 && status !== 425 && status !== 429 && status < 500) return { kind: 'refused', reason: `status ${status}` }
  const seconds = Number(headers.get('retry-after') ?? Number.NaN)
  const isSaid = Number.isFinite(seconds) && seconds >= 0
  return { kind: 'failed', reason: `status ${status}`, ...(isSaid && { retryAfterMs: Math.min(seconds * 1000, retryAfterMaxMs) }) }
}

async function readAtMost(answer: Response): Promise<void> {
  let read = 0
  for await (const piece of answer.body ?? []) {
    read += piece.length
    // Leaving the loop ends the connection.
    if (read > answerMaxBytes) return
  }
}

/** A name nobody knows stays as it stands. */
function filled(template: string, values: Values, escaped: (text: string) => string): string {
  return template.replaceAll(/\{(\w+)\}/g, (whole, name: string) => (Object.hasOwn(values, name) ? escaped(values[name] ?? '') : whole))
}

/** What stands between the quotation marks of a JSON string. */
function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1)
}
