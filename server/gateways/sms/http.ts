import { createHmac } from 'node:crypto'
import type { SmsGatewayOptions } from '#server/domain/sms-gateway-options.ts'
import type { OutgoingText, SendResult, SmsGateway } from './sms-gateway.ts'

const patienceMs = 5_000
const answerMaxBytes = 64 * 1024
const retryAfterMaxMs = 60_000

/** Any provider that takes a text by HTTP. Redirects are not followed: they would carry a code to whom nobody named. */
export class HttpGateway implements SmsGateway {
  readonly name: string
  readonly perSecond: number
  readonly #options: SmsGatewayOptions
  readonly #now: () => Date

  constructor(options: SmsGatewayOptions, now: () => Date) {
    this.name = options.name
    this.perSecond = options.perSecond
    this.#options = options
    this.#now = now
  }

  async send(text: OutgoingText): Promise<SendResult> {
    const { url, method, contentType, headers, body: template } = this.#options
    const values = { ...text, from: this.#options.from }
    const body = method === 'GET' ? undefined : filled(template, values, contentType === 'json' ? inJson : encodeURIComponent)
    try {
      const answer = await fetch(filled(url, values, encodeURIComponent), {
        method,
        headers: {
          'content-type': contentType === 'json' ? 'application/json' : 'application/x-www-form-urlencoded',
          ...headers,
          'idempotency-key': text.key,
          ...this.#signature(text.key, body ?? ''),
        },
        ...(body !== undefined && { body }),
        redirect: 'error',
        signal: AbortSignal.timeout(patienceMs),
      })
      // It has answered; how the rest arrives changes nothing, and sending again would only send twice.
      await readAtMost(answer).catch(() => {})
      return resultOf(answer)
    } catch (error) {
      // What a provider or Node says may quote the request, and with it the number and the code: only the kind is told.
      return { kind: 'failed', reason: error instanceof Error ? error.name : 'unknown' }
    }
  }

  #signature(id: string, body: string): Record<string, string> {
    const { secret } = this.#options
    if (secret === undefined) return {}
    const timestamp = String(Math.floor(this.#now().getTime() / 1000))
    const mac = createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64')
    return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${mac}` }
  }
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

type Values = OutgoingText & { from: string }

function filled(template: string, values: Values, escaped: (text: string) => string): string {
  return template.replaceAll(/\{(to|text|key|from)\}/g, (_whole, name: keyof Values) => escaped(values[name]))
}

/** What stands between the quotation marks of a JSON string. */
function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1)
}
