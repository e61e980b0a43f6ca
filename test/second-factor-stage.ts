import assert from 'node:assert/strict'
import { decodeJwt } from 'jose'
import type { User } from '#server/domain/user.ts'
import { authorizeRequest, type PageAnswer, redeem, registerApp, Visitor } from './visitor.ts'
import { startWorld, type TestDatabase, type World } from './world.ts'

export const password = 'een fiets in de regen'
export const number = '+31612345678'
export const mfa = 'urn:sesam:acr:mfa'

/** Anna has a password and a phone, and the app takes nobody by one of them. */
export async function begin(database: TestDatabase, { hasPassword = true, hasPhone = true } = {}) {
  const world = await startWorld(database, { startsAt: new Date() })
  const anna = await world.person('anna', { preferredLanguage: 'en' })
  // Somebody here has a password, so that the page for it is there for everybody.
  await world.password(await world.person('tom'), password)
  if (hasPassword) await world.password(anna, password)
  if (hasPhone) await world.number(anna, number)
  await world.allow('sms')
  await world.allow('voice')
  const app = await registerApp(world)
  return { world, anna, app, [Symbol.asyncDispose]: () => world[Symbol.asyncDispose]() }
}

export type Stage = Awaited<ReturnType<typeof begin>>

/** An app that asks for two factors, unless told otherwise. */
export async function arrive(
  { world, app }: Pick<Stage, 'world' | 'app'>,
  visitor = new Visitor(world),
  parameters: Record<string, string> = { acr_values: mfa },
) {
  visitor.left = undefined
  const asked = authorizeRequest(world, app, parameters)
  return { visitor, asked, page: await visitor.get(asked.url) }
}

export async function byPassword(visitor: Visitor, page: PageAnswer, user: User, text = password): Promise<PageAnswer> {
  return visitor.submit(await visitor.submit(page, { identifier: user.userPrincipalName, do: 'next' }), { password: text, do: 'next' })
}

export async function byText({ world }: Pick<Stage, 'world'>, visitor: Visitor, page: PageAnswer, to = number): Promise<PageAnswer> {
  const codePage = await visitor.submit(page, { identifier: to, do: 'next' })
  return visitor.submit(codePage, { code: world.codeIn(await world.textTo(to)), do: 'next' })
}

interface Told {
  amr: string[]
  acr: string
  auth_time: number
}

/** What the app is told, once nobody is asked for anything any more. */
export async function tokens({ world, app }: Pick<Stage, 'world' | 'app'>, visitor: Visitor, verifier: string) {
  const code = visitor.left?.searchParams.get('code') ?? assert.fail('the app heard nothing')
  const { body } = await redeem(world, app, { grant_type: 'authorization_code', code, code_verifier: verifier })
  return { ...decodeJwt<Told>(body.id_token), access: decodeJwt<Told>(body.access_token) }
}

export async function stayOut(visitor: Visitor, page: PageAnswer): Promise<void> {
  if (page.text.includes('name="stay"')) await visitor.submit(page, { stay: 'no' })
}

export async function lastSignIn(world: World) {
  const list = await (await world.as('Reports Reader')).get('/beta/auditLogs/signIns')
  return list.body.value[0]
}

export const heading = ({ text }: PageAnswer) => /<h1>(.*?)<\/h1>/.exec(text)?.[1]
export const errorIn = ({ text }: PageAnswer) => /<p class="error"[^>]*>([^<]*)/.exec(text)?.[1]
export const waysIn = ({ text }: PageAnswer) => [...text.matchAll(/name="way" value="(\w+)"/g)].map(([, way]) => way)
export const isIn = ({ left }: Visitor) => left?.searchParams.has('code') === true
