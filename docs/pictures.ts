/** Takes the manual's pictures: starts an evaluation, signs its people in with a real browser, and photographs the way. */

import type { Browser, Page } from 'playwright-core'
import type { Locale } from '#contract/locale.ts'
import { domain, people } from '#server/commands/evaluation-people.ts'
import { startBrowser } from '#test/browser-process.ts'
import { startEvaluation } from '#test/evaluation-process.ts'
import { SpokenSteps } from '#test/spoken-steps.ts'
import { AdminPhotographer } from './admin-pictures.ts'
import { LogPhotographer } from './log-pictures.ts'
import { PolicyPhotographer } from './policy-pictures.ts'
import { StaffPhotographer } from './staff-pictures.ts'
import { numberOf, phone, Studio, shot } from './studio.ts'

/** Who signs in in which language: numbers of their own, so that nobody uses up somebody else's texts. */
const cast: Readonly<Record<Locale, readonly [first: string, second: string]>> = {
  en: ['tom', 'ebba'],
  nl: ['anna', 'noor'],
  sv: ['lars', 'ebba'],
}
/** Who has a role and speaks that language. */
const administrators: Readonly<Record<Locale, string>> = { en: 'admin', nl: 'authadmin', sv: 'useradmin' }
/** What they change their number to, out of the same ranges that belong to nobody. */
const newDigits: Readonly<Record<Locale, string>> = { en: '+31 6 12345677', nl: '+31 6 12345678', sv: '+46 70 174 06 77' }

class Photographer extends Studio {
  async askForCode(page: Page, name: string): Promise<void> {
    await page.locator('#identifier').fill(numberOf(name))
    await page.locator('[value=next]').click()
    await page.locator('#code').waitFor()
  }

  /** Types the right code, which sends itself. */
  async enterCode(page: Page, name: string): Promise<void> {
    await page.locator('#code').fill(await this.readCode(name))
    await page.locator('[name=stay]').first().waitFor()
  }

  async begin(page: Page): Promise<void> {
    await page.goto(`${this.site}/try`)
    await page.locator('main button').click()
    await page.locator('#identifier').waitFor()
  }

  async theWayIn(locale: Locale): Promise<void> {
    const [name, other] = cast[locale]
    const page = await this.page({ ...phone, locale })
    await this.begin(page)
    await page.locator('summary').first().click()
    const help = await shot(page)
    await this.begin(page)
    await page.locator('#identifier').fill(numberOf(name))
    const number = await shot(page)
    await this.askForCode(page, name)
    const code = await shot(page)
    await page.locator('#code').fill(wrongCode(await this.readCode(name)))
    await page.locator('#code-error').waitFor()
    const wrong = await shot(page)
    await this.enterCode(page, name)
    const stay = await shot(page)
    await page.locator('[value=yes]').click()
    await page.waitForURL(`${this.site}/try`)
    const signedIn = await shot(page)
    await page.locator('summary').click()
    const claims = await shot(page)
    await page.reload()
    const accounts = await this.accounts(page, other)
    await this.compose(`sign-in.${locale}`, [number, code, stay])
    await this.compose(`help.${locale}`, [help, wrong])
    await this.compose(`try.${locale}`, [await this.inbox(page), signedIn, claims])
    await this.compose(`accounts.${locale}`, [accounts, await this.signOut(page)])
    await page.context().close()
  }

  /** The overview, what somebody proves themselves with, and what they can add. */
  async securityInfo(locale: Locale): Promise<void> {
    const page = await this.page({ ...phone, locale })
    await page.goto(`${this.site}/account/security-info`)
    await page.locator('#identifier').waitFor()
    await this.askForCode(page, cast[locale][0])
    await this.enterCode(page, cast[locale][0])
    await page.locator('[value=no]').click()
    await page.locator('main h1').waitFor()
    await page.waitForLoadState('networkidle')
    const list = await shot(page)
    await page.goto(`${this.site}/account/security-info?add=choose`)
    await page.getByRole('dialog').waitFor()
    const choice = await shot(page)
    await page.goto(`${this.site}/account`)
    await page.locator('main h1').waitFor()
    await page.waitForLoadState('networkidle')
    await this.compose(`security-info.${locale}`, [await shot(page), list, choice])
    await this.phoneSteps(page, locale)
    await page.context().close()
  }

