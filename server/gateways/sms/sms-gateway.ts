/** A text that leaves the house. Whoever sends twice with one key means the same text. */
export interface OutgoingText {
  to: string
  text: string
  key: string
}

export type SendResult =
  | { kind: 'sent' }
  /** It may go better in a while, or by another gateway. */
  | { kind: 'failed'; reason: string; retryAfterMs?: number }
  /** This gateway will never send this text. */
  | { kind: 'refused'; reason: string }

export interface SmsGateway {
  name: string
  /** How many a second it takes; undefined means as many as there are. */
  perSecond: number | undefined
  /** Never throws, and answers within seconds. */
  send(text: OutgoingText): Promise<SendResult>
}
