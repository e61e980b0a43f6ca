import { z } from 'zod'
import { guid, line, readOnly, requiredLine } from './texts.ts'

/** Everybody has at most one, so it has one id, the same for everybody. */
export const emailMethodId = '3ddfcfc8-9383-446f-83cc-3ab9be4be18f'

export const emailMethodType = '#microsoft.graph.emailAuthenticationMethod'

const odataType = z.literal(emailMethodType, { message: emailMethodType }).optional()
const emailAddress = requiredLine(320)

export const emailMethod = z.object({ id: guid, emailAddress: z.string(), createdDateTime: z.iso.datetime() })

export type EmailMethodBody = z.infer<typeof emailMethod>

export const newEmailMethod = z.strictObject({ '@odata.type': odataType, id: readOnly, emailAddress, createdDateTime: readOnly })

/** SDKs send the whole object back, its id included. */
export const emailMethodChanges = z.strictObject({ '@odata.type': odataType, id: guid, emailAddress, createdDateTime: readOnly }).partial()

/** An address that somebody says is theirs. */
export const newOwnAddress = z.strictObject({ emailAddress, replaces: z.boolean().optional() })

/** What has to be proven, and until when. */
export const addressToProve = z.object({
  id: z.string(),
  emailAddress: z.string(),
  expiresDateTime: z.iso.datetime(),
  canResendDateTime: z.iso.datetime(),
  resendsLeft: z.int(),
  /** Its time is up, or its tries are. */
  isOver: z.boolean(),
})

export type AddressToProveBody = z.infer<typeof addressToProve>

export const addressProof = z.strictObject({ code: line(32), replaces: z.boolean().optional() })
