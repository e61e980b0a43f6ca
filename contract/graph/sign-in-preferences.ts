import { z } from 'zod'
import { readOnly } from './texts.ts'

const methods = ['push', 'oath', 'sms', 'voiceMobile', 'voiceAlternateMobile', 'voiceOffice'] as const

/** Which method a second step begins with. Sesam prefers none by itself, so the first flag is always off. */
export const signInPreferences = z.object({
  isSystemPreferredAuthenticationMethodEnabled: z.literal(false),
  systemPreferredAuthenticationMethod: z.null(),
  userPreferredMethodForSecondaryAuthentication: z.enum(methods).nullable(),
})

export type SignInPreferencesBody = z.infer<typeof signInPreferences>

export const signInPreferencesChanges = z.strictObject({
  '@odata.type': z.literal('#microsoft.graph.signInPreferences', { message: '#microsoft.graph.signInPreferences' }).optional(),
  isSystemPreferredAuthenticationMethodEnabled: z
    .literal(false, { message: 'false, since no method is preferred by the system' })
    .optional(),
  systemPreferredAuthenticationMethod: readOnly,
  userPreferredMethodForSecondaryAuthentication: z.enum(methods, { message: methods.join(', ') }),
})
