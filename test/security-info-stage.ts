import assert from 'node:assert/strict'
import type { Locator, Page } from 'playwright-core'
import type { Locale } from '#contract/locale.ts'
import type { PolicyId } from '#contract/method-ids.ts'
import { everybody } from '#server/domain/method-policy.ts'
import type { User } from '#server/domain/user.ts'
import { settled } from './account-stage.ts'
import { signInByTwoFactors } from './account-visit.ts'
import { axeViolations, newPage } from './browser.ts'
import { builtWeb } from './built-web.ts'
import { freePort } from './postgres-server.ts'
import { databases, startWorld, type World } from './world.ts'

const firstPassword = 'seven ducks by the canal'
const tickMs = 100

/** A server that listens, whose clock runs, and Anna, who signs in by password and looks at her security info. */
export class SecurityInfoStage {
  readonly world: World
  readonly anna: User
  readonly password = firstPassword
  readonly #clock: NodeJS.Timeout

  constructor(world: World, anna: User) {
    this.world = world
    this.anna = anna
    let before = Date.now()
    // What the browser proves is as old as its own clock says, so the world's may not stand still.
    this.#clock = setInterval(() => {
      const now = Date.now()
      world.turnClock(now - before)
      before = now
    }, tickMs)
  }

  /** In a browser of her own; `step` is the query that opens a dialog. */
  async open(step = '', options: Parameters<typeof newPage>[0] = {}): Promise<Page> {
    const page = await newPage({ width: 1280, height: 900, ...options })
    const mobile = await this.world.system.phones.find(this.anna.id, 'mobile')
    if (mobile) await this.#proveBoth(page, mobile.number)
    await this.go(page, step)
    if (!mobile) await this.signIn(page)
    await page.waitForURL(/\/account\/security-info/)
    await settled(page)
    return page
  }

  /** Who has a password and a phone changes neither without the other; an app that wants both has her prove both. */
  async #proveBoth(page: Page, number: string): Promise<void> {
    const { publicUrl: url, domain } = this.world
    await page.goto(`${url}/admin?tenant=${domain}`)
    await page.waitForURL(/\/sign-in\//)
    await signInByTwoFactors(page, url, { userName: this.anna.userPrincipalName, password: this.password, number })
    await page.waitForURL(/\/admin$/)
    // A number gets one text in half a minute.
    this.world.turnClock(31_000)
  }

  async go(page: Page, step = ''): Promise<void> {
    const query = new URLSearchParams(step)
    query.set('tenant', this.world.domain)
    await page.goto(`${this.world.publicUrl}/account/security-info?${query}`)
  }

  async signIn(page: Page): Promise<void> {
    await page.waitForURL(/\/sign-in\//)
    await page.locator('#identifier').fill(this.anna.userPrincipalName)
    await page.locator('[value=next]').click()
    await page.locator('#password').fill(this.password)
    await page.locator('[value=next]').click()
    const stay = page.locator('[name=stay]').first()
    await Promise.race([stay.waitFor(), page.waitForURL(/\/account/)])
    if (await stay.isVisible()) await page.locator('[name=stay][value=no]').click()
  }

  /** A method everybody may use, at the office too. */
  async allow(...methods: readonly PolicyId[]): Promise<void> {
    const target = { kind: 'group', id: everybody, isExcluded: false, isUsableForSignIn: true } as const
    for (const method of methods) {
      const policy = { isEnabled: true, targets: [target], settings: { isOfficePhoneAllowed: true } }
      await this.world.system.inTransaction(({ methodPolicies }) => methodPolicies.set(method, policy))
    }
  }

  async forbid(method: PolicyId): Promise<void> {
    await this.world.system.inTransaction(({ methodPolicies }) =>
      methodPolicies.set(method, { isEnabled: false, targets: [], settings: {} }),
    )
  }

  async codeFor(number: string): Promise<string> {
    return this.world.codeIn(await this.world.textTo(number))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#clock)
    this.world.app.server.closeAllConnections()
    await this.world[Symbol.asyncDispose]()
  }
}

export function button(page: Page, name: string | RegExp): Locator {
  return page.getByRole('button', { name, exact: true })
}

export function methodsOf(page: Page): Locator {
  return page.getByRole('list', { name: 'Your methods' })
}

/** To axe, once everything stands still. */
export async function showsNothingWrong(page: Page): Promise<void> {
  await settled(page)
  assert.deepEqual(await axeViolations(page), [])
}

export async function startSecurityInfo(locale: Locale = 'en'): Promise<SecurityInfoStage> {
  const [database] = databases
  assert.ok(database)
  const publicUrl = `http://localhost:${await freePort()}`
  const world = await startWorld(database, { startsAt: new Date(), publicUrl, webFiles: await builtWeb() })
  await world.app.listen({ host: '127.0.0.1', port: Number(new URL(publicUrl).port) })
  const anna = await world.person('anna', { displayName: 'Anna de Vries', givenName: 'Anna', preferredLanguage: locale })
  await world.password(anna, firstPassword)
  const stage = new SecurityInfoStage(world, anna)
  await stage.allow('sms')
  return stage
}

/** Until this is so on the page. The library's own way to wait is an `eval` there, which the page's policy forbids. */
export async function becomes(page: Page, expression: string): Promise<void> {
  for (let tries = 0; !(await page.evaluate<boolean>(expression)); tries++) {
    assert.ok(tries < 400, `never: ${expression}`)
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}
