import { z } from 'zod'
import { emailMethod, emailMethodType } from './email-methods.ts'
import { phoneMethod, phoneMethodType } from './phone-methods.ts'
import { passMethod, passMethodType } from './temporary-access-pass-methods.ts'
import { guid } from './texts.ts'

export const passwordMethodId = '28c10230-6103-485e-b985-444c60001490'
export const passwordMethodType = '#microsoft.graph.passwordAuthenticationMethod'

export const passwordMethod = z.object({ id: guid, password: z.null(), createdDateTime: z.iso.datetime() })

/** All that somebody proves themselves with, of every kind. */
export const authenticationMethod = z.union([
  phoneMethod.extend({ '@odata.type': z.literal(phoneMethodType) }),
  emailMethod.extend({ '@odata.type': z.literal(emailMethodType) }),
  passMethod.extend({ '@odata.type': z.literal(passMethodType) }),
  passwordMethod.extend({ '@odata.type': z.literal(passwordMethodType) }),
])

export type AuthenticationMethodBody = z.infer<typeof authenticationMethod>
