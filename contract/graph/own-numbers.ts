import { z } from 'zod'
import { line, requiredLine } from './texts.ts'

/** A number that somebody says is theirs. Only a text can prove it yet, so only a mobile one can be registered so. */
export const newOwnNumber = z.strictObject({
  phoneNumber: requiredLine(64),
  phoneType: z.literal('mobile', { message: 'mobile, since a text has to reach it' }),
  channel: z.literal('sms', { message: 'sms' }),
  replaces: z.boolean().optional(),
})

export type NewOwnNumberBody = z.infer<typeof newOwnNumber>

/** What has to be proven, and until when. */
export const numberToProve = z.object({
  id: z.string(),
  phoneNumber: z.string(),
  expiresDateTime: z.iso.datetime(),
  canResendDateTime: z.iso.datetime(),
  resendsLeft: z.int(),
})

export const numberProof = z.strictObject({ code: line(32), replaces: z.boolean().optional() })

/** Whether somebody is asked to use their number as a user name. */
export const smsSignInOffer = z.object({
  id: z.literal('smsSignInOffer'),
  phoneMethodId: z.string().nullable(),
  phoneNumber: z.string().nullable(),
  canEnable: z.boolean(),
  showsBanner: z.boolean(),
})

export type SmsSignInOfferBody = z.infer<typeof smsSignInOffer>
