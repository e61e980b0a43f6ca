import { randomBytes } from 'node:crypto'
import type { Browser } from '#server/domain/code-challenge.ts'
import type { Interaction, Proof } from '#server/domain/interaction.ts'
import { maskedForLog, type PhoneNumber } from '#server/domain/phone-number.ts'
import type { Stores } from '#server/system.ts'
import type { Home } from './find-homes.ts'

const deviceBytes = 16

export interface Entering {
  home: Home
  number: PhoneNumber
  provenAt: Date
  interaction: Interaction
  browser: Browser
  userAgent: string
  requestId: string
}

type Begin = (stores: Stores, proof: Proof) => Promise<string>

/**
 * Somebody who has proven a number enters the organisation that knows them by it. Answers the session, and the name their browser goes by;
 * nothing when all their sessions there were ended after the proof.
 */
export async function enterHome(entering: Entering, begin: Begin): Promise<{ sessionId: string; device: string } | undefined> {
  const { home, provenAt, browser } = entering
  const { system, facts } = home
  const device = browser.device ?? randomBytes(deviceBytes).toString('base64url')
  const sessionId = await system.inTransaction(async (stores) => {
    const account = await stores.authority.findAccount(facts.user.id)
    if (!account?.accountEnabled || account.epoch > provenAt.getTime()) return undefined
    await stores.phones.markUsed(facts.user.id, facts.phoneType, system.now())
    await stores.knownBrowsers.remember(device, facts.user.id, system.now())
    const attemptId = await writeDown(stores, entering, system.now())
    return begin(stores, { userId: facts.user.id, methods: ['sms'], provenAt, attemptId })
  })
  return sessionId === undefined ? undefined : { sessionId, device }
}

async function writeDown({ signIns }: Pick<Stores, 'signIns'>, entering: Entering, now: Date): Promise<string> {
  const attemptId = signIns.newId(now)
  const { home, number, provenAt, interaction, browser, userAgent, requestId } = entering
  const { id, displayName, userPrincipalName } = home.facts.user
  await signIns.add(
    {
      id: attemptId,
      startedAt: now,
      correlationId: requestId,
      userId: id,
      userDisplayName: displayName,
      userPrincipalName,
      appId: interaction.appId,
      appDisplayName: interaction.appName,
      identifier: number,
      identifierType: 'phoneNumber',
      address: browser.address,
      userAgent,
      protocol: 'oAuth2',
      isInteractive: true,
      result: 0,
    },
    [
      {
        at: provenAt,
        method: 'Text message',
        detail: maskedForLog(number),
        succeeded: true,
        result: 'correctCode',
        requirement: 'Primary authentication',
      },
    ],
  )
  return attemptId
}
