import { z } from 'zod'

/** Line breaks, NUL and their like, which no name needs and some reader of a log or a CSV file would obey. */
const controlCharacters = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/

/** One line of text. */
export function line(lengthMax: number) {
  return z
    .string()
    .max(lengthMax, { message: `text of at most ${lengthMax} characters` })
    .refine((text) => !controlCharacters.test(text) && text.isWellFormed(), { message: 'text without control characters' })
}

export function requiredLine(lengthMax: number) {
  return line(lengthMax).refine((text) => text.trim() !== '', { message: 'text that is not empty' })
}

export const mailAddress = line(256).regex(/^[^\s@]+@[^\s@]+$/, { message: 'an e-mail address' })

export const readOnlyMark = 'read-only'

/** A property that answers carry but no caller may set. */
export const readOnly = z.never({ message: readOnlyMark }).optional()

export const guid = z.guid({ message: 'a GUID' }).transform((text) => text.toLowerCase())

const upnLengthMax = 113
const upnNameMax = 64
const upnDomainMax = 48

const domainLabel = '[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?'

/** A name that can stand behind the @, in small letters. */
export const domainName = line(upnDomainMax)
  .toLowerCase()
  .regex(new RegExp(`^(${domainLabel}\\.)+(?!\\d+$)${domainLabel}$`), { message: 'a domain such as example.com' })

/** The characters and lengths Entra allows, and no period right before the @. */
export const userPrincipalName = line(upnLengthMax)
  .refine((text) => /^[A-Za-z0-9'._\-!#^~]+@[A-Za-z0-9.-]+$/.test(text), {
    message: "name@domain of the characters A-Z a-z 0-9 ' . - _ ! # ^ ~",
  })
  .refine(
    (text) => {
      const [name = '', domain = ''] = text.split('@')
      return name.length <= upnNameMax && domain.length <= upnDomainMax && !name.endsWith('.')
    },
    { message: `name@domain with at most ${upnNameMax} characters before the @, ${upnDomainMax} behind it and no period before the @` },
  )
