import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import type { RoleName } from '#contract/graph/role-templates.ts'
import type { Locale } from '#contract/locale.ts'
import type { User } from '#server/domain/user.ts'
import { settled } from './account-stage.ts'
import { signInByNumber } from './account-visit.ts'
import { type AdminStage, startAdmin } from './admin-stage.ts'
import { newPage } from './browser.ts'

const oldNumber = '+31612345678'

/** A store in My Staff: its manager Alex, and everybody a manager meets there, of each kind that can be helped and that cannot. */
export class StaffStage {
  readonly admin: AdminStage
  readonly anna: User
  readonly bo: User

  constructor(admin: AdminStage, { anna, bo }: { anna: User; bo: User }) {
    this.admin = admin
    this.anna = anna
    this.bo = bo
  }

  get world() {
    return this.admin.world
  }

  open(path: string, options: Parameters<typeof newPage>[0] = {}): Promise<Page> {
    return this.admin.open(path, options)
  }

  go(page: Page, path: string): Promise<void> {
    return this.admin.go(page, path)
  }

  /** The page behind the text to the old number, on the phone of whoever has it: without scripts, unless one is to look at it. */
  async openLink(options: Parameters<typeof newPage>[0] = { javaScript: false }): Promise<Page> {
    const text = await this.world.textTo(oldNumber)
    const [, path = assert.fail(text)] = /https?:\/\/[^/]+(\/c\/[\w-]{43})/.exec(text) ?? []
    const page = await newPage({ width: 390, height: 844, ...options })
    await page.goto(this.admin.url + path)
    return page
  }

  /** A colleague with a browser of their own. */
  async signInAs(number: string, path: string): Promise<Page> {
    const page = await newPage({ width: 390, height: 844 })
    await page.goto(`${this.admin.url}${path}?tenant=${this.world.domain}`)
    this.world.turnClock(31_000)
    await page.waitForURL(/\/sign-in\//)
    await signInByNumber(page, this.admin.url, number)
    await page.waitForURL(this.admin.url + path)
    await settled(page)
    return page
  }

  async signInWithPass(userName: string, pass: string): Promise<Page> {
    const page = await newPage({ width: 390, height: 844 })
    await page.goto(`${this.admin.url}/account?tenant=${this.world.domain}`)
    await page.locator('#identifier').fill(userName)
    await page.locator('[value=next]').click()
    await page.locator('#password').fill(pass)
    await page.locator('[value=next]').click()
    const stay = page.locator('[name=stay][value=no]')
    await Promise.race([stay.waitFor(), page.waitForURL(/\/account/)])
    if (await stay.isVisible()) await stay.click()
    await page.waitForURL(`${this.admin.url}/account`)
    await settled(page)
    return page
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.admin[Symbol.asyncDispose]()
  }
}

interface StaffStory {
  role?: RoleName
  locale?: Locale
  /** A second store, where somebody else works. */
  hasSecond?: boolean
}

export async function startStaff({ role = 'Authentication Administrator', locale = 'en', hasSecond = false }: StaffStory = {}) {
  const admin = await startAdmin({ app: 'staff', locale })
  const { world, person: manager } = admin
  await world.allow('sms')
  const anna = await world.person('anna', { displayName: 'Anna Jansen', jobTitle: 'Cashier', preferredLanguage: locale })
  const bo = await world.person('bo', { displayName: 'Bo de Vries', jobTitle: 'Baker', preferredLanguage: locale })
  const dora = await world.person('dora', { displayName: 'Dora' })
  const guus = await world.person('guus', { displayName: 'Guus', userType: 'Guest' })
  const away = await world.person('away', { displayName: 'Uit', accountEnabled: false })
  await world.number(anna, oldNumber)
  await world.giveRole(dora.id, 'Directory Readers')
  const unit = await world.unit('Store 12', { members: [anna, bo, dora, guus, away, manager] })
  await world.giveRole(manager.id, role, { kind: 'unit', unitId: unit.id })
  if (hasSecond) {
    const cas = await world.person('cas', { displayName: 'Cas' })
    const second = await world.unit('Store 14', { members: [cas] })
    await world.giveRole(manager.id, role, { kind: 'unit', unitId: second.id })
  }
  return new StaffStage(admin, { anna, bo })
}
