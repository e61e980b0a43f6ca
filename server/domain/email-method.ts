import type { EmailAddress } from './email-address.ts'

/** Where somebody gets mail that proves them; each has at most one. */
export interface EmailMethod {
  userId: string
  address: EmailAddress
  /** A code that went there came back; never, where an administrator answers for it. */
  provenAt: Date | undefined
  usedAt: Date | undefined
  createdAt: Date
}

export type NewEmailMethod = Pick<EmailMethod, 'userId' | 'address' | 'provenAt'>
