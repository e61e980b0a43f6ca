import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import type { Locale } from '#contract/locale.ts'
import type { User } from '#server/domain/user.ts'
import { signInByNumber } from './account-visit.ts'
import { newPage } from './browser.ts'
import { builtWeb } from './built-web.ts'
import { freePort } from './postgres-server.ts'
import { databases, startWorld, type World } from './world.ts'

const number = '+31612345678'

/** A server that listens, its My Account as people get it, and somebody who can sign in to it. */
export class AccountStage {
  readonly world: World
  readonly url: string
  readonly person: User

  constructor(world: World, person: User) {
    this.world = world
    this.url = world.publicUrl
    this.person = person
  }

  /** As somebody who has to sign in first, in a browser of their own. */
  async open(path = '/account', options: Parameters<typeof newPage>[0] = {}): Promise<Page> {
    const page = await newPage({ width: 1280, height: 900, ...options })
    await page.goto(`${this.url}${path}${path.includes('?') ? '&' : '?'}tenant=${this.world.domain}`)
    await this.signIn(page)
    await page.waitForURL(this.url + path)
    await settled(page)
    return page
  }

  async signIn(page: Page): Promise<void> {
    // A number gets one text in half a minute.
    this.world.turnClock(31_000)
    await page.waitForURL(/\/sign-in\//)
    await signInByNumber(page, this.url, number)
  }

  async go(page: Page, path: string): Promise<void> {
    await page.goto(this.url + path)
    await settled(page)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.world.app.server.closeAllConnections()
    await this.world[Symbol.asyncDispose]()
  }
}

/** What was on its way is there, and nothing moves any more. */
export async function settled(page: Page): Promise<void> {
  await page.locator('main h1').waitFor()
  await page.locator('.skeleton').first().waitFor({ state: 'detached' })
  // A phone that rings on the page moves for as long as it rings.
  await page.evaluate(
    `Promise.all(document.getAnimations().filter(({ effect }) => effect.getTiming().iterations !== Infinity).map(({ finished }) => finished.catch(() => {})))`,
  )
}

export async function startAccount(locale: Locale = 'en'): Promise<AccountStage> {
  const [database] = databases
  assert.ok(database)
  const publicUrl = `http://localhost:${await freePort()}`
  const world = await startWorld(database, { startsAt: new Date(), publicUrl, webFiles: await builtWeb() })
  await world.app.listen({ host: '127.0.0.1', port: Number(new URL(publicUrl).port) })
  const person = await world.person('anna', {
    displayName: 'Anna de Vries',
    givenName: 'Anna',
    jobTitle: 'Nurse',
    preferredLanguage: locale,
  })
  await world.number(person, number)
  await world.allow('sms')
  return new AccountStage(world, person)
}
