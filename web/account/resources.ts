import type { z } from 'zod'
import type { OwnSessionBody, OwnSignInBody } from '#contract/graph/own-sessions.ts'
import type { ownPassword } from '#contract/graph/passwords.ts'
import type { SecurityInfoBody } from '#contract/graph/security-info.ts'
import type { UserBody } from '#contract/graph/users.ts'
import { type Resource, useResource } from '../kit/api/use-resource.ts'

/** One page of a list. */
export interface ListBody<T> {
  value: readonly T[]
  '@odata.nextLink'?: string
}

const ownProfile = ['displayName', 'userPrincipalName', 'jobTitle', 'department', 'officeLocation', 'mail', 'preferredLanguage'] as const

export type Profile = Pick<UserBody, (typeof ownProfile)[number]>

export function useProfile(): Resource<Profile> {
  return useResource<Profile>(`/v1.0/me?$select=${ownProfile.join(',')}`)
}

export function useSecurityInfo(): Resource<SecurityInfoBody> {
  return useResource<SecurityInfoBody>('/sesam/v1/me/securityInfo')
}

export type OwnPasswordBody = z.infer<typeof ownPassword>

export function useOwnPassword(): Resource<OwnPasswordBody> {
  return useResource<OwnPasswordBody>('/sesam/v1/me/password')
}

export function useSessions(): Resource<ListBody<OwnSessionBody>> {
  return useResource<ListBody<OwnSessionBody>>('/sesam/v1/me/sessions')
}

/** The newest ones. */
export function useSignIns(): Resource<ListBody<OwnSignInBody>> {
  return useResource<ListBody<OwnSignInBody>>('/sesam/v1/me/signIns')
}
