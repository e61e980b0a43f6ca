import type { WantedPass } from '#server/domain/pass.ts'
import type { User } from '#server/domain/user.ts'
import { methods } from '#server/methods/index.ts'
import { type PageAnswer, passwordPageOf, registerApp, type Visitor } from './visitor.ts'
import { startWorld, type TestDatabase, type World } from './world.ts'

/** An organisation that takes passes from everybody, an app, and Anna with a pass and nothing else. */
export async function beginWithPass(database: TestDatabase, wanted: WantedPass = {}) {
  const world = await startWorld(database, { startsAt: new Date() })
  const anna = await world.person('anna', { preferredLanguage: 'en' })
  await world.allow('temporary-access-pass')
  world.system.reload()
  const app = await registerApp(world)
  const secret = await givePass(world, anna, wanted)
  return { world, anna, app, secret, [Symbol.asyncDispose]: () => world[Symbol.asyncDispose]() }
}

export type PassStage = Awaited<ReturnType<typeof beginWithPass>>

export async function givePass(world: World, user: User, wanted: WantedPass = {}): Promise<string> {
  const by = { id: 'somebody', author: { kind: 'server', name: 'test' }, requestId: 'test' } as const
  const { secret } = await world.system.inTransaction((stores) =>
    methods['temporary-access-pass'].issuePass(stores, by, user, wanted, world.now),
  )
  return secret
}

export async function passPageOf({ world, app }: Pick<PassStage, 'world' | 'app'>, name: string, visitor?: Visitor) {
  return passwordPageOf(world, app, name, visitor)
}

/** A name, a pass, and no wish to stay signed in. */
export async function signInByPass(stage: PassStage, secret = stage.secret) {
  const { visitor, page, verifier } = await passPageOf(stage, stage.anna.userPrincipalName)
  const next = await visitor.submit(page, { password: secret, do: 'next' })
  if (next.text.includes('name="stay"')) await visitor.submit(next, { stay: 'no' })
  return { visitor, verifier, next }
}

export function errorIn({ text }: PageAnswer): string | undefined {
  return /<p class="error"[^>]*>([^<]*)/.exec(text)?.[1]
}
