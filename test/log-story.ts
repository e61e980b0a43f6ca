import { randomUUID } from 'node:crypto'
import type { SignInAttempt, SignInStep } from '#server/domain/sign-in-event.ts'
import type { User } from '#server/domain/user.ts'
import type { World } from './world.ts'

const dayMs = 86_400_000
const chrome = 'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36'

interface Told extends Partial<SignInAttempt> {
  method?: SignInStep['method']
  /** None where nobody got as far as a step. */
  step?: SignInStep['result'] | undefined
  daysAgo?: number
}

/** One attempt as the pages would have written it, so many days ago. */
export async function signInOf(world: World, user: User | undefined, told: Told = {}): Promise<SignInAttempt> {
  const { method = 'Text message', step, daysAgo = 0, ...other } = told
  const startedAt = new Date(world.now.getTime() - daysAgo * dayMs)
  const attempt: SignInAttempt = {
    id: world.system.signIns.newId(startedAt),
    startedAt,
    correlationId: randomUUID(),
    userId: user?.id,
    userDisplayName: user?.displayName,
    userPrincipalName: user?.userPrincipalName,
    appId: '6f1b0f0e-5d5b-4a52-9d0a-31d1a3a4b6c1',
    appDisplayName: 'Rota',
    identifier: '+31 6 12345678',
    identifierType: 'phoneNumber',
    address: '203.0.113.7',
    userAgent: chrome,
    protocol: 'oAuth2',
    isInteractive: true,
    result: 0,
    ...other,
  }
  const succeeded = attempt.result === 0
  const sent: SignInStep = { ...stepAt(startedAt, method), result: 'codeSent', succeeded: true }
  const last: SignInStep = { ...stepAt(startedAt, method), result: step ?? (succeeded ? 'correctCode' : 'wrongCode'), succeeded }
  const steps = attempt.result === 50034 ? [] : method === 'Text message' ? [sent, last] : [last]
  await world.system.inTransaction(({ signIns }) => signIns.add(attempt, steps))
  return attempt
}

function stepAt(at: Date, method: SignInStep['method']): Omit<SignInStep, 'result' | 'succeeded'> {
  return { at, method, detail: method === 'Text message' ? '+XX X XXXXXX78' : undefined, requirement: 'Primary authentication' }
}

/** A month of a busy place: more texts than passwords, fewer on Sundays, and now and then somebody who mistypes. */
export async function busyMonth(world: World, people: readonly User[]): Promise<void> {
  for (let daysAgo = 29; daysAgo >= 0; daysAgo--) {
    const texts = daysAgo % 7 === 0 ? 2 : 5 + (daysAgo % 4)
    for (let count = 0; count < texts; count++) await signInOf(world, people[count % people.length], { daysAgo })
    for (let count = 0; count < 3; count++) await signInOf(world, people[0], { daysAgo, method: 'Password', step: 'correctPassword' })
    await signInOf(world, people[1], { daysAgo, result: 50126 })
    if (daysAgo % 3 === 0) await signInOf(world, people[2], { daysAgo, result: 50058, step: 'codeSent' })
    if (daysAgo % 5 === 0) await signInOf(world, undefined, { daysAgo, result: 50034, address: '198.51.100.9' })
  }
}

/** So many codes to a number, of which some were typed. */
export async function textsTo(world: World, user: User, receiver: string, { codes, answered }: { codes: number; answered: number }) {
  for (let count = 0; count < codes; count++) {
    const id = randomUUID()
    const challenge = {
      id,
      method: 'sms',
      purpose: 'sign-in',
      userId: user.id,
      receiver,
      binding: randomUUID(),
      locale: 'en',
      startedAt: world.now,
      expiresAt: new Date(world.now.getTime() + 300_000),
    } as const
    await world.system.inTransaction(async ({ challenges }) => {
      await challenges.add(challenge)
      if (count < answered) await challenges.pass({ id, generation: 1 }, world.now)
    })
  }
}
