import { z } from 'zod'
import { guid, readOnly, requiredLine } from './texts.ts'

/** Each kind of number has one id, the same for everybody. */
export const phoneMethodIds = {
  mobile: '3179e48a-750b-4051-897c-87b9720928f7',
  alternateMobile: 'b6332ec1-7057-4abe-9331-3d72feddfe41',
  office: 'e37fc753-ff3b-4958-9484-eaa9425c82bc',
} as const

export const phoneMethodType = '#microsoft.graph.phoneAuthenticationMethod'

const phoneType = z.enum(['mobile', 'alternateMobile', 'office'], { message: 'mobile, alternateMobile or office' })
const odataType = z.literal(phoneMethodType, { message: phoneMethodType }).optional()
const phoneNumber = requiredLine(64)

export const phoneMethod = z.object({
  id: guid,
  phoneNumber: z.string(),
  phoneType,
  smsSignInState: z.enum(['notSupported', 'notAllowedByPolicy', 'notEnabled', 'phoneNumberNotUnique', 'ready', 'notConfigured']),
  createdDateTime: z.iso.datetime(),
})

export type PhoneMethodBody = z.infer<typeof phoneMethod>

const readOnlyProperties = { smsSignInState: readOnly, createdDateTime: readOnly }

export const newPhoneMethod = z.strictObject({ '@odata.type': odataType, id: readOnly, phoneNumber, phoneType, ...readOnlyProperties })

/** SDKs send the whole object back, its id included. */
export const phoneMethodChanges = z
  .strictObject({ '@odata.type': odataType, id: guid, phoneNumber, phoneType, ...readOnlyProperties })
  .partial()
