import { randomUUID } from 'node:crypto'
import type { SignInAttempt, SignInStep } from '#server/domain/sign-in-event.ts'
import type { User } from '#server/domain/user.ts'
import type { World } from '#test/world.ts'

export const phone = '+31 6 12345678'
export const chrome = 'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36'

export function attempt(world: World, user: User | undefined, other: Partial<SignInAttempt> = {}): SignInAttempt {
  return {
    id: world.system.signIns.newId(world.now),
    startedAt: world.now,
    correlationId: randomUUID(),
    userId: user?.id,
    userDisplayName: user?.displayName,
    userPrincipalName: user?.userPrincipalName,
    appId: '6f1b0f0e-5d5b-4a52-9d0a-31d1a3a4b6c1',
    appDisplayName: 'Rota',
    identifier: phone,
    identifierType: 'phoneNumber',
    address: '203.0.113.7',
    userAgent: chrome,
    protocol: 'oAuth2',
    isInteractive: true,
    result: 50058,
    ...other,
  }
}

export function textStep(at: Date, result: 'correctCode' | 'wrongCode'): SignInStep {
  const succeeded = result === 'correctCode'
  return { at, method: 'Text message', detail: '+XX X XXXXXX78', succeeded, result, requirement: 'Primary authentication' }
}

/** A sign-in as the pages write it: a row when the number is given, a change when the code is right. */
export async function signIn(world: World, user: User, other: Partial<SignInAttempt> = {}): Promise<SignInAttempt> {
  const started = attempt(world, user, other)
  await world.system.inTransaction(({ signIns }) => signIns.open(started))
  const step = textStep(world.now, 'correctCode')
  await world.system.inTransaction(({ signIns }) => signIns.close(started.id, 0, { step, sessionId: 'session-1' }))
  return started
}

export async function failedSignIn(world: World, user: User | undefined, other: Partial<SignInAttempt> = {}): Promise<SignInAttempt> {
  const started = attempt(world, user, { result: user ? 50126 : 50034, ...other })
  await world.system.inTransaction(({ signIns }) => signIns.open(started))
  return started
}
