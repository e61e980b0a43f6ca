import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import type { RoleName } from '#contract/graph/role-templates.ts'
import type { Locale } from '#contract/locale.ts'
import { webApps } from '#contract/web-apps.ts'
import type { RoleScope } from '#server/domain/roles.ts'
import type { User } from '#server/domain/user.ts'
import { settled } from './account-stage.ts'
import { signInByTwoFactors } from './account-visit.ts'
import { newPage } from './browser.ts'
import { builtWeb } from './built-web.ts'
import { freePort } from './postgres-server.ts'
import { databases, startWorld, type World } from './world.ts'

const tickMs = 100
const password = 'seven ducks by the canal'

interface Actor {
  app: 'admin' | 'staff'
  role?: RoleName
  /** Over the whole organisation, when nothing is said. */
  scope?: RoleScope
  locale?: Locale
}

/** A server that listens, whose clock runs, and somebody with a role who signs in to the admin center or to My Staff with two factors. */
export class AdminStage {
  readonly world: World
  readonly person: User
  readonly path: string
  readonly #number: string
  readonly #clock: NodeJS.Timeout

  constructor(world: World, person: User, { path, number }: { path: string; number: string }) {
    this.world = world
    this.person = person
    this.path = path
    this.#number = number
    let before = Date.now()
    // What the browser proves is as old as its own clock says, so the world's may not stand still.
    this.#clock = setInterval(() => {
      const now = Date.now()
      world.turnClock(now - before)
      before = now
    }, tickMs)
  }

  get url(): string {
    return this.world.publicUrl
  }

  /** In a browser of its own, signed in; `path` is the whole address, such as `/admin/users`. */
  async open(path = this.path, options: Parameters<typeof newPage>[0] = {}): Promise<Page> {
    const page = await newPage({ width: 1280, height: 900, ...options })
    await page.goto(`${this.url}${path}${path.includes('?') ? '&' : '?'}tenant=${this.world.domain}`)
    await this.signIn(page)
    await page.waitForURL((url) => url.pathname.startsWith(this.path) && !url.pathname.endsWith('/signed-in'))
    await settled(page)
    return page
  }

  async signIn(page: Page): Promise<void> {
    // A number gets one text in half a minute.
    this.world.turnClock(31_000)
    await page.waitForURL(/\/sign-in\//)
    await signInByTwoFactors(page, this.url, { userName: this.person.userPrincipalName, password, number: this.#number })
  }

  async go(page: Page, path: string): Promise<void> {
    await page.goto(this.url + path)
    await settled(page)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#clock)
    this.world.app.server.closeAllConnections()
    await this.world[Symbol.asyncDispose]()
  }
}

/** With everything one needs to get in; who and what else there is, the story adds. */
export async function startAdmin({ app, role, scope, locale = 'en' }: Actor): Promise<AdminStage> {
  const [database] = databases
  assert.ok(database)
  const publicUrl = `http://localhost:${await freePort()}`
  const world = await startWorld(database, { startsAt: new Date(), publicUrl, webFiles: await builtWeb() })
  await world.app.listen({ host: '127.0.0.1', port: Number(new URL(publicUrl).port) })
  const person = await world.person('alex', { displayName: 'Alex Morgan', givenName: 'Alex', preferredLanguage: locale })
  await world.password(person, password)
  const number = await world.number(person, '+31612345690', { signIn: false })
  if (role) await world.giveRole(person.id, role, scope)
  await world.allow('sms', { usableForSignIn: false })
  return new AdminStage(world, person, { path: webApps[app].path, number })
}
