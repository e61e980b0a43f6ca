import { type PasswordProblem, type PasswordUse, problemWith, wordsAround } from '#server/domain/password-policy.ts'
import type { User } from '#server/domain/user.ts'
import type { System } from '#server/system.ts'
import { commonPasswords } from './common-passwords.ts'

type Needs = Pick<System, 'phones' | 'organization'>

export type JudgedUser = Pick<User, 'displayName' | 'userPrincipalName' | 'mailNickname' | 'givenName' | 'surname'> & {
  id: string | undefined
}

/** What speaks against this password for this person, if anything does. Asks nobody outside. */
export async function judgeNewPassword(
  { phones, organization }: Needs,
  user: JudgedUser,
  password: string,
  { opensAlone }: PasswordUse,
): Promise<PasswordProblem | undefined> {
  const common = await commonPasswords()
  const owned = user.id === undefined ? [] : await phones.ofUser(user.id)
  const ownWords = wordsAround(
    user,
    organization.displayName,
    owned.map(({ number }) => number),
  )
  return problemWith(password, { opensAlone, ownWords, isCommon: (word) => common.has(word) })
}
