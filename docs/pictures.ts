/** Takes the manual's pictures: starts an evaluation, signs its people in with a real browser, and photographs the way. */

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import type { Locale } from '#contract/locale.ts'
import { people } from '#server/commands/evaluation-people.ts'
import { startBrowser } from '#test/browser-process.ts'
import { startEvaluation } from '#test/evaluation-process.ts'
import { SpokenSteps } from '#test/spoken-steps.ts'

interface Device {
  locale: Locale
  colourScheme: 'light' | 'dark'
  width: number
  height: number
}

/** Who signs in in which language: numbers of their own, so that nobody uses up somebody else's texts. */
const cast: Readonly<Record<Locale, readonly [first: string, second: string]>> = {
  en: ['tom', 'ebba'],
  nl: ['anna', 'noor'],
  sv: ['lars', 'ebba'],
}
/** What they change their number to, out of the same ranges that belong to nobody. */
const newDigits: Readonly<Record<Locale, string>> = { en: '+31 6 12345677', nl: '+31 6 12345678', sv: '+46 70 174 06 77' }
const phone = { colourScheme: 'light', width: 390, height: 720 } as const
const scale = 1.5
/** Between two screens that stand in one picture, and how round their corners are; in CSS pixels. */
const gap = 20
const radius = 22
const quality = 0.86
const takenAt = { en: '9:41', nl: '09:41', sv: '09:41' }

const folder = join(import.meta.dirname, 'manual/pictures')

class Photographer {
  readonly #browser: Browser
  readonly #site: string

  constructor(browser: Browser, site: string) {
    this.#browser = browser
    this.#site = site
  }

  async page({ locale, colourScheme, width, height }: Device): Promise<Page> {
    const context = await this.#browser.newContext({
      locale,
      colorScheme: colourScheme,
      viewport: { width, height },
      deviceScaleFactor: scale,
    })
    return context.newPage()
  }

  async askForCode(page: Page, name: string): Promise<void> {
    await page.locator('#identifier').fill(numberOf(name))
    await page.locator('[value=next]').click()
    await page.locator('#code').waitFor()
  }

  /** The text is sent in a moment of its own, so it is waited for. */
  async readCode(name: string): Promise<string> {
    return this.readCodeAt(numberOf(name))
  }

  async readCodeAt(spaced: string): Promise<string> {
    const number = spaced.replaceAll(' ', '')
    for (let tries = 0; tries < 200; tries++) {
      const answer: { value: { to: string; text: string }[] } = JSON.parse(await (await fetch(`${this.#site}/inbox/messages`)).text())
      const code = /#(\d{6})$/.exec(answer.value.find(({ to }) => to.replaceAll(' ', '') === number)?.text ?? '')?.[1]
      if (code) return code
      await new Promise((resolve) => setTimeout(resolve, 25))
    }
    throw new Error(`no text came to ${number}`)
  }

  /** Types the right code, which sends itself. */
  async enterCode(page: Page, name: string): Promise<void> {
    await page.locator('#code').fill(await this.readCode(name))
    await page.locator('[name=stay]').first().waitFor()
  }

  async begin(page: Page): Promise<void> {
    await page.goto(`${this.#site}/try`)
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
    await page.waitForURL(`${this.#site}/try`)
    const signedIn = await shot(page)
    await page.locator('summary').click()
    const claims = await shot(page)
    await page.reload()
    const accounts = await this.accounts(page, other)
    await this.#compose(`sign-in.${locale}`, [number, code, stay])
    await this.#compose(`help.${locale}`, [help, wrong])
    await this.#compose(`try.${locale}`, [await this.inbox(page), signedIn, claims])
    await this.#compose(`accounts.${locale}`, [accounts, await this.signOut(page)])
    await page.context().close()
  }

  /** The overview, what somebody proves themselves with, and what they can add. */
  async securityInfo(locale: Locale): Promise<void> {
    const page = await this.page({ ...phone, locale })
    await page.goto(`${this.#site}/account/security-info`)
    await page.locator('#identifier').waitFor()
    await this.askForCode(page, cast[locale][0])
    await this.enterCode(page, cast[locale][0])
    await page.locator('[value=no]').click()
    await page.locator('main h1').waitFor()
    await page.waitForLoadState('networkidle')
    const list = await shot(page)
    await page.goto(`${this.#site}/account/security-info?add=choose`)
    await page.getByRole('dialog').waitFor()
    const choice = await shot(page)
    await page.goto(`${this.#site}/account`)
    await page.locator('main h1').waitFor()
    await page.waitForLoadState('networkidle')
    await this.#compose(`security-info.${locale}`, [await shot(page), list, choice])
    await this.phoneSteps(page, locale)
    await page.context().close()
  }

  /** A number is changed, which goes as adding one does; then it stops being the user name, is it again, and is nearly deleted. */
  async phoneSteps(page: Page, locale: Locale): Promise<void> {
    const steps = new SpokenSteps(locale)
    const digits = newDigits[locale]
    await page.goto(`${this.#site}/account/security-info`)
    await steps.pressChange(page, /\d{6}/)
    const field = page.getByLabel(steps.say('web.account.security-info.number.number'))
    await field.fill(digits)
    const number = await shot(page)
    await steps.typeNumber(page, digits)
    await steps.codeField(page).waitFor()
    const code = await shot(page)
    await steps.typeCode(page, await this.readCodeAt(digits))
    await page.getByRole('heading', { name: steps.say('web.account.security-info.done.sms') }).waitFor()
    await this.#compose(`add-phone.${locale}`, [number, code, await shot(page)])
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
    await this.#compose(`sms-sign-in.${locale}`, [caret, enable, await shot(page)])
  }

  async inbox(page: Page): Promise<Buffer> {
    await page.goto(`${this.#site}/inbox`)
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
    await page.waitForURL(`${this.#site}/try`)
    await page.locator('main form button').click()
    await page.locator('[name=account]').nth(1).waitFor()
    return shot(page)
  }

  async signOut(page: Page): Promise<Buffer> {
    // An app that does not show whose session it means: so there is something to press.
    await page.goto(`${this.#site}/contoso.example/oauth2/v2.0/logout`)
    await page.locator('[value=everywhere]').waitFor()
    return shot(page)
  }

  /** What the first page of the project shows: a phone in the dark, and a desk. */
  async faces(): Promise<void> {
    const dark = await this.page({ ...phone, locale: 'nl', colourScheme: 'dark' })
    await this.begin(dark)
    await this.askForCode(dark, 'noor')
    const desk = await this.page({ locale: 'en', colourScheme: 'light', width: 960, height: 720 })
    await this.begin(desk)
    await desk.locator('#identifier').fill(numberOf('tom'))
    await this.#compose('faces', [await shot(desk), await shot(dark)])
    for (const page of [dark, desk]) await page.context().close()
  }

  /** Side by side on nothing, with round corners and a hair line. Encoded by the browser, which can, so that no library has to. */
  async #compose(name: string, screens: readonly Buffer[]): Promise<void> {
    const context = await this.#browser.newContext()
    const page = await context.newPage()
    const sources = screens.map((screen) => `data:image/png;base64,${screen.toString('base64')}`)
    const picture: string = await page.evaluate(
      `(${draw})(${JSON.stringify({ sources, gap: gap * scale, radius: radius * scale, quality })})`,
    )
    await context.close()
    const bytes = Buffer.from(picture.slice(picture.indexOf(',') + 1), 'base64')
    writeFileSync(join(folder, `${name}.webp`), bytes)
    console.log(`${name}.webp  ${Math.ceil(bytes.length / 1024)} kB`)
  }
}

