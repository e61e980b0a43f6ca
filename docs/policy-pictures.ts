import type { Page } from 'playwright-core'
import type { Locale } from '#contract/locale.ts'
import { domain, people } from '#server/commands/evaluation-people.ts'
import { message } from '#server/locale.ts'
import { signInByTwoFactors } from '#test/account-visit.ts'
import { numberOf, Studio, shot } from './studio.ts'

const desk = { colourScheme: 'light', width: 800, height: 720 } as const
/** Somebody of their own for each language, since a number gets one text in half a minute. */
const cast: Readonly<Record<Locale, string>> = { en: 'policyadmin', nl: 'admin', sv: 'policyadmin' }
const policies = '/admin/security/authentication-methods/policies'

/** The policies page at a desk: whom a change would shut out that is about to be made. Nothing is saved. */
export class PolicyPhotographer extends Studio {
  async theReview(locale: Locale): Promise<void> {
    const page = await this.page({ ...desk, locale })
    await this.signInAs(page, cast[locale])
    await page.goto(`${this.site}${policies}/Sms`)
    await page.getByText(message(locale, 'web.admin.policies.enable.no'), { exact: true }).click()
    await page.getByRole('button', { name: message(locale, 'web.admin.policies.save'), exact: true }).click()
    await page.locator('.policy-effects').waitFor()
    await this.compose(`policy.${locale}`, [await shot(page)])
    await page.context().close()
  }

  async signInAs(page: Page, name: string): Promise<void> {
    const password = people.find((one) => one.name === name)?.password ?? ''
    await page.goto(`${this.site}/admin`)
    await page.locator('#identifier').waitFor()
    await signInByTwoFactors(page, this.site, { userName: `${name}@${domain}`, password, number: numberOf(name).replaceAll(' ', '') })
    await page.waitForURL((url) => url.pathname === '/admin')
  }
}
