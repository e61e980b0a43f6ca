import type { Locale } from '#contract/locale.ts'
import type { SendResult } from '../send-result.ts'

/** A phone that is to ring. Whoever places twice with one key means the same call. */
export interface OutgoingCall {
  to: string
  /** To be dialled once somebody answers; only where the gateway can. */
  extension: string | undefined
  locale: Locale
  /** What is said to whoever answers, sentence by sentence. No secret is in it. */
  sentences: readonly string[]
  /** Where the provider reports what becomes of the call. */
  reportsTo: string
  key: string
}

export interface VoiceGateway {
  name: string
  /** How many a second it takes; undefined means as many as there are. */
  perSecond: number | undefined
  dialsExtensions: boolean
  /** Proves that a report comes from it. */
  secret: string
  /** Never throws, and answers within seconds; the call itself takes its time. */
  place(call: OutgoingCall): Promise<SendResult>
}
