import { z } from 'zod'
import { line, requiredLine } from './texts.ts'

const phoneType = z.enum(['mobile', 'alternateMobile', 'office'], { message: 'mobile, alternateMobile or office' })
const channel = z.enum(['sms', 'voice'], { message: 'sms or voice' })

/** A number that somebody says is theirs, and how they are to prove it. A text reaches a mobile only. */
export const newOwnNumber = z
  .strictObject({ phoneNumber: requiredLine(64), phoneType, channel, replaces: z.boolean().optional() })
  .refine((number) => number.channel === 'voice' || number.phoneType === 'mobile', {
    path: ['channel'],
    message: 'voice, since a text reaches a mobile number only',
  })

export type NewOwnNumberBody = z.infer<typeof newOwnNumber>

const toProve = { id: z.string(), phoneNumber: z.string(), phoneType, expiresDateTime: z.iso.datetime() }

/** What has to be proven, and until when. */
const numberToText = z.object({
  ...toProve,
  channel: z.literal('sms'),
  canResendDateTime: z.iso.datetime(),
  resendsLeft: z.int(),
  isOver: z.boolean(),
})

const numberToCall = z.object({
  ...toProve,
  channel: z.literal('voice'),
  /** To be shown; on the phone it is pressed before the hash key. */
  digit: z.string(),
  state: z.enum(['ringing', 'answered', 'passed', 'wrongKey', 'hungUp', 'busy', 'noAnswer', 'failed', 'expired']),
  /** Wrong digits in this call so far. */
  wrongDigits: z.int(),
  canCallAgainDateTime: z.iso.datetime(),
  callsLeft: z.int(),
})

export const numberToProve = z.discriminatedUnion('channel', [numberToText, numberToCall])

export type NumberToProveBody = z.infer<typeof numberToProve>

/** A call needs no code: what was pressed on the phone is known. */
export const numberProof = z.strictObject({ code: line(32).optional(), replaces: z.boolean().optional() })

/** Whether somebody is asked to use their number as a user name. */
export const smsSignInOffer = z.object({
  id: z.literal('smsSignInOffer'),
  phoneMethodId: z.string().nullable(),
  phoneNumber: z.string().nullable(),
  canEnable: z.boolean(),
  showsBanner: z.boolean(),
})

export type SmsSignInOfferBody = z.infer<typeof smsSignInOffer>