  /** A number is changed, which goes as adding one does; then it stops being the user name, is it again, and is nearly deleted. */
  async phoneSteps(page: Page, locale: Locale): Promise<void> {
    const steps = new SpokenSteps(locale)
    const digits = newDigits[locale]
    await page.goto(`${this.site}/account/security-info`)
    await steps.pressChange(page, /\d{6}/)
    const field = page.getByLabel(steps.say('web.account.security-info.number.number'))
    await field.fill(digits)
    const number = await shot(page)
    await steps.typeNumber(page, digits)
    await steps.codeField(page).waitFor()
    const code = await shot(page)
    await steps.typeCode(page, await this.readCodeAt(digits))
    await page.getByRole('heading', { name: steps.say('web.account.security-info.done.sms') }).waitFor()
    await this.compose(`add-phone.${locale}`, [number, code, await shot(page)])
    await steps.close(page)
    await steps.methods(page).locator('.caret').first().click()
    await steps.button(page, 'web.account.security-info.disable').click()
    await steps.answer(page, 'web.account.security-info.disable')
    await steps.button(page, 'web.account.security-info.enable').waitFor()
    await page.locator('.toast').waitFor({ state: 'detached' })
    const caret = await shot(page)
    await steps.button(page, 'web.account.security-info.enable').click()
    await steps.asked(page).waitFor()
    const enable = await shot(page)
    await steps.answer(page, 'web.account.security-info.enable')
    await page.locator('.toast').waitFor()
    await page.locator('.toast').waitFor({ state: 'detached' })
    await steps.pressDelete(page, /\d{6}/)
    await page.getByRole('dialog').or(steps.asked(page)).waitFor()
    await this.compose(`sms-sign-in.${locale}`, [caret, enable, await shot(page)])
  }

  async inbox(page: Page): Promise<Buffer> {
    await page.goto(`${this.site}/inbox`)
    await page.locator('li button').nth(1).waitFor()
    return shot(page)
  }

  /** The choice between two people who both signed in here. */
  async accounts(page: Page, second: string): Promise<Buffer> {
    await page.locator('main form button').click()
    await page.locator('[value=another]').click()
    await this.askForCode(page, second)
    await this.enterCode(page, second)
    await page.locator('[value=no]').click()
    await page.waitForURL(`${this.site}/try`)
    await page.locator('main form button').click()
    await page.locator('[name=account]').nth(1).waitFor()
    return shot(page)
  }

  async signOut(page: Page): Promise<Buffer> {
    // An app that does not show whose session it means: so there is something to press.
    await page.goto(`${this.site}/contoso.example/oauth2/v2.0/logout`)
    await page.locator('[value=everywhere]').waitFor()
    return shot(page)
  }

  /** Where an app asks for two proofs: the password, then where the code goes, then the code. */
  async twoFactors(locale: Locale): Promise<void> {
    const { name, password = '', number = '' } = people.find((person) => person.name === administrators[locale]) ?? { name: '' }
    const page = await this.page({ ...phone, locale })
    await page.goto(`${this.site}/admin`)
    await page.locator('#identifier').fill(`${name}@${domain}`)
    await page.locator('[value=next]').click()
    await page.locator('#password').fill(password)
    const first = await shot(page)
    await page.locator('[value=next]').click()
    await page.locator('[name=way]').first().waitFor()
    const choice = await shot(page)
    await page.locator('[name=way]').first().click()
    await page.locator('#code').waitFor()
    await this.readCodeAt(number)
    await this.compose(`two-factors.${locale}`, [first, choice, await shot(page)])
    await page.context().close()
  }

  /** What the first page of the project shows: a phone in the dark, and a desk. */
  async faces(): Promise<void> {
    const dark = await this.page({ ...phone, locale: 'nl', colourScheme: 'dark' })
    await this.begin(dark)
    await this.askForCode(dark, 'noor')
    const desk = await this.page({ locale: 'en', colourScheme: 'light', width: 960, height: 720 })
    await this.begin(desk)
    await desk.locator('#identifier').fill(numberOf('tom'))
    await this.compose('faces', [await shot(desk), await shot(dark)])
    for (const page of [dark, desk]) await page.context().close()
  }
}

function wrongCode(right: string): string {
  return right === '123456' ? '654321' : '123456'
}

const languages = ['nl', 'sv', 'en'] as const

/** What is taken, by name: all of it, unless the command line names some. */
const sets: Readonly<Record<string, (browser: Browser, site: string) => Promise<void>>> = {
  async people(browser, site) {
    const photographer = new Photographer(browser, site)
    for (const locale of languages) await photographer.theWayIn(locale)
    for (const locale of languages) await photographer.securityInfo(locale)
    await photographer.faces()
  },
  async factors(browser, site) {
    const photographer = new Photographer(browser, site)
    for (const locale of languages) await photographer.twoFactors(locale)
  },
  async staff(browser, site) {
    const photographer = new StaffPhotographer(browser, site)
    for (const locale of languages) await photographer.theStore(locale)
  },
  async logs(browser, site) {
    const photographer = new LogPhotographer(browser, site)
    for (const locale of languages) await photographer.theLogs(locale)
  },
  async admin(browser, site) {
    const photographer = new AdminPhotographer(browser, site)
    for (const locale of ['en', 'nl', 'sv'] as const) await photographer.theCenter(locale)
  },
  async policy(browser, site) {
    const photographer = new PolicyPhotographer(browser, site)
    for (const locale of languages) await photographer.theReview(locale)
  },
}

const asked = process.argv.slice(2)
const evaluation = await startEvaluation()
const { browser, stop } = await startBrowser()
try {
  for (const [name, take] of Object.entries(sets)) if (asked.length === 0 || asked.includes(name)) await take(browser, evaluation.url)
} finally {
  await Promise.all([stop(), evaluation.stop()])
}