/** The times of day differ from run to run, and pictures should not. */
async function shot(page: Page): Promise<Buffer> {
  await page.evaluate(`(${setClocks})(${JSON.stringify(takenAt)})`)
  return page.screenshot({ animations: 'disabled', caret: 'hide' })
}

/** Runs in the page, as `draw` does: as text, since what is typed here knows no browser. */
const setClocks = `(times) => {
  const time = times[document.documentElement.lang]
  for (const each of document.querySelectorAll('time')) each.textContent = time
  const lead = document.querySelector('.lead')
  if (lead && location.pathname === '/try') lead.innerHTML = lead.innerHTML.replace(/\\d{1,2}:\\d{2}(?:\\s[AP]M)?/, time)
}`

const draw = `async ({ sources, gap, radius, quality }) => {
  const images = await Promise.all(sources.map(async (source) => {
    const image = new Image()
    image.src = source
    await image.decode()
    return image
  }))
  const canvas = document.createElement('canvas')
  canvas.width = images.reduce((sum, image) => sum + image.width, gap * (images.length - 1)) + 2
  canvas.height = Math.max(...images.map((image) => image.height)) + 2
  const pen = canvas.getContext('2d')
  let left = 1
  for (const image of images) {
    pen.save()
    pen.beginPath()
    pen.roundRect(left, 1, image.width, image.height, radius)
    pen.clip()
    pen.drawImage(image, left, 1)
    pen.restore()
    pen.strokeStyle = 'rgba(127, 118, 108, .55)'
    pen.lineWidth = 2
    pen.stroke()
    left += image.width + gap
  }
  return canvas.toDataURL('image/webp', quality)
}`

function numberOf(name: string): string {
  return people.find((person) => person.name === name)?.number ?? ''
}

function wrongCode(right: string): string {
  return right === '123456' ? '654321' : '123456'
}

const evaluation = await startEvaluation()
const { browser, stop } = await startBrowser()
try {
  mkdirSync(folder, { recursive: true })
  const photographer = new Photographer(browser, evaluation.url)
  for (const locale of ['nl', 'sv', 'en'] as const) await photographer.theWayIn(locale)
  for (const locale of ['nl', 'sv', 'en'] as const) await photographer.securityInfo(locale)
  await photographer.faces()
} finally {
  await Promise.all([stop(), evaluation.stop()])
}
