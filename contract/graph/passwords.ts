import { z } from 'zod'

/** What it may be is judged where there are words for every reason; here only that nobody sends a book. */
const secret = z.string().min(1, { message: 'a password' }).max(2_048, { message: 'a password of at most 256 characters' })

export const passwordChange = z.strictObject({ currentPassword: secret, newPassword: secret })

export const newPassword = z.strictObject({ newPassword: secret })

/** What a page has to know before anybody types a letter. */
export const ownPassword = z.object({
  isSet: z.boolean(),
  changedDateTime: z.iso.datetime().nullable(),
  minLength: z.int(),
  maxLength: z.int(),
})

export type OwnPasswordBody = z.infer<typeof ownPassword>

/** Whether this would do, and if not why not, in the caller's language. */
export const passwordVerdict = z.object({ isAcceptable: z.boolean(), code: z.string().nullable(), message: z.string().nullable() })

export type PasswordVerdictBody = z.infer<typeof passwordVerdict>

export const passwordReset = z.strictObject({ newPassword: secret.nullable().optional() })

/** Told once, and only where nobody chose it. */
export const passwordResetAnswer = z.object({ newPassword: z.string().optional() })
