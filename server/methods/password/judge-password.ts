import { type Named, type PasswordProblem, passwordRules, passwordUse, problemWith, wordsAround } from '#server/domain/password-policy.ts'
import { refuse } from '#server/domain/refusal.ts'
import type { System } from '#server/system.ts'
import { commonPasswords } from './common-passwords.ts'

type Needs = Pick<System, 'phones' | 'organization'>

export interface GivenPassword {
  text: string
  /** It opens nothing but the page where its person chooses another. */
  mustChange: boolean
  /** What of a body it was, for whoever shows a refusal beside it. */
  property?: string
}

export type JudgedUser = Named & { id: string | undefined }

/** What speaks against this password for this person, if anything does. Asks nobody outside. */
export async function judgeNewPassword(
  { phones, organization }: Needs,
  user: JudgedUser,
  { text, mustChange }: GivenPassword,
): Promise<PasswordProblem | undefined> {
  const common = await commonPasswords()
  const owned = user.id === undefined ? [] : await phones.ofUser(user.id)
  const ownWords = wordsAround(
    user,
    organization.displayName,
    owned.map(({ number }) => number),
  )
  return problemWith(text, { ...passwordUse(mustChange), ownWords, isCommon: (word) => common.has(word) })
}

/** The same for a door: whoever brings a password that may not be is told why. */
export async function requireGoodPassword(parts: Needs, user: JudgedUser, password: GivenPassword): Promise<void> {
  const problem = await judgeNewPassword(parts, user, password)
  const { property, mustChange } = password
  const { minLength } = passwordRules(passwordUse(mustChange))
  if (problem) refuse(problem, { min: String(minLength), ...(property !== undefined && { property }) })
}
