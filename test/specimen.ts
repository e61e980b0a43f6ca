import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { migrate } from '#server/store/migrate.ts'
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
  readonly #stop: () => Promise<void>

  constructor(world: World, personId: string, stop: () => Promise<void>) {
    this.world = world
    this.url = world.publicUrl
    this.#personId = personId
    this.#stop = stop
  }

  async open(page: Page, path = '/account'): Promise<void> {
    await page.goto(this.url + path)
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
    await this.#stop()
  }
}

interface SpecimenOptions {
  /** The person belongs to Fabrikam, a second organisation of a server whose first one is Contoso. */
  inFabrikam?: boolean
}

export async function startSpecimen({ inFabrikam = false }: SpecimenOptions = {}): Promise<Specimen> {
  const [database] = databases
  assert.ok(database)
  const files = await builtWeb()
  const port = await freePort()
  const store = await database.fresh()
  await migrate(store)
  const first = await startWorld(database, {
    database: store,
    startsAt: new Date(),
    publicUrl: `http://localhost:${port}`,
    webFiles: { app: () => files.app('specimen'), file: (name) => files.file(name) },
  })
  await first.app.listen({ host: '127.0.0.1', port })
  const world = inFabrikam ? await fabrikamOf(first) : first
  const noor = await world.person('noor', { displayName: 'Noor' })
  await world.number(noor, number)
  await world.allow('sms')
  return new Specimen(world, noor.id, async () => {
    first.app.server.closeAllConnections()
    await first[Symbol.asyncDispose]()
    await store.close()
  })
}

async function fabrikamOf(world: World): Promise<World> {
  const domain = `f-${world.domain}`
  const system = await world.installation.addTenant({
    displayName: 'Fabrikam',
    defaultCountry: 'NL',
    languages: ['en', 'nl'],
    domains: [domain],
  })
  return world.inTenant(system, domain)
}
