import type { Page } from 'playwright-core'
import type { Locale } from '#contract/locale.ts'
import { message } from '#server/locale.ts'
import { PolicyPhotographer } from './policy-pictures.ts'
import { shot } from './studio.ts'

const desk = { colourScheme: 'light', width: 960, height: 760 } as const
/** Each may give a number, and has one of their own, since a number gets one text in half a minute. */
const cast: Readonly<Record<Locale, string>> = { en: 'admin', nl: 'authadmin', sv: 'admin' }
const restMs = 31_000
const colleague = { displayName: 'Robin Dekker', name: 'robin' }
const number = '+31 6 12345688'

/** The first page of the admin center, and a new colleague who is about to get a number. */
export class AdminPhotographer extends PolicyPhotographer {
  #colleague = ''

  async theCenter(locale: Locale): Promise<void> {
    const page = await this.page({ ...desk, locale })
    await this.signInAs(page, cast[locale])
    await page.locator('main h1').waitFor()
    await page.waitForLoadState('networkidle')
    await this.compose(`admin-center.${locale}`, [await shot(page)])
    if (!this.#colleague) this.#colleague = await this.#makeColleague(page)
    await page.goto(`${this.site}/admin/users/${this.#colleague}/authentication-methods?do=add`)
    const dialog = page.getByRole('dialog')
    await dialog.locator('.select-button').first().click()
    await page.getByRole('option', { name: message(locale, 'web.admin.users.person.methods.add.phone'), exact: true }).click()
    await dialog.locator('input[type=tel]').fill(number)
    await page.waitForLoadState('networkidle')
    await this.compose(`give-number.${locale}`, [await shot(page)])
    await page.context().close()
    await new Promise((resolve) => setTimeout(resolve, restMs))
  }

  async #makeColleague(page: Page): Promise<string> {
    await page.goto(`${this.site}/admin/users?new=user`)
    await page.locator('[name=displayName]').fill(colleague.displayName)
    await page.locator('[name=name]').fill(colleague.name)
    await page.getByRole('dialog').locator('[type=submit]').click()
    await page.waitForURL(/\/admin\/users\/[0-9a-f-]{36}/)
    return new URL(page.url()).pathname.split('/')[3] ?? ''
  }
}
