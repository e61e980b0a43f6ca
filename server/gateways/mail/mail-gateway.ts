import type { EmailAddress } from '#server/domain/email-address.ts'
import type { SendResult } from '../send-result.ts'

/** A mail that leaves the house. Whoever sends twice with one key means the same mail. */
export interface OutgoingMail {
  to: EmailAddress
  /** Stands before our own address; what the organisation is called. */
  fromName: string
  subject: string
  text: string
  html: string
  locale: string
  key: string
}

export interface MailGateway {
  name: string
  /** How many a second it takes; undefined means as many as there are. */
  perSecond: number | undefined
  /** Never throws. */
  send(mail: OutgoingMail): Promise<SendResult>
  /** Ends the connections it keeps, where it keeps any. */
  close?(): void
}
