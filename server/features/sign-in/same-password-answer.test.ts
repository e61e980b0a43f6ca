import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { App } from '#server/domain/app.ts'
import { assertAlike, leveled } from '#test/alike.ts'
import { limitsBut } from '#test/asking.ts'
import { givePass } from '#test/pass-stage.ts'
import { formToken, type PageAnswer, passwordPageOf, registerApp } from '#test/visitor.ts'
import { databases, startWorld, type World } from '#test/world.ts'

const good = 'een fiets in de regen'
const wrong = 'drie lampen aan zee'
/** Names of the same length, so that the pages can be compared letter by letter. */
const names = ['anna', 'zzyx', 'dirk', 'nora'] as const

/** Where passes are taken, Nora has one. */
async function peopled(world: World, takesPasses: boolean): Promise<App> {
  await world.password(await world.person('anna'), good)
  await world.password(await world.person('dirk', { accountEnabled: false }), good)
  const nora = await world.person('nora')
  if (takesPasses) {
    await world.allow('temporary-access-pass')
    await givePass(world, nora)
    world.system.reload()
  }
  return registerApp(world)
}

async function shown(world: World, app: App, name: string, passwords: readonly string[]) {
  const { page, visitor } = await passwordPageOf(world, app, `${name}@${world.domain}`)
  const answers: PageAnswer[] = [page]
  for (const password of passwords) answers.push(await visitor.request('POST', page.url, { t: formToken(page), password, do: 'next' }))
  const cookies = visitor.cookies.map((kept) => `${kept.name.replace(/[0-9a-f]{8}$/, '')} ${kept.value.length} ${kept.path.length}`)
  return { pages: answers.map((answer) => leveled(answer, page.url).replaceAll(`${name}@`, 'name@')), cookies }
}

const rounds = 40

for (const database of databases) {
  test(`a name nobody has, a closed account and a person without a password get the very answers of a wrong password, on ${database.name}`, async () => {
    await using world = await startWorld(database, { startsAt: new Date(), limits: limitsBut('passwords', {}) })
    await assertSame(world, await peopled(world, false))
  })

  test(`where passes are taken, who has one gets those answers too, on ${database.name}`, async () => {
    await using world = await startWorld(database, { startsAt: new Date(), limits: limitsBut('passwords', {}) })
    await assertSame(world, await peopled(world, true))
  })

  async function assertSame(world: World, app: App): Promise<void> {
    const guesses = [wrong, ...Array.from({ length: 10 }, (_, index) => `${wrong} ${index}`)]
    const usual = await shown(world, app, 'anna', guesses)
    assert.equal(usual.pages.length, 12)
    for (const name of names.slice(1)) assert.deepEqual(await shown(world, app, name, guesses), usual, name)
  }

  // Slow, for a difference of time shows only in many rounds, and each of them hashes four times.
  test(`and wait as long for them, on ${database.name}`, async () => {
    await using world = await startWorld(database, { startsAt: new Date(), limits: limitsBut('passwords', {}) })
    const app = await peopled(world, true)
    const timed = async (name: string) => {
      const { page, visitor } = await passwordPageOf(world, app, `${name}@${world.domain}`)
      const fields = { t: formToken(page), password: wrong, do: 'next' }
      const from = performance.now()
      const { status } = await visitor.request('POST', page.url, fields)
      const took = performance.now() - from
      assert.equal(status, 400)
      return took
    }
    for (const name of names) await timed(name)
    await assertAlike(rounds, names, timed)
  })
}
