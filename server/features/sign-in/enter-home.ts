import { randomBytes } from 'node:crypto'
import type { Browser } from '#server/domain/code-challenge.ts'
import type { Interaction, Proof } from '#server/domain/interaction.ts'
import { maskedForLog, type PhoneNumber } from '#server/domain/phone-number.ts'
import type { SignInAttempt } from '#server/domain/sign-in-event.ts'
import type { Stores } from '#server/system.ts'
import { findDue } from './conclude.ts'
import type { Home } from './find-homes.ts'
import { waitingFor } from './rules.ts'

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

export type Entered =
  | { kind: 'in'; sessionId: string; device: string }
  /** Something comes before that, and the pages for it are the organisation's own. */
  | { kind: 'due' }
  /** All their sessions there were ended after the proof. */
  | { kind: 'gone' }

/** Somebody who has proven a number enters the organisation that knows them by it: a session there, and the name their browser goes by. */
export async function enterHome(entering: Entering, begin: Begin): Promise<Entered> {
  const { home, provenAt, browser } = entering
  const { system, facts } = home
  const device = browser.device ?? randomBytes(deviceBytes).toString('base64url')
  return system.inTransaction(async (stores): Promise<Entered> => {
    const now = system.now()
    const account = await stores.authority.findAccount(facts.user.id)
    if (!account?.accountEnabled || account.epoch > provenAt.getTime()) return { kind: 'gone' }
    await stores.phones.markUsed(facts.user.id, facts.phoneType, now)
    const attemptId = stores.signIns.newId(now)
    const proof = { userId: facts.user.id, methods: ['sms'], provenAt, attemptId }
    // What the app asks beyond this, its organisation's own page asks, of the session that begins here.
    const due = await findDue(stores, proof, { now, mayOffer: false, needsTwoFactors: false })
    await writeDown(stores, entering, { id: attemptId, startedAt: now, result: due ? waitingFor[due] : 0 })
    if (due) return { kind: 'due' }
    await stores.knownBrowsers.remember(device, facts.user.id, now)
    return { kind: 'in', sessionId: await begin(stores, proof), device }
  })
}

async function writeDown(
  { signIns }: Pick<Stores, 'signIns'>,
  entering: Entering,
  attempt: Pick<SignInAttempt, 'id' | 'startedAt' | 'result'>,
): Promise<void> {
  const { home, number, provenAt, interaction, browser, userAgent, requestId } = entering
  const { id, displayName, userPrincipalName } = home.facts.user
  await signIns.add(
    {
      ...attempt,
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
}
