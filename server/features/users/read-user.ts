import type { NewUserBody, UserChangesBody } from '#contract/graph/users.ts'
import { refuse } from '#server/domain/refusal.ts'
import { profileFields, type UserChanges } from '#server/domain/user.ts'
import type { WantedChanges } from './change-user.ts'
import type { Wanted } from './create-user.ts'

/** Graph's words for a new person in ours. */
export function wantedUser(body: NewUserBody): Wanted {
  const { accountEnabled, displayName, mailNickname, userPrincipalName } = body
  const { changes, password } = wantedChanges(body)
  return { user: { ...changes, accountEnabled, displayName, mailNickname, userPrincipalName }, password }
}

export function wantedChanges(body: UserChangesBody): WantedChanges {
  const changes: Omit<UserChanges, 'password'> = {}
  for (const field of profileFields) {
    const value = body[field]
    if (value !== undefined) changes[field] = value ?? undefined
  }
  if (body.userPrincipalName !== undefined) changes.userPrincipalName = body.userPrincipalName
  if (body.displayName !== undefined) changes.displayName = body.displayName
  if (body.mailNickname !== undefined) changes.mailNickname = body.mailNickname
  if (body.businessPhones !== undefined) changes.businessPhones = body.businessPhones
  if (body.otherMails !== undefined) changes.otherMails = body.otherMails
  if (body.userType !== undefined) changes.userType = body.userType
  if (body.accountEnabled !== undefined) changes.accountEnabled = body.accountEnabled
  if (body.passwordPolicies !== undefined) changes.passwordPolicies = body.passwordPolicies ?? undefined
  return { changes, password: wantedPassword(body.passwordProfile) }
}

function wantedPassword(profile: UserChangesBody['passwordProfile']): WantedChanges['password'] {
  if (!profile) return undefined
  if (!profile.password) refuse('property_required', { property: 'passwordProfile/password' })
  const mustChange = profile.forceChangePasswordNextSignIn ?? profile.forceChangePasswordNextSignInWithMfa ?? true
  return { text: profile.password, mustChange }
}
