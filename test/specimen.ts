import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { signInByNumber } from './account-visit.ts'
import { builtWeb } from './built-web.ts'
import { freePort } from './postgres-server.ts'
import { databases, startWorld, type World } from './world.ts'

const number = '+31612345678'

/** A server whose My Account is every part of the kit, with somebody who can sign in to it. */
export class Specimen {
  readonly world: World
  readonly url: string
  readonly #personId: string

  constructor(world: World, personId: string) {
    this.world = world
    this.url = world.publicUrl
    this.#personId = personId
  }

  async open(page: Page, path = '/account'): Promise<void> {
    await page.goto(`${this.url}${path}${path.includes('?') ? '&' : '?'}tenant=${this.world.domain}`)
    await this.signIn(page)
    await page.waitForURL(this.url + path)
    await page.locator('main h1').waitFor()
  }

  async signIn(page: Page): Promise<void> {
    // A number gets one text in half a minute.
    this.world.turnClock(31_000)
    await page.waitForURL(/\/sign-in\//)
    await signInByNumber(page, this.url, number)
  }

  /** Everywhere: no session and no token of theirs is good any more. */
  async endSessions(): Promise<void> {
    await this.world.system.inTransaction(({ users }) => users.endSessions(this.#personId, this.world.now))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.world.app.server.closeAllConnections()
    await this.world[Symbol.asyncDispose]()
  }
}

export async function startSpecimen(): Promise<Specimen> {
  const [database] = databases
  assert.ok(database)
  const files = await builtWeb()
  const port = await freePort()
  const world = await startWorld(database, {
    startsAt: new Date(),
    publicUrl: `http://localhost:${port}`,
    webFiles: { app: () => files.app('specimen'), file: (name) => files.file(name) },
  })
  await world.app.listen({ host: '127.0.0.1', port })
  const noor = await world.person('noor', { displayName: 'Noor' })
  await world.number(noor, number)
  await world.allow('sms')
  return new Specimen(world, noor.id)
}
