import assert from 'node:assert/strict'
import { ConfidentialClientApplication } from '@azure/msal-node'
import { databases } from '#test/databases.ts'
import { registerApp } from '#test/visitor.ts'
import { type Listening, startListening } from './listening.ts'
import { newSecret, onServer } from './registrations.ts'

/** What every Graph library takes to find a token, in the form of Azure's credentials. */
export interface Credential {
  getToken(): Promise<{ token: string; expiresOnTimestamp: number }>
}

export interface NumberOf {
  id: string
  number: string
  type: string
  state: string
}

/** What a library said went wrong, in its own words for status and code. */
export interface Failure {
  status: number
  code: string
}

export type PhoneKind = 'mobile' | 'alternateMobile' | 'office'

/** What an administrator does all day, by one library or another. */
export interface Hands {
  turnSmsOff(): Promise<void>
  letSignInBySms(groupId: string): Promise<void>
  smsPolicy(): Promise<{ state: string; targets: { id: string; isUsableForSignIn: boolean }[] }>
  add(person: string, number: string, type: PhoneKind): Promise<NumberOf>
  numbers(person: string): Promise<NumberOf[]>
  /** Several people's numbers, asked in one batch. */
  numbersOfAll(people: readonly string[]): Promise<NumberOf[][]>
  enable(person: string): Promise<void>
  disable(person: string): Promise<void>
  delete(person: string, methodId: string): Promise<void>
  failure(error: unknown): Failure
}

const mobileId = '3179e48a-750b-4051-897c-87b9720928f7'
const officeId = 'e37fc753-ff3b-4958-9484-eaa9425c82bc'

const permissions = ['Policy.ReadWrite.AuthenticationMethod', 'UserAuthenticationMethod.ReadWrite.All']

/** An app in its own name, with a token from the token address of the organisation. */
export async function credentialOfApp(here: Listening): Promise<Credential> {
  const secret = newSecret(here.world.now)
  const app = await registerApp(here.world, { ...onServer('https://app.example/callback'), secrets: [secret.kept] })
  const { servicePrincipalId } = (await here.world.system.apps.findClient(app.appId)) ?? assert.fail('the app is not there')
  await here.world.system.inTransaction(async ({ apps }) => {
    for (const role of permissions) await apps.addRole(servicePrincipalId, role, here.world.now)
  })
  const client = new ConfidentialClientApplication({
    auth: { clientId: app.appId, clientSecret: secret.text, authority: here.authority, knownAuthorities: [new URL(here.url).host] },
  })
  return {
    async getToken() {
      const result = await client.acquireTokenByClientCredential({ scopes: [`${here.url}/.default`] })
      assert.ok(result?.expiresOn)
      return { token: result.accessToken, expiresOnTimestamp: result.expiresOn.getTime() }
    },
  }
}

/** Somebody who signed in with two factors, and what they let an app do for them. */
export async function credentialOfAdministrator(here: Listening): Promise<Credential> {
  const { id } = await here.world.as('Authentication Administrator', 'Authentication Policy Administrator')
  const token = await here.world.tokenFor(id, { scopes: permissions })
  return { getToken: async () => ({ token, expiresOnTimestamp: here.world.now.getTime() + 3_600_000 }) }
}

/** Both see the same, but for numbers: an Authentication Administrator is shown no more of those than tells two apart. */
export const signIns = [
  { who: 'an app in its own name', signIn: credentialOfApp, shown: ['+1 4251234567', '+31 201234567x12'] },
  { who: 'an administrator', signIn: credentialOfAdministrator, shown: ['+1 XXXXXXXX67', '+31 XXXXXXX67'] },
] as const

/** A place to begin the day in, for each way to sign in. */
export async function startDay(): Promise<Listening> {
  const [sqlite] = databases
  assert.ok(sqlite)
  return startListening(sqlite)
}

/** From the first step of Microsoft's instructions for administrators to the last, and every way in which they say it can go wrong. */
export async function spendDay(here: Listening, hands: Hands, [mobile, office]: readonly [string, string]): Promise<void> {
  const [anna, ben, outsider] = await Promise.all(['anna', 'ben', 'outsider'].map((name) => here.world.person(name)))
  assert.ok(anna && ben && outsider)
  const group = await here.world.group('Shop floor', { members: [anna, ben] })
  const fails = (doing: Promise<unknown>) =>
    doing.then(
      () => assert.fail('it went well'),
      (error: unknown) => hands.failure(error),
    )

  await hands.turnSmsOff()
  const early = await hands.add(anna.id, '+1 4251234567', 'mobile')
  assert.deepEqual(early, { id: mobileId, number: '+1 4251234567', type: 'mobile', state: 'notAllowedByPolicy' })
  assert.deepEqual(await fails(hands.enable(anna.id)), { status: 400, code: 'smsSignInDisabled' })
  await hands.delete(anna.id, mobileId)

  await hands.letSignInBySms(group.id)
  assert.deepEqual(await hands.smsPolicy(), { state: 'enabled', targets: [{ id: group.id, isUsableForSignIn: true }] })

  assert.deepEqual(await fails(hands.add(anna.id, '4251234567', 'mobile')), { status: 400, code: 'invalidPhoneNumber' })
  const ready = await hands.add(anna.id, '+1 4251234567', 'mobile')
  assert.equal(ready.state, 'ready')

  assert.equal((await hands.add(outsider.id, '+1 4251234568', 'mobile')).state, 'notAllowedByPolicy')
  assert.deepEqual(await fails(hands.enable(outsider.id)), { status: 400, code: 'notAllowedByPolicy' })

  assert.equal((await hands.add(ben.id, '+14251234567', 'mobile')).state, 'phoneNumberNotUnique')
  assert.deepEqual(await fails(hands.enable(ben.id)), { status: 409, code: 'phoneNumberNotUnique' })
  await hands.delete(ben.id, mobileId)
  await hands.add(ben.id, '+31 201234567', 'mobile')
  assert.deepEqual(await fails(hands.add(ben.id, '+31 612345678', 'mobile')), { status: 400, code: 'voiceNumberConflict' })

  const shouted = anna.userPrincipalName.toUpperCase()
  await hands.disable(shouted)
  assert.equal((await hands.numbers(anna.id))[0]?.state, 'notEnabled')
  await hands.enable(shouted)
  const desk = await hands.add(shouted, '+31 201234567x12', 'office')
  assert.deepEqual(desk, { id: officeId, number: '+31 201234567x12', type: 'office', state: 'notSupported' })

  const [ofAnna, ofOutsider] = await hands.numbersOfAll([shouted, outsider.id])
  assert.deepEqual(ofAnna, [
    { ...ready, number: mobile },
    { ...desk, number: office },
  ])
  assert.equal(ofOutsider?.[0]?.state, 'notAllowedByPolicy')

  await hands.delete(anna.id, officeId)
  await hands.delete(anna.id, mobileId)
  assert.deepEqual(await hands.numbers(shouted), [])
  assert.deepEqual(await fails(hands.delete(anna.id, mobileId)), { status: 404, code: 'resourceNotFound' })
}
