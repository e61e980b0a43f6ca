import type { SendResult } from '../send-result.ts'

/** A text that leaves the house. Whoever sends twice with one key means the same text. */
export interface OutgoingText {
  to: string
  text: string
  key: string
}

export interface SmsGateway {
  name: string
  /** How many a second it takes; undefined means as many as there are. */
  perSecond: number | undefined
  /** Never throws, and answers within seconds. */
  send(text: OutgoingText): Promise<SendResult>
}
